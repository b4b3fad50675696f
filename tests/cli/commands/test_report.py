import json

import pytest

from activelabel.cli.commands.report import Wanted, report
from activelabel.errors import BadData, WrongUse


def reported(blobs, capsys, **how):
    assert report(blobs.layout.root, Wanted(**{"as_json": True, **how})) == 0
    return capsys.readouterr()


def test_json_is_pure_and_nothing_else_is_on_standard_output(blobs, capsys):
    blobs.answer(blobs.order[:12])
    out, err = reported(blobs, capsys)
    found = json.loads(out)

    assert err == ""
    assert found["accuracy"]["right"] == {"value": 1.0, "low": pytest.approx(0.79, abs=0.02), "high": 1.0, "n": 12}
    assert found["what_if"] == []
    assert found["origin"] == {
        "generation": 1,
        "answers_through": 16,
        "algorithms": {**found["origin"]["algorithms"], "learner": "logistic-regression"},
        "strategy": "default",
        "learner": "logistic-regression",
    }
    assert found["data"]["duplicates"] == 4


def test_before_an_answer_the_report_says_that_nothing_is_known_yet(blobs, capsys):
    out, _ = reported(blobs, capsys, as_json=False)

    assert "not known yet" in out
    assert "too early to say" in out


def test_the_screen_has_no_escapes_when_it_is_a_pipe(blobs, capsys):
    blobs.answer(blobs.order[:12])
    out, _ = reported(blobs, capsys, as_json=False)

    assert "how good    100 % right" in out
    assert "\x1b" not in out


def test_another_file_judges_the_model(blobs, capsys, tmp_path):
    blobs.answer(blobs.order[:20])
    test = tmp_path / "more.csv"
    test.write_text("name,x,y,kind,truth\na,0.1,0.2,red,red\nb,30,0.5,green,green\nc,0,29,blue,red\n", encoding="utf-8")
    found = json.loads(reported(blobs, capsys, test=test, label="truth").out)["test"]

    assert (found["rows"], found["right"]["value"], found["unknown"]) == (3, pytest.approx(2 / 3), 0)


def test_a_file_or_project_that_is_not_there_is_refused(blobs, capsys, tmp_path):
    blobs.answer(blobs.order[:3])

    with pytest.raises(BadData):
        reported(blobs, capsys, test=tmp_path / "none.csv")
    with pytest.raises(WrongUse):
        report(tmp_path / "nowhere", Wanted(as_json=True))


@pytest.mark.slow
def test_what_other_choices_would_have_given_is_told_on_demand(blobs, capsys):
    blobs.answer(blobs.order[:40])
    found = json.loads(reported(blobs, capsys, strategies=("random", "margin")).out)["what_if"]

    assert [(one["strategy"], one["unbiased"]) for one in found] == [("random", True), ("margin", False)]
    assert found[1]["points"][-1]["answers"] == 20
    assert set(found[0]["points"][0]["difference"]) == {"value", "low", "high", "n"}


def test_a_strategy_that_does_not_exist_is_refused_before_anything_is_fitted(refused, blobs):
    code, what, hint = refused("report", "--project", blobs.layout.root, "--what-if", "random,margn")

    assert (code, what, hint) == (2, "no strategy named 'margn'", "try 'margin'")
