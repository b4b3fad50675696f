"""A session in step ends when the bound on accuracy reaches its target, and its rounds say what comes next."""

from contextlib import ExitStack
from dataclasses import replace

import pytest

from activelabel.cli.commands.demo import CLASSES, digits
from activelabel.project.claims import Claims
from activelabel.project.inspection import Wishes, inspect
from activelabel.project.layout import Layout
from activelabel.project.plan import PlanReader
from activelabel.project.store import Store
from activelabel.session.asker import Asker
from activelabel.session.clock import utc_now
from activelabel.session.instep import GoldAnnotator, InStep
from activelabel.session.learner import Learner
from activelabel.session.loop import run
from activelabel.session.pacing.aims import Aims
from activelabel.session.pacing.targets import Targets
from activelabel.session.setup import create_project


class Watched(GoldAnnotator):
    """Answers rightly, and keeps what stood around the cards."""

    def __init__(self, known):
        super().__init__(known, lambda *_: None)
        self.seen = []

    def answer(self, card, progress):
        self.seen.append(progress)
        return super().answer(card, progress)


@pytest.fixture
def in_step():
    """Hold a session in step with its learner; return the asker, the annotator and how many answers it took."""
    with ExitStack() as stack:

        def hold(layout, known, every, **targets):
            store = stack.enter_context(Store(layout.labels))
            claims = Claims(layout.claims)
            stack.callback(claims.close)
            learner = Learner(layout)
            stack.callback(learner.close)
            asker = Asker(store, PlanReader(layout), claims, "ann", utc_now)
            asker.aims = Aims("ann", Targets(**targets))
            annotator = Watched(known or learner.known_answers())
            taken = run(InStep(asker, learner, every), annotator, asker.aims.watch, is_over=asker.is_over)
            asker.aims.ended(taken, asker.ledger, asker.plan)
            return asker, annotator.seen, taken

        yield hold


def test_a_small_pool_ends_when_the_bound_is_reached_and_says_so(blobs, in_step):
    true = {blobs.dataset.unit(row): kind for row, kind in enumerate(blobs.true)}
    asker, seen, taken = in_step(blobs.layout, true, 5, until=0.8)
    measures = asker.plan.measures

    assert taken < len(true)
    assert 0.8 <= measures.at_least <= measures.accuracy.value
    assert asker.aims.reason == (
        f"80 % reached: at least {int(1000 * measures.at_least) / 10:g} % right, however often one looks "
        f"(from {measures.accuracy.n} audit answers)"
    )
    assert any(progress.target and progress.target.answers for progress in seen)


@pytest.mark.slow
def test_the_digits_end_by_the_bound_and_each_round_says_what_comes_next(tmp_path, in_step):
    settings = inspect(digits(), Wishes(pixels=(8, 8), known="label")).settings
    create_project(tmp_path / "p", replace(settings, data=str(digits()), audit=0.6), CLASSES, "ann")
    asker, seen, taken = in_step(Layout(tmp_path / "p"), None, 10, until=0.75)
    said = [(place, progress.outlook) for place, progress in enumerate(seen) if progress.outlook]

    assert 20 < taken < 300
    assert asker.plan.measures.at_least >= 0.75
    assert "75 % reached: at least 7" in asker.aims.reason
    assert said
    assert all(place % 20 == 0 for place, _ in said)
