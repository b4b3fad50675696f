"""Orders of the ranked cards: what teaches most in a second, and what a class that is short needs."""

from dataclasses import replace

from support.answers import Answered, planned

from activelabel.records.cards import Why
from activelabel.records.kinds import CardKind, Modality
from activelabel.session.pacing.pace import Timed, pace_of
from activelabel.session.pacing.priority import by_worth, short_first

BY_LENGTH = pace_of([Timed(CardKind.UNCERTAIN, length / 50, length) for length in [100, 200, 400] * 30], Modality.TEXT)


def units(cards):
    return "".join(card.unit for card in cards)


def test_cards_that_take_equally_long_stay_as_they_are_ranked():
    cards = [planned(unit) for unit in "abcdef"]

    assert units(by_worth(cards, BY_LENGTH)) == "abcdef"


def test_a_short_card_passes_long_ones_that_are_ranked_a_little_higher():
    cards = [planned("a", length=400), planned("b", length=400), planned("c", length=100)]

    assert units(by_worth(cards, BY_LENGTH)) == "cab"


def test_where_the_plan_says_what_cards_change_those_that_change_much_come_first():
    cards = [planned(unit, length=200, change=change) for unit, change in [("a", 1.0), ("b", 9.0), ("c", 4.0)]]

    assert units(by_worth(cards, BY_LENGTH)) == "bca"
    assert units(by_worth([*cards, planned("d", length=200)], BY_LENGTH)) == "abcd"
    assert (
        units(by_worth([replace(card, why=Why("margin", expected_change=0.0)) for card in cards], BY_LENGTH)) == "abc"
    )


def test_a_card_far_down_is_not_lifted_by_what_it_changes_alone():
    cards = [planned(f"{place:02}", length=200, change=float(place > 60)) for place in range(100)]

    assert by_worth(cards, BY_LENGTH)[0].unit == "00"


def test_cards_for_a_class_that_is_short_come_first_and_all_keep_their_order():
    ann = Answered()
    ann.answer(5, said="h")
    cards = [planned(unit, guess) for unit, guess in zip("abcde", ["h", "s", None, "s", "h"], strict=True)]

    assert units(short_first(cards, ann.ledger, 5)) == "bdace"
    assert units(short_first(cards, ann.ledger, 9)) == "abdec"
