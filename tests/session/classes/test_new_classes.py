"""Classes known by name before any item is: what their names say, and what follows when an answer adds one."""

from dataclasses import replace

import numpy as np
import pytest

from activelabel.project.claims import Claims
from activelabel.project.inspection import Wishes, inspect
from activelabel.project.layout import Layout
from activelabel.project.plan import PlanReader
from activelabel.project.store import Store
from activelabel.records.settings import Algorithms, Settings
from activelabel.session.answers import gathered, hinted
from activelabel.session.asker import Asker
from activelabel.session.learner import Learner
from activelabel.session.replies import Chosen, NewClass, Undo
from activelabel.session.setup import create_project
from activelabel.session.workshop import open_workshop

TOPICS = {"sci.space": "rocket moon orbit", "white_wine": "wine grape bottle", "cats": "cat purr whisker"}
NOW = "2026-01-01T00:00:00.000+00:00"


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    """Return the settings of a file of sixty texts about three topics, each with a word of its own."""
    rng = np.random.default_rng(0)
    lines = []
    for number in range(60):
        words = list(TOPICS.values())[number % 3].split()
        lines.append(" ".join([*rng.choice(words, 4), f"number{number % 7}", f"item{number}"]))
    path = tmp_path_factory.mktemp("texts") / "texts.csv"
    path.write_text("\n".join(["text", *lines]) + "\n", encoding="utf-8")
    found = inspect(path, Wishes(texts=("text",))).settings
    return replace(found, data=str(path), algorithms=Algorithms(learner="logistic-regression"), audit=0.0)


class Sitting:
    """A project whose first two topics are listed, its asker, and its learner in step."""

    def __init__(self, root, settings: Settings):
        create_project(root, settings, list(TOPICS)[:2], "ann")
        self.layout = Layout(root)
        self.store = Store(self.layout.labels)
        self.plans = PlanReader(self.layout)
        self.claims = Claims(self.layout.claims)
        self.asker = Asker(self.store, self.plans, self.claims, "ann", lambda: NOW)
        self.learner = Learner(self.layout)

    def close(self):
        self.learner.close()
        self.store.close()
        self.claims.close()

    @property
    def ids(self):
        return {known.name: known.id for known in self.asker.ledger.classes.values()}

    def answer(self, count):
        """Answer cards rightly; a topic that is no class yet becomes one."""
        for _ in range(count):
            card = self.asker.ask()
            topic = topic_of(card.item)
            reply = Chosen(self.ids[topic]) if topic in self.ids else NewClass(topic)
            self.asker.tell(card, reply, 1.0)

    def step(self):
        self.learner.step()
        self.plans.refresh()
        return self.plans.plan


def topic_of(item):
    said = dict(item.content.fields)["text"]
    return next(topic for topic, words in TOPICS.items() if any(word in said for word in words.split()))


@pytest.fixture
def sitting(tmp_path, settings):
    sitting = Sitting(tmp_path / "project", settings)
    yield sitting
    sitting.close()


def test_a_class_that_an_answer_adds_is_suggested_from_the_next_plan_on(sitting):
    sitting.answer(12)
    plan = sitting.step()
    right = [sitting.ids[topic_of(sitting.plans.item(card))] == card.suggestion.class_id for card in plan.cards]

    assert list(sitting.ids) == list(TOPICS)
    assert np.mean(right) > 0.9
    assert {card.suggestion.class_id for card in plan.cards} == set(sitting.ids.values())
    assert {each for card in plan.cards for each in card.why.contested} == set(sitting.ids.values())
    assert sitting.asker.progress().counts[sitting.ids["cats"]] > 0


def test_a_class_whose_only_answer_is_taken_back_stays_and_stops_nobody(sitting):
    while "cats" not in sitting.ids:
        sitting.answer(1)
    sitting.asker.tell(sitting.asker.ask(), Undo(), 0.0)
    plan = sitting.step()

    assert "cats" in sitting.ids
    assert "fitted" not in plan.notice
    assert sitting.ids["cats"] not in {card.suggestion.class_id for card in plan.cards}


def hints_in(layout):
    return {path.name: path.stat().st_mtime_ns for path in layout.cache.glob("hints-*")}


def test_the_names_of_listed_classes_are_looked_up_once(sitting):
    before = hints_in(sitting.layout)
    sitting.answer(12)
    sitting.step()

    assert len(before) == 1
    assert hints_in(sitting.layout) == before


def test_a_listed_name_points_at_its_texts_and_an_added_one_at_none(sitting):
    while "cats" not in sitting.ids:
        sitting.answer(1)
    ledger = sitting.asker.ledger
    workshop = open_workshop(sitting.layout, ledger.settings)
    nothing = replace(gathered(workshop, ledger), labels=np.empty(0, np.intp), rows=np.empty(0, np.intp))
    hints = hinted(workshop, ledger, nothing).hints

    nearest = workshop.dataset.items((hints[1:2] @ workshop.ground.features.T).argmax(axis=1))
    assert topic_of(next(iter(nearest))) == "white_wine"
    assert np.isnan(hints[2]).all()


def test_names_say_nothing_more_when_all_listed_classes_have_a_label(sitting):
    sitting.answer(12)
    ledger = sitting.asker.ledger
    workshop = open_workshop(sitting.layout, ledger.settings)

    assert hinted(workshop, ledger, gathered(workshop, ledger)).hints is None
