"""Parts of a project: only their items are asked about, by a plan of their own, and none of it is an audit."""

import shutil
from dataclasses import replace

import numpy as np
import pytest

from activelabel.errors import ProjectError, WrongUse
from activelabel.project.claims import Claims
from activelabel.project.inspection import Wishes, inspect
from activelabel.project.layout import Layout
from activelabel.project.plan import PlanReader
from activelabel.project.store import Store
from activelabel.records.kinds import CardKind
from activelabel.records.settings import Algorithms
from activelabel.session.answers import gathered
from activelabel.session.asker import Asker
from activelabel.session.instep import GoldAnnotator, InStep
from activelabel.session.learner import Learner
from activelabel.session.lessons import Answers, Ground
from activelabel.session.loop import run
from activelabel.session.part_rows import rows_of_part
from activelabel.session.parts import Part, check_part
from activelabel.session.pipeline import learn
from activelabel.session.replies import Chosen, GoTo, Skipped
from activelabel.session.setup import create_project
from activelabel.session.workshop import open_workshop

NOW = "2026-01-01T00:00:00.000+00:00"
RIGHT = Part("x > 15")  # about twenty of the sixty points, all of them green


class Session:
    """An asker and a learner in step, of a part of a project."""

    def __init__(self, layout, part, annotator="ann"):
        self.store = Store(layout.labels)
        self.claims = Claims(layout.claims)
        self.learner = Learner(layout, part)
        self.plans = PlanReader(layout.part(part.key))
        self.asker = Asker(self.store, self.plans, self.claims, annotator, lambda: NOW)
        self.questions = InStep(self.asker, self.learner)

    def close(self):
        for each in (self.learner, self.claims, self.store):
            each.close()


@pytest.fixture
def session(blobs):
    """Open a session of a part; all are closed with the test."""
    opened = []

    def start(part=RIGHT, layout=blobs.layout, annotator="ann"):
        opened.append(Session(layout, part, annotator))
        return opened[-1]

    yield start
    for each in opened:
        each.close()


def inside(blobs, part=RIGHT):
    rows = rows_of_part(part, open_workshop(blobs.layout, blobs.dataset.settings), None).rows
    return {blobs.dataset.unit(int(row)) for row in np.flatnonzero(rows)}


def colour(asker, name):
    return Chosen(asker.ledger.find_class(name).id)


def test_a_part_has_a_plan_of_its_own_and_that_of_the_project_stays(blobs, session):
    before = blobs.layout.plan.read_bytes()
    here = session()
    here.questions.ask()
    plan, units = here.plans.plan, inside(blobs)

    assert 5 < len(units) < 40
    assert {card.unit for card in plan.cards} == {card.unit for card in plan.reserve} == units
    assert {card.kind for card in plan.reserve} == {CardKind.UNCERTAIN}
    assert plan.askable == plan.part.units == len(units)
    assert (plan.part.words, plan.part.of_items) == ("x > 15", blobs.dataset.n_items)
    assert blobs.layout.plan.read_bytes() == before
    assert here.plans.cache == blobs.layout.cache


def test_all_of_a_part_is_asked_and_nothing_else_and_none_of_it_by_the_audit(blobs, session):
    here, units = session(), inside(blobs)
    known = {blobs.dataset.unit(row): str(name) for row, name in enumerate(blobs.true)}
    progress = here.asker.progress
    here.questions.ask()
    lefts = [progress().left]
    annotator = GoldAnnotator(known, lambda *_: lefts.append(progress().left))
    taken = run(here.questions, annotator, lambda: 0.0)
    said = [event for event in here.asker.ledger.said if not event.is_repeat]

    assert taken >= len(units)
    assert {event.data["unit"] for event in said} == units
    assert {event.data["part"] for event in here.asker.ledger.said} == {"x > 15"}
    assert CardKind.AUDIT not in {event.data["card"] for event in said}
    assert all("inclusion_probability" not in event.data for event in said)
    assert lefts == sorted(lefts, reverse=True)
    assert (progress().left, progress().answered) == (0, len(units))
    assert (progress().part, progress().part_size.endswith("of 64 items")) == ("x > 15", True)
    assert not here.asker.more_to_come()


def test_answers_outside_the_part_do_not_count_as_given_in_it(blobs, session):
    here = session()
    here.questions.ask()
    left = here.asker.progress().left
    outside = next(blobs.dataset.unit(row) for row in blobs.order if blobs.dataset.unit(row) not in inside(blobs))
    here.asker.tell(here.asker.ask(), GoTo(outside), 1.0)
    here.asker.tell(here.asker.ask(), colour(here.asker, "red"), 1.0)

    assert here.asker.progress().left == left


def test_only_what_the_model_takes_to_be_of_a_class(blobs, session):
    blobs.answer(blobs.order[:15])
    here = session(Part("x < 1000", suggested="Blue"))
    here.questions.ask()
    plan, blue = here.plans.plan, blobs.ledger.find_class("blue").id

    assert plan.cards
    assert {card.suggestion.class_id for card in (*plan.cards, *plan.reserve)} == {blue}
    assert 1 <= plan.askable <= plan.part.units < 15
    assert plan.part.words == "x < 1000, suggested Blue"


def test_the_clusters_of_the_project_are_parts(blobs, session, tmp_path):
    settings = replace(blobs.dataset.settings, algorithms=Algorithms(clusters=3, learner="logistic-regression"))
    create_project(tmp_path / "clustered", settings, ("red", "green", "blue"), "ann")
    here = session(Part(cluster=1), Layout(tmp_path / "clustered"))
    here.questions.ask()
    colours = {blobs.true[blobs.dataset.row_of(card.unit)] for card in here.plans.plan.reserve}

    assert len(colours) == 1
    assert here.plans.plan.part.words == "cluster 1"


def test_a_cluster_that_there_is_not_is_no_part(blobs, session):
    with pytest.raises(WrongUse, match="no cluster 99"):
        session(Part(cluster=99)).questions.ask()


def test_a_part_of_texts(tmp_path, session):
    rng = np.random.default_rng(0)
    short, long = ("see you at noon", "ok call me later"), ("you have WON a prize, ", "call now to claim your ticket ")
    texts = [f"{short[n % 2]} {n}" if n % 3 else long[n % 2] * 3 + str(n) for n in rng.permutation(60)]
    (tmp_path / "sms.csv").write_text("text\n" + "\n".join(f'"{text}"' for text in texts) + "\n")
    settings = inspect(tmp_path / "sms.csv", Wishes(texts=("text",))).settings
    settings = replace(settings, algorithms=Algorithms(learner="logistic-regression"))
    create_project(tmp_path / "sms", settings, ("ham", "spam"), "ann")
    here = session(Part("length > 40 and text contains 'prize'"), Layout(tmp_path / "sms"))
    for _ in range(5):
        card = here.questions.ask()
        assert "prize" in card.item.content.fields[0][1]
        here.questions.tell(card, colour(here.asker, "spam"), 1.0)


def test_a_near_duplicate_in_the_part_is_asked_where_its_original_is_not_in_it():
    points = np.random.default_rng(0).normal(size=(30, 4)).astype(np.float32)
    features = np.concatenate([points, points[:10] + 1e-7])
    ground = Ground(features, np.ones(40), None, Algorithms(learner="logistic-regression"), 0)
    within = np.arange(40) >= 30
    closed = np.zeros(40, dtype=bool)
    closed[[3, 20, 21]] = True
    labels = np.array([0, 1, 0])
    lesson = learn(ground, Answers(np.array([3, 20, 21]), labels, 2, closed, within=within), 40)

    assert sorted(lesson.questions.tolist()) == [30, 31, 32, 34, 35, 36, 37, 38, 39]


def test_a_card_of_another_part_is_not_resumed(blobs, session):
    whole = session(Part())
    while whole.questions.ask().item.unit in inside(blobs):
        whole.questions.tell(whole.questions.ask(), Skipped(), 1.0)
    here = session().questions.ask()

    assert here.item.unit in inside(blobs)
    assert session().questions.ask().item.unit == here.item.unit
    assert session(Part()).questions.ask().item.unit not in inside(blobs)


def test_two_parts_have_two_locks_and_two_logs(blobs):
    layouts = [blobs.layout, *(blobs.layout.part(Part(where).key) for where in ("x > 1", "x > 2"))]

    for name in ("learner_lock", "learner_log", "plan", "contents"):
        assert len({getattr(layout, name) for layout in layouts}) == 3
    assert len({layout.views for layout in layouts}) == 1


def test_a_step_that_fails_names_the_log_of_its_part(blobs, session, monkeypatch, caplog):
    here = session()
    here.questions.ask()
    blobs.answer([0])
    monkeypatch.setattr("activelabel.session.planning.learn", lambda *_: 1 / 0)
    here.learner.step()
    here.plans.refresh()

    assert here.plans.plan.notice.endswith(f"(details in cache/parts/{RIGHT.key}/learner.log)")


@pytest.mark.parametrize(
    ("part", "kind", "words"),
    [
        (Part("x >"), WrongUse, "--where cannot be read"),
        (Part("z > 1"), WrongUse, "no column named 'z'"),
        (Part("x > 1000"), ProjectError, "no item is in this part: x > 1000"),
        (Part(suggested="grene"), WrongUse, "no class named 'grene'"),
        (Part(suggested="green"), ProjectError, "the model suggests nothing before it has labels"),
    ],
)
def test_what_cannot_be_asked_about_is_said_before_the_learner_starts(blobs, part, kind, words):
    with pytest.raises(kind) as refused:
        check_part(part, blobs.ledger, blobs.layout.cache)
    assert str(refused.value).startswith(words)
    assert refused.value.hint


def test_a_part_can_be_asked_about_before_the_copy_of_the_data_is_there(blobs):
    shutil.rmtree(blobs.layout.cache)

    check_part(Part("x > 1000"), blobs.ledger, blobs.layout.cache)


def test_a_part_that_empties_as_the_model_changes_has_no_cards(blobs, session):
    red = [row for row in blobs.order if blobs.true[row] == "red"]
    blobs.answer(red[:5])
    here = session(Part(suggested="green"))

    assert here.questions.ask() is None
    assert here.plans.plan.part.units == 0
    blobs.answer([row for row in blobs.order if blobs.true[row] == "green"][:5])
    assert here.questions.ask() is not None


def test_answers_of_a_part_are_answers_of_the_project(blobs, session):
    here = session()
    card = here.questions.ask()
    here.questions.tell(card, colour(here.asker, "green"), 1.0)
    answers = gathered(open_workshop(blobs.layout, blobs.dataset.settings), blobs.ledger)

    assert answers.rows.tolist() == [blobs.dataset.row_of(card.item.unit)]
