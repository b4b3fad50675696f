"""A long conversation with a program, and whatever JSON one may send."""

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.calls import call

from activelabel.errors import ActivelabelError
from activelabel.session.dialogue.dialogue import converse


class Conversation:
    """Answers from a list, each told the token of the last question; what was said is kept."""

    def __init__(self, *answers):
        self.answers = answers
        self.told = []

    def __iter__(self):
        for answer in self.answers:
            token = next(message["card"] for message in reversed(self.told) if "card" in message)
            yield answer if isinstance(answer, bytes) else json.dumps({"card": token, **answer}).encode()

    def shape(self):
        return [next(iter(message.keys() & {"done", "saved", "error"})) for message in self.told]


def conversed(layout, *answers, refill=lambda: False):
    conversation = Conversation(*answers)
    with call(layout) as dialogue:
        converse(dialogue, conversation, conversation.told.append, refill)
    return conversation


def test_a_conversation_asks_once_and_a_wrong_line_leaves_the_card(blobs):
    conversation = conversed(
        blobs.layout, {"label": "red"}, b"nonsense", {"label": "gren"}, b"", {"label": "green"}, b'{"undo": true}'
    )

    assert conversation.shape() == [
        "done",
        "saved",
        "done",
        "error",
        "error",
        "error",
        "saved",
        "done",
        "saved",
        "done",
    ]
    assert len(blobs.ledger.said) == 2
    assert conversation.told[-1]["item"] == conversation.told[2]["item"]


def test_a_conversation_without_a_card_waits_for_a_plan(blobs):
    plan = blobs.layout.plan.read_bytes()
    blobs.layout.plan.unlink()

    def refill():
        blobs.layout.plan.write_bytes(plan)
        return True

    assert conversed(blobs.layout, {"label": "red"}, refill=refill).shape() == ["done", "saved", "done"]


def test_a_conversation_in_which_no_plan_comes_still_answers_each_line(blobs):
    blobs.layout.plan.unlink()
    conversation = Conversation()
    with call(blobs.layout) as dialogue:
        converse(dialogue, iter([b"nonsense"]), conversation.told.append, lambda: False)

    assert conversation.shape() == ["error"]


def test_a_conversation_goes_on_after_the_last_card(blobs):
    blobs.answer(range(1, blobs.dataset.n_units))
    conversation = conversed(blobs.layout, {"label": "red"}, b'{"undo": true}', {"label": "red"})

    assert [message.get("done") for message in conversation.told] == [False, None, True, None, False, None, True]


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
NAMES = ["card", "label", "skip", "not_sure", "bad", "accept", "undo", "new_class", "seconds", "note"]
LIKELY = st.fixed_dictionaries(
    {"card": st.just("TOKEN") | ANYTHING},
    optional={"label": st.sampled_from(["red", "GREEN", "\ud800"]) | ANYTHING, "note": st.text(max_size=8)}
    | {name: st.just(True) | ANYTHING for name in NAMES if name not in {"card", "label", "note"}},
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LIKELY | st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=5), ANYTHING, max_size=3) | ANYTHING)
def test_whatever_json_comes_is_an_answer_or_an_expected_failure(blobs, value):
    with call(blobs.layout) as dialogue:
        token = dialogue.question()["card"]
        if isinstance(value, dict) and value.get("card") == "TOKEN":
            value["card"] = token
        try:
            dialogue.answer(json.dumps(value))
        except ActivelabelError:
            assert dialogue.question()["card"] == token
