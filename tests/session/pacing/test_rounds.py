"""The line between two rounds: once after twenty answers, when a plan has seen them all."""

from dataclasses import replace

from support.answers import Answered, plan_of

from activelabel.records.progress import Outlook
from activelabel.session.pacing.rounds import Rounds


def test_once_after_every_twenty_answers_it_is_said_what_comes_next():
    ann, rounds, plan = Answered(), Rounds(), plan_of(gain=0.006, gain_at_most=0.02, signs=3, for_stop=2)
    said = []
    for _ in range(60):
        said.append(rounds.outlook(ann.ledger, plan, 6.0))
        ann.answer()

    assert [place for place, each in enumerate(said) if each] == [20, 40]
    assert said[20] == Outlook(20, 120.0, 0.006, 3, 2)


def test_a_plan_that_has_not_seen_the_round_says_nothing_and_the_next_one_does():
    ann, rounds = Answered(), Rounds()
    old = plan_of(through=5, gain=0.1)
    rounds.outlook(ann.ledger, old, None)
    ann.answer(20)
    assert rounds.outlook(ann.ledger, old, None) is None
    ann.answer()
    new = replace(old, answers_through=ann.ledger.counter)

    assert rounds.outlook(ann.ledger, new, None) == rounds.outlook(ann.ledger, new, None) == Outlook(20, None, 0.1)
    ann.answer()
    assert rounds.outlook(ann.ledger, new, None) is None


def test_without_figures_there_is_nothing_to_say():
    ann, rounds = Answered(), Rounds()
    for plan in (plan_of(), None):
        rounds.outlook(ann.ledger, plan, 6.0)
        ann.answer(20)
        assert rounds.outlook(ann.ledger, plan, 6.0) is None
