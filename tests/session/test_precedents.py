"""Precedents come from what this person decided, on both sides of the border, nearest first."""

from activelabel.project.ledger import Ledger
from activelabel.records.cards import Card, Suggestion, Why
from activelabel.records.contents import Content, ItemRecord
from activelabel.records.events import Event
from activelabel.records.kinds import CardKind, EventKind, Modality
from activelabel.session.precedents import precedents

ITEM = ItemRecord("x-1", "x", Content(Modality.TEXT))


def ledger_of(*answers):
    classes = [
        Event(name, place, "ann", "", EventKind.CLASS_ADDED, "", {"class": name, "name": name, "key": name})
        for place, name in enumerate("hso")
    ]
    given = [
        Event(f"{unit}{name}", 9 + place, who, "", EventKind.LABEL, f"{unit}-1", {"unit": unit, "classes": [name]})
        for place, (unit, name, who) in enumerate(answers)
    ]
    return Ledger([*classes, *given])


def found(card, ledger):
    def item_of(item_id):
        return ItemRecord(item_id, item_id.removesuffix("-1"), Content(Modality.TEXT))

    return [(one.item.unit, one.answer.said) for one in precedents(card, ledger, "ann", item_of)]


def test_three_of_each_contested_class_come_first_then_others_nearest_first():
    said = [(f"u{place}", "hhhhso"[place % 6], "ann") for place in range(12)]
    card = Card(ITEM, CardKind.UNCERTAIN, Why("margin", ("h", "s")), near=tuple(f"u{place}" for place in range(12)))

    names = found(card, ledger_of(*said))

    assert names == [("u0", "h"), ("u1", "h"), ("u2", "h"), ("u4", "s"), ("u10", "s"), ("u5", "o"), ("u11", "o")]


def test_what_others_decided_is_no_precedent():
    card = Card(ITEM, CardKind.UNCERTAIN, Why("margin", ("h", "s")), near=("u", "v"))

    assert found(card, ledger_of(("u", "h", "bob"), ("v", "s", "ann"))) == [("v", "s")]


def test_a_card_that_withholds_its_suggestion_withholds_its_border():
    suggestion = Suggestion("s", 0.6)
    card = Card(ITEM, CardKind.AUDIT, Why("audit", ("s", "h")), near=("u", "v"), suggestion=suggestion)
    hidden = Card(ITEM, CardKind.AUDIT, card.why, near=card.near, suggestion=suggestion, suggestion_hidden=True)
    ledger = ledger_of(("u", "h", "ann"), ("v", "s", "ann"))

    assert found(card, ledger) == [("v", "s"), ("u", "h")]
    assert found(hidden, ledger) == [("u", "h"), ("v", "s")]
