"""What cards show beside an item comes from what was said, from the data and from the model, and from nothing else."""

import shutil
from dataclasses import replace

import numpy as np
import pytest
from sklearn.datasets import load_digits

from activelabel.project.claims import Claims
from activelabel.project.inspection import Wishes, inspect
from activelabel.project.layout import Layout
from activelabel.project.ledger import Ledger
from activelabel.project.plan import PlanReader, PlanWriter
from activelabel.project.recorded import ledger_of
from activelabel.project.store import Draft, Store
from activelabel.records.cards import Card, Why
from activelabel.records.kinds import CardKind, EventKind
from activelabel.records.settings import Algorithms
from activelabel.session.answers import audited, gathered
from activelabel.session.asker import Asker
from activelabel.session.cards import answer_data
from activelabel.session.clock import utc_now
from activelabel.session.evidence import effects_of, error_drop, near
from activelabel.session.lessons import Answers, Ground
from activelabel.session.pipeline import learn
from activelabel.session.planning import Planner
from activelabel.session.replies import Undo
from activelabel.session.setup import create_project
from activelabel.session.workshop import open_workshop


def answers_of(rows, labels, n):
    return Answers(np.array(rows), np.array(labels), 3, np.isin(np.arange(n), rows))


def test_of_each_contested_class_four_are_near_and_eight_of_any():
    features = np.arange(40, dtype=np.float32)[:, None]
    answers = answers_of(range(30), [0] * 20 + [1] * 5 + [2] * 5, 40)

    company = near(features, np.array([35, 39]), answers, [[0, 1], []])

    assert company[0].tolist() == [39, 29, 28, 27, 26, 25, 24, 23, 22, 21, 19, 18, 17, 16]
    assert company[1].tolist() == [35, 29, 28, 27, 26, 25, 24, 23]


def test_a_row_is_no_precedent_of_itself():
    features = np.zeros((6, 1), dtype=np.float32)

    assert 2 not in near(features, np.array([2]), answers_of([0, 2], [0, 1], 6), [[0, 1]])[0]


@pytest.fixture(scope="module")
def texts(tmp_path_factory):
    """A project of short mails, forty of them labelled, four wrongly."""
    folder = tmp_path_factory.mktemp("mails")
    rng = np.random.default_rng(1)
    words = {"ham": ["lunch", "meeting", "home", "see", "you"], "spam": ["win", "prize", "cash", "free", "now"]}
    truth = [("ham", "spam")[number % 2] for number in range(120)]
    lines = [" ".join([*rng.choice(words[name], 4), f"nr{number}"]) for number, name in enumerate(truth)]
    data = folder / "mails.csv"
    data.write_text("\n".join(["mail,kind", *(f"{line},{name}" for line, name in zip(lines, truth, strict=True))]))
    settings = inspect(data, Wishes(texts=("mail",), ignored=("kind",))).settings
    create_project(folder / "project", replace(settings, data=str(data)), ("ham", "spam"), "ann")
    layout = Layout(folder / "project")
    workshop = open_workshop(layout, settings)
    kinds = workshop.dataset.column("kind")
    with Store(layout.labels) as store:
        ids = {known.name: known.id for known in Ledger(store.events()).classes.values()}
        order = workshop.audit_order
        rows = [*order[:6], *order[20:54]]
        for place, row in enumerate(rows):
            name = kinds[row] if place % 10 != 9 else {"ham": "spam", "spam": "ham"}[kinds[row]]
            card = Card(workshop.dataset.item(row), CardKind.UNCERTAIN, Why("margin"))
            data = {**answer_data(card, 2.0), "classes": [ids[name]]}
            store.append("ann", "2026-01-01T10:00:00+00:00", [Draft(EventKind.LABEL, data, workshop.dataset.item(row))])
        ledger = Ledger(store.events())
    return layout, workshop, ledger


@pytest.fixture(scope="module")
def plan(texts):
    layout, workshop, ledger = texts
    return Planner(workshop, PlanWriter(layout)).make(ledger)


def test_every_card_has_near_items_and_its_length(plan):
    assert all(card.near and card.length > 10 for card in (*plan.cards, *plan.reserve))


def test_ranked_cards_say_what_their_answer_would_change_and_audit_cards_do_not(plan):
    assert all(card.why.expected_change is not None for card in plan.cards)
    assert all(card.why.expected_change is None for card in plan.reserve)


def test_words_pull_to_the_class_they_are_at_home_in(texts, plan):
    names = {known.id: known.name for known in texts[2].classes.values()}
    found = {(pull.word, names[pull.class_id]) for card in plan.cards for pull in card.pulls}

    assert ("prize", "spam") in found
    assert ("meeting", "ham") in found
    assert not {word for word, _ in found if word.startswith("nr")}


def test_second_looks_are_labels_that_the_others_contradict_outside_the_audit_sample(texts, plan):
    _, workshop, ledger = texts
    sample = {workshop.dataset.unit(row) for row in audited(workshop, ledger, gathered(workshop, ledger)).rows}
    kinds = workshop.dataset.column("kind")
    wrong = [
        unit
        for unit, answer in ledger.answers.items()
        if ledger.class_name(answer.data["classes"][0]) != kinds[workshop.dataset.row_of(unit)]
    ]

    assert {look.unit for look in plan.second_looks} == set(wrong) - sample
    assert all(look.suggestion.class_id == look.why.contested[1] for look in plan.second_looks)


def test_a_table_row_names_the_fields_in_which_it_departs(blobs):
    ledger = ledger_of(blobs.layout)
    workshop = open_workshop(blobs.layout, ledger.settings)

    plan = Planner(workshop, PlanWriter(blobs.layout)).make(ledger)

    table = workshop.dataset.table()
    assert {field for card in plan.reserve for field in card.departs} <= {*table.number_names, *table.categories}


@pytest.mark.slow
def test_the_drop_of_errors_is_of_the_size_that_the_next_answers_bring():
    digits = load_digits()
    ground = Ground(digits.data.astype(np.float32) / 16, np.ones(len(digits.data)), None, Algorithms(), 0)
    known, expected, errors = np.empty(0, np.intp), [], []
    for _ in range(6):
        closed = np.isin(np.arange(len(digits.data)), known)
        answers = Answers(known, digits.target[known], 10, closed)
        lesson = learn(ground, answers, 20)
        if lesson.predicted is not None:
            expected.append(error_drop(effects_of(ground, answers, lesson)))
            errors.append((lesson.predicted != digits.target)[~closed].mean())
        known = np.union1d(known, lesson.questions)

    # alone it is rough; over four rounds it is of the size of what came
    brought = -np.diff(errors)
    assert 0.5 < sum(expected[:-1]) / brought.sum() < 2
    assert expected == sorted(expected, reverse=True)


def test_a_plan_knows_for_how_many_items_each_of_the_last_answers_speaks(texts, plan):
    ledger = texts[2]

    assert set(plan.speaks_for) <= set(ledger.answers)
    assert sum(plan.speaks_for.values()) == plan.measures.propagated == 80


def test_undo_says_how_many_propagated_labels_go_with_an_answer(texts, plan, tmp_path):
    shutil.copytree(texts[0].root, tmp_path / "project")
    layout = Layout(tmp_path / "project")
    claims = Claims(tmp_path / "claims.db")
    with Store(layout.labels) as store:
        asker = Asker(store, PlanReader(layout), claims, "ann", utc_now)
        card, said = asker.ask(), []
        while "labels with it" not in asker.message:
            asker.tell(card, Undo(), 1.0)
            said.append(asker.message)
    claims.close()

    undone = next(event for event in asker.ledger.said if asker.ledger.withdrawn(event.uuid))
    name = asker.ledger.classes[undone.data["classes"][0]].name
    assert said[-1] == f"taken back: {name}; {plan.speaks_for[undone.data['unit']]} propagated labels with it"
