"""What a session aims at: when it is over, why, and how far it is."""

from dataclasses import replace

import pytest
from support.answers import Answered, moment, plan_of, planned

from activelabel.learning.accuracy import wilson
from activelabel.records.cards import Card, Why
from activelabel.records.contents import Content, ItemRecord
from activelabel.records.kinds import CardKind, Modality
from activelabel.records.progress import Progress
from activelabel.session.pacing.aims import Aims
from activelabel.session.pacing.targets import Targets
from activelabel.session.pacing.watch import Watch

CARD = Card(
    ItemRecord("x-1", "x", Content(Modality.TEXT, (("t", "x" * 500),))), CardKind.UNCERTAIN, Why("margin", ("h", "s"))
)


class Hand:
    """A session whose clock is that of its answers."""

    def __init__(self, limit=None, **targets):
        self.ann = Answered()
        self.aims = Aims("ann", Targets(**targets), Watch(lambda: self.ann.now))
        self.aims.limit = limit
        self.taken = 0

    def answers(self, plan=None, most=1000, **more):
        """Answer until the session is over; return how often."""
        while self.taken < most and not self.aims.is_over(CARD, self.taken, self.ann.ledger, plan):
            self.ann.answer(**more)
            self.taken += 1
        return self.taken

    def progress(self, plan, left=1000):
        bare = Progress(self.ann.ledger.given, left, self.ann.ledger.counts, ())
        self.aims.is_over(CARD, self.taken, self.ann.ledger, plan)
        return self.aims.added_to(bare, self.ann.ledger, plan, moment(self.ann.now))


# --- time ---


def test_no_card_is_begun_for_which_less_than_half_of_its_time_is_left():
    hand = Hand(budget=97.0)

    assert hand.answers(seconds=5.0) == 19
    assert hand.ann.now == 95.0
    assert hand.aims.reason == "the time is used up"


def test_time_away_from_the_cards_is_not_counted():
    hand = Hand(budget=100.0)
    hand.answers(most=10)
    hand.ann.now += 3600
    hand.aims.watch.stand_still(3600)

    assert hand.answers() == 20


def test_one_card_is_asked_however_short_the_time():
    assert Hand(budget=0.5).answers() == 1


def test_with_a_budget_what_is_left_is_what_will_fit_into_it():
    hand = Hand(budget=600.0)
    hand.answers(most=40)
    found = hand.progress(plan_of(planned("a", length=500)))

    assert found.pace == pytest.approx(5.0, rel=0.01)
    assert found.ahead == 80
    assert hand.progress(plan_of(planned("a", length=500)), left=7).ahead == 7


# --- how right ---


def measures(right, n, bound):
    return {"accuracy": wilson(right, n), "at_least": bound}


def test_a_bound_that_reaches_the_share_ends_the_session_and_is_said_with_what_it_rests_on():
    hand = Hand(until=0.95)

    assert hand.answers(plan_of(**measures(205, 210, 0.9499)), most=3) == 3
    assert hand.answers(plan_of(**measures(207, 210, 0.95239))) == 3
    assert hand.aims.reason == ("95 % reached: at least 95.2 % right, however often one looks (from 210 audit answers)")


def test_how_far_it_is_follows_from_how_things_are():
    hand = Hand(until=0.85)
    near, under = hand.progress(plan_of(**measures(95, 100, 0.82))), hand.progress(plan_of(**measures(80, 100, 0.7)))

    assert near.target.answers > 0
    assert near.ahead == pytest.approx(5 * near.target.answers, abs=1)
    assert (under.target.answers, under.ahead) == (None, None)
    assert hand.progress(plan_of()).target is None
    assert hand.progress(plan_of(**measures(6, 9, 0.3))).target is None


# --- labels of each class ---


def test_it_goes_on_until_every_class_has_its_labels():
    hand = Hand(at_least=3)
    assert hand.answers(most=5, said="h") == 5
    assert hand.answers(said="s") == 8
    assert hand.aims.reason == "every class has 3 labels or more"
    assert hand.aims.still_short(hand.ann.ledger) == ""


def test_what_is_short_is_told_by_name():
    hand = Hand(at_least=3)
    hand.answers(most=5, said="h")

    assert hand.aims.still_short(hand.ann.ledger) == "still short: s 0 of 3"
    assert (hand.progress(plan_of()).wanted, hand.progress(plan_of()).ahead) == (3, 4)


def test_it_is_said_once_when_nothing_is_suggested_for_what_is_short_any_more():
    hand, plan = Hand(at_least=3), plan_of(planned("z", "h"))
    hand.answers(most=5, said="h")
    said = [hand.progress(plan).message]
    for card_plan in (plan, replace(plan, cards=(planned("z", "s"),)), plan):
        hand.ann.answer()
        said.append(hand.progress(card_plan).message)

    words = "nothing is suggested for what is still short: s 0 of 3"
    assert said == [words, "", "", words]


# --- all together ---


def test_whichever_comes_first_ends_it():
    plan = plan_of(**measures(95, 100, 0.82))
    limited, timed = Hand(limit=10, budget=1000.0, until=0.9), Hand(limit=100, budget=60.0, until=0.9)
    limited.answers(plan, most=10)
    timed.answers(plan)
    for hand in (limited, timed):
        hand.aims.ended(hand.taken, hand.ann.ledger, plan)

    assert limited.aims.reason == "10 answers, as many as were wanted"
    assert timed.aims.reason == "the time is used up"
    assert Hand(limit=100, budget=60.0, until=0.9).progress(plan).ahead <= 10


def test_without_aims_nothing_ends_and_all_of_the_pool_is_left():
    hand = Hand()
    hand.answers(most=50)
    hand.aims.ended(50, hand.ann.ledger, None)
    found = hand.progress(plan_of())

    assert (hand.aims.reason, found.ahead, found.target, found.wanted) == ("", None, None, 0)


def test_a_break_is_said_behind_what_was_saved():
    hand = Hand()
    hand.progress(None)
    hand.ann.answer(800)
    saved = Progress(800, 9, {}, (), message="saved: h")
    found = hand.aims.added_to(saved, hand.ann.ledger, None, moment(hand.ann.now))

    assert found.message == "saved: h; a break? it is 66 minutes since the last one"
