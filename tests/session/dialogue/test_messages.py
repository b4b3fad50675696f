"""What a question tells, and above all what it does not: the kind of an audit card or of a blind repeat."""

from dataclasses import replace
from pathlib import Path

import pytest

from activelabel.cli.render.reasons import suggestion_words, why_words
from activelabel.errors import NotSaved, ProjectLocked, StaleCard, UnknownClass
from activelabel.records.cards import Card, GivenAnswer, Suggestion, Why
from activelabel.records.contents import Content, ItemRecord, Picture
from activelabel.records.events import LabelClass
from activelabel.records.kinds import CardKind, Modality
from activelabel.records.progress import Estimate, Progress
from activelabel.session.dialogue.messages import Voice, done_message, error_message, question_message

VOICE = Voice(why_words, suggestion_words, Path("nowhere"))
CLASSES = (LabelClass("c1", "ham, smoked", "1"), LabelClass("c2", "spam", "2", "what nobody asked for"))
PROGRESS = Progress(62, 40, {"c1": 3}, CLASSES, Estimate(0.91, 0.81, 0.96, 62), 62)
ITEM = ItemRecord("u1-1", "u1", Content(Modality.TEXT, (("text", "one"), ("text", "two"))), "mail 7")
CARD = Card(ITEM, CardKind.UNCERTAIN, Why("margin", ("c1", "c2"), 12), suggestion=Suggestion("c1", 0.9), token="t")


def told(card=CARD, progress=PROGRESS):
    return question_message(card, progress, VOICE)


def test_a_question_says_what_the_screen_says():
    question = told()

    assert question["suggestion"] == {"word": "likely", "class": "ham, smoked"}
    assert question["why"] == "between ham, smoked and spam, 12 look like it"
    assert question["contested"] == ["ham, smoked", "spam"]
    assert question["item"]["fields"] == [{"name": "text", "value": "one"}, {"name": "text", "value": "two"}]
    assert question["item"]["user_id"] == "mail 7"
    assert question["classes"][1] == {"name": "spam", "key": "2", "count": 0, "definition": "what nobody asked for"}
    assert question["progress"] == {
        "answered": 62,
        "left": 40,
        "accuracy": {"value": 0.91, "low": 0.81, "high": 0.96, "n": 62},
    }


@pytest.mark.parametrize("kind", [CardKind.AUDIT, CardKind.BLIND_REPEAT, CardKind.REPRESENTATIVE])
def test_kinds_that_withhold_cannot_be_told_apart(kind):
    hidden = replace(CARD, suggestion_hidden=True)
    repeats = "e1" if kind is CardKind.BLIND_REPEAT else ""
    drawn = 0.01 if kind is CardKind.AUDIT else None
    other = replace(hidden, kind=kind, repeats=repeats, inclusion_probability=drawn, why=Why(kind.value))

    assert told(other) == told(hidden)
    assert told(hidden)["suggestion"] is told(hidden)["why"] is None
    assert told(hidden)["contested"] == []


def test_no_question_names_its_kind():
    for kind in CardKind:
        assert kind.value not in str(told(replace(CARD, kind=kind, why=Why(""))))


def test_a_second_look_shows_the_answer():
    given = GivenAnswer("e1", "c2", "spam", "ann", "2026-01-01T00:00:00+00:00", ("odd",))
    question = told(replace(CARD, kind=CardKind.SECOND_LOOK, answered=(given,)))

    assert question["answered"] == [
        {"said": "spam", "annotator": "ann", "time": "2026-01-01T00:00:00+00:00", "notes": ["odd"]}
    ]


def test_under_ten_audit_answers_there_is_an_interval_and_no_number():
    few = replace(PROGRESS, accuracy=Estimate(0.8, 0.4, 0.96, 5))

    assert told(progress=few)["progress"]["accuracy"] == {"value": None, "low": 0.4, "high": 0.96, "n": 5}
    assert told(progress=replace(PROGRESS, accuracy=None))["progress"]["accuracy"] is None


def test_a_picture_comes_with_its_file_and_its_larger_view(tmp_path):
    (tmp_path / "u1.jpg").write_bytes(b"jpeg")
    content = Content(Modality.IMAGE, (), Picture(1, 2, 1, b"\x00\xff"), "birds/1.png")
    card = replace(CARD, item=ItemRecord("u1-1", "u1", content))
    item = question_message(card, PROGRESS, replace(VOICE, views=tmp_path))["item"]

    assert item["path"] == "birds/1.png"
    assert item["view"] == str(tmp_path / "u1.jpg")
    assert (item["picture"]["width"], item["picture"]["height"]) == (2, 1)
    assert item["picture"]["uri"].startswith("data:image/png;base64,iVBOR")


def test_the_end_has_no_card():
    end = done_message(PROGRESS)

    assert (end["done"], end["card"]) == (True, None)
    assert "item" not in end


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (StaleCard, "stale-card"),
        (UnknownClass, "unknown-class"),
        (ProjectLocked, "project-locked"),
        (NotSaved, "not-saved"),
    ],
)
def test_an_error_has_a_kind_that_a_program_can_tell(error, kind):
    assert error_message(error("what", "do"))["error"] == {"kind": kind, "message": "what", "hint": "do"}
