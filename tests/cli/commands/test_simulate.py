"""`simulate`: its JSON is what is documented, and nothing but the data and the seeds decides what is in it."""

import json
import random
import re
from pathlib import Path

import pytest

DOCUMENTED = Path(__file__).parents[3] / "docs" / "simulate-json.md"
OPTIONS = ["--budget", "12", "--seeds", "2", "--learner", "logistic-regression", "--json", "-"]


@pytest.fixture
def data(tmp_path):
    rng = random.Random(0)
    rows = [f"{rng.gauss(3 * (n % 3), 1):.4f},{rng.gauss(0, 1):.4f},{'abc'[n % 3]}" for n in range(60)]
    path = tmp_path / "rows.csv"
    path.write_text("\n".join(["wide,high,label", *rows]) + "\n", encoding="utf-8")
    return path


def simulated(command, *arguments):
    code, lines, _ = command("simulate", *arguments, *OPTIONS)
    assert code == 0
    return json.loads("\n".join(lines))


def paths_in(value, path=""):
    """Yield the path of every value in JSON, as the documentation writes them."""
    if isinstance(value, dict):
        for key, inside in value.items():
            name = f'"{key}"' if key[0].isdigit() else key
            yield from paths_in(inside, f"{path}.{name}" if path else name)
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for inside in value:
            yield from paths_in(inside, f"{path}[]")
    else:
        yield path


def test_json_on_standard_output_is_pure_and_has_the_documented_shape(command, data):
    found = simulated(command, data, "--strategy", "margin,random")
    spread = {"mean": float, "sd": float, "each": list}

    assert [each["name"] for each in found["contenders"]] == [
        "margin + logistic-regression",
        "random + logistic-regression",
    ]
    assert 0 <= found["full_data"]["accuracy"] <= 1
    for contender in found["contenders"]:
        assert {"name", "curve", "labels_to", "seconds_a_question"} <= contender.keys()
        assert contender["labels_to"].keys() == {"95%", "99%"}
        assert [point["labels"] for point in contender["curve"]] == [10, 12]
        for point in contender["curve"]:
            assert point.keys() == {"labels", "accuracy", "macro_f1", "recall"}
            assert point["recall"] is None
            for measure in ("accuracy", "macro_f1"):
                assert {name: type(value) for name, value in point[measure].items()} == spread
                assert len(point[measure]["each"]) == 2


@pytest.mark.parametrize("goal", ["macro-f1", "recall:b"])
def test_contenders_are_compared_by_the_labels_that_a_goal_makes(command, data, goal):
    found = simulated(command, data, "--optimise", goal)
    last = found["contenders"][0]["curve"][-1]

    assert {each["optimise"] for each in found["contenders"]} == {goal}
    assert (last["recall"] is None) == (goal == "macro-f1")
    assert last["recall"] is None or 0 <= last["recall"]["mean"] <= 1


def test_the_tables_rows_say_macro_f1_and_the_recall_of_the_class_to_find(command, data):
    plain = command("simulate", data, "--budget", "12", "--seeds", "1", "--learner", "logistic-regression")[1]
    options = ["--optimise", "recall:b", "--budget", "12", "--seeds", "1", "--learner", "logistic-regression"]
    found = command("simulate", data, *options)[1]

    assert any(line.strip().startswith("macro-F1") for line in plain)
    assert not any("recall" in line for line in plain)
    assert any(line.strip().startswith("recall of b") for line in found)


def test_every_field_is_documented(command, data):
    words = set(re.findall(r"`([^`]+)`", DOCUMENTED.read_text(encoding="utf-8")))
    last = {word.rpartition(".")[2] for word in words} | {"mean", "sd", "each", "max"}

    assert {path.rpartition(".")[2] for path in paths_in(simulated(command, data))} <= last


def test_wrong_answers_cost_accuracy_and_leave_what_it_is_measured_by_alone(command, data):
    right, wrong = simulated(command, data), simulated(command, data, "--wrong", "0.4")
    ends = [found["contenders"][0]["curve"][-1]["accuracy"]["mean"] for found in (right, wrong)]

    assert (right["wrong"], wrong["wrong"]) == (0, 0.4)
    assert wrong["full_data"] == right["full_data"]
    assert ends[1] < ends[0]


def test_the_order_of_the_rows_changes_nothing(command, data):
    before = simulated(command, data)
    head, *rows = data.read_text(encoding="utf-8").splitlines()
    random.Random(1).shuffle(rows)
    data.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    after = simulated(command, data)
    for found in (before, after):
        for contender in found["contenders"]:
            del contender["seconds_a_question"]

    assert before == after


def test_a_budget_beyond_the_pool_asks_the_pool_to_its_end(command, data):
    code, lines, _ = command("simulate", data, *OPTIONS, "--rows", "20", "--budget", "100")

    assert code == 0
    assert json.loads("\n".join(lines))["contenders"][0]["curve"][-1]["labels"] == 15


def test_the_figures_never_take_the_place_of_the_data(refused, data):
    before = data.read_bytes()
    code, what, _ = refused("simulate", data, "--json", data)

    assert (code, what) == (1, f"figures cannot take the place of this: {data}")
    assert data.read_bytes() == before


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--json", "/nonsense/figures.json"], 1),
        (["--label", "nonsense"], 2),
        (["--strategy", "nonsense"], 2),
        (["--wrong", "0.5"], 2),
        (["--wrong", "-0.1"], 2),
        (["--wrong", "nan"], 2),
        (["--optimise", "nonsense"], 2),
        (["--optimise", "recall:nonsense"], 2),
        (["--test-size", "0.001"], 2),
        (["--rows", "3", "--test-size", "0.9"], 1),
    ],
)
def test_what_cannot_be_compared_is_refused_before_a_long_run(refused, data, options, code):
    assert refused("simulate", data, *options)[0] == code


def test_one_class_is_nothing_to_compare(refused, data):
    data.write_text("wide,label\n1,a\n2,a\n3,a\n", encoding="utf-8")

    assert refused("simulate", data)[1] == f"1 class in label: {data}"
