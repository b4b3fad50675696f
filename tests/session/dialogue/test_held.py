from dataclasses import MISSING, fields

import pytest

from activelabel.project.claims import Claims
from activelabel.project.ledger import Ledger
from activelabel.records.cards import Card, GivenAnswer, Pull, Suggestion, Why
from activelabel.records.contents import Content, ItemRecord, Picture
from activelabel.records.events import Event
from activelabel.records.kinds import CardKind, EventKind, Modality
from activelabel.session.clusters.nouns import ClusterCard, Probe, Scope
from activelabel.session.dialogue.held import Held

CARD = Card(
    item=ItemRecord(
        "u-1", "u", Content(Modality.IMAGE, (("text", "\ud800"),), Picture(1, 2, 1, b"\x00\xff"), "1.png"), "7"
    ),
    kind=CardKind.BLIND_REPEAT,
    why=Why("margin", ("c1", "c2"), 12, 3.5),
    generation=4,
    answers_through=17,
    model_labels=12,
    suggestion=Suggestion("c1", 0.75),
    suggestion_hidden=True,
    inclusion_probability=0.125,
    repeats="e3",
    answered=(GivenAnswer("e3", "c2", "spam", "ann", "2026-01-01T00:00:00+00:00", ("odd",)),),
    near=("v", "w"),
    pulls=(Pull("offer", "c2"),),
    departs=("size",),
    cluster=3,
    flagged=True,
    token="t",
    part="length > 200",
)


def event(counter, kind, **data):
    return Event(f"e{counter}", counter, "ann", "2026-01-01T00:00:00+00:00", kind, "u-1", data)


EVENTS = [
    event(1, EventKind.CLASS_ADDED, **{"class": "c1", "name": "ham", "key": "1"}),
    event(2, EventKind.CLASS_ADDED, **{"class": "c2", "name": "spam", "key": "2"}),
    event(3, EventKind.LABEL, unit="u", classes=["c2"]),
    event(4, EventKind.NOTE, text="odd"),
    event(5, EventKind.FLAG, unit="u", on=True),
]
PROBED = ClusterCard.of(CARD, Probe("k", 3, Scope.CORE, "c1", 2, 10, 60))


@pytest.fixture
def held(tmp_path):
    claims = Claims(tmp_path / "claims.db")
    yield Held(claims, "ann")
    claims.close()


@pytest.mark.parametrize("card", [CARD, PROBED])
def test_a_card_is_held_whole(held, card):
    held.keep(card, 5, 99.5)

    assert held.find(Ledger(EVENTS)) == (card, 99.5)


def test_a_held_card_shows_the_answers_and_the_notes_of_this_moment(held):
    held.keep(CARD, 5, 99.5)
    renamed = event(6, EventKind.CLASS_RENAMED, **{"class": "c2", "name": "junk"})
    card, _ = held.find(Ledger([*EVENTS, renamed, event(7, EventKind.NOTE, text="rude")]))

    assert [(given.said, given.notes) for given in card.answered] == [("junk", ("odd", "rude"))]


@pytest.mark.parametrize("known", range(3))
def test_a_card_that_speaks_of_what_the_labels_do_not_hold_is_void(held, known):
    held.keep(CARD, 3, 99.5)

    assert held.find(Ledger(EVENTS[:known])) is None


def test_no_field_of_a_card_is_left_out_of_that_test():
    untried = [
        field.name
        for field in fields(Card)
        if field.default is not MISSING and getattr(CARD, field.name) == field.default
    ]

    assert untried == []


def test_what_was_given_back_is_held_no_more(held):
    held.keep(CARD, 3, 99.5)
    held.give_back()

    assert held.find(Ledger(EVENTS)) is None
