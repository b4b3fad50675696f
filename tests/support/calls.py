"""The pipe protocol without a process: calls of a program on a project, each opened and closed again."""

import json
from contextlib import ExitStack, contextmanager
from dataclasses import replace

from activelabel.cli.render.reasons import suggestion_words, why_words
from activelabel.project.claims import Claims
from activelabel.project.plan import PlanReader, PlanWriter
from activelabel.project.store import Store
from activelabel.records.cards import Suggestion
from activelabel.records.kinds import CardKind
from activelabel.session.asker import Asker
from activelabel.session.dialogue.dialogue import Dialogue
from activelabel.session.dialogue.held import Held
from activelabel.session.dialogue.messages import Voice

NOW = "2026-01-01T10:00:00.000+00:00"


@contextmanager
def call(layout, annotator="ann", clock=lambda: 0.0):
    """One call of a program: all is opened, and closed again."""
    with ExitStack() as stack:
        store = stack.enter_context(Store(layout.labels))
        claims = Claims(layout.claims)
        stack.callback(claims.close)
        asker = Asker(store, PlanReader(layout), claims, annotator, lambda: NOW)
        yield Dialogue(asker, Held(claims, annotator), Voice(why_words, suggestion_words, layout.views), clock)


def asked(layout, **options):
    with call(layout, **options) as dialogue:
        return dialogue.question()


def answered(layout, message, **options):
    with call(layout, **options) as dialogue:
        return dialogue.answer(json.dumps(message))


def with_suggestions(layout, kind=CardKind.UNCERTAIN):
    """Have the plan suggest red on every ranked card."""
    plans = PlanReader(layout)
    plans.refresh()
    with Store(layout.labels, readonly=True) as store:
        red = next(event.data["class"] for event in store.events() if event.data.get("name") == "red")
    cards = tuple(replace(card, kind=kind, suggestion=Suggestion(red, 0.9)) for card in plans.plan.cards)
    PlanWriter(layout, plans.plan).write(replace(plans.plan, cards=cards, generation=2))
