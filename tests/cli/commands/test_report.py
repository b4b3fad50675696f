import json
import subprocess
import sys
from contextlib import redirect_stderr

import pytest
from support.page import Page

from activelabel.cli.commands.report import Wanted, report
from activelabel.errors import ActivelabelError, BadData, ProjectError, WrongUse
from activelabel.session import pipeline


def reported(blobs, capsys, **how):
    report(blobs.layout.root, Wanted(**{"as_json": True, **how}))
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


@pytest.mark.parametrize("plain", [False, True])
def test_the_first_fit_is_told_of_where_a_line_may_be_redrawn(blobs, capsys, screen, plain):
    blobs.answer(blobs.order[:12])
    with redirect_stderr(screen):
        reported(blobs, capsys, plain=plain)

    assert ("the model is fitted" in screen.getvalue()) != plain


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


def test_a_page_goes_where_it_is_told_and_a_bare_name_into_the_project(blobs, capsys, tmp_path):
    blobs.answer(blobs.order[:12])
    elsewhere = tmp_path / "report.html"
    told = [reported(blobs, capsys, as_json=False, page=page) for page in (str(elsewhere), "report.html")]

    assert [each.err.splitlines()[-1] for each in told] == [
        f"written: {elsewhere}",
        f"written: {blobs.layout.reports / 'report.html'}",
    ]
    assert all(each.out == "" for each in told)
    page = Page(elsewhere.read_text(encoding="utf-8"))
    assert "100 % of all items get the right label (79-100, by 12 audit answers)" in page.all("main")[0].text
    assert blobs.dataset.fingerprint in page.all("main")[0].text
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_page_that_is_to_be_here_is_not_put_into_the_project(command, blobs, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, _, err = command("report", "--project", blobs.layout.root, "--html", "./page.html")

    assert (code, err) == (0, ["written: page.html"])
    assert (tmp_path / "page.html").exists()


def test_an_empty_name_of_a_page_is_refused(refused, blobs):
    code, what, hint = refused("report", "--project", blobs.layout.root, "--html", "")

    assert (code, what, hint) == (2, "not the name of a page: .", "end the name in .html")


def test_a_page_that_is_there_is_replaced_only_by_force_and_labels_never(blobs, capsys, tmp_path):
    page = tmp_path / "report.html"
    page.write_text("mine", encoding="utf-8")
    (tmp_path / "labels.html").hardlink_to(blobs.layout.labels)

    with pytest.raises(ProjectError, match="a file already"):
        reported(blobs, capsys, page=str(page))
    assert page.read_text(encoding="utf-8") == "mine"
    reported(blobs, capsys, page=str(page), force=True)
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    with pytest.raises(ProjectError, match="own data"):
        reported(blobs, capsys, page=str(tmp_path / "labels.html"), force=True)


@pytest.mark.parametrize("page", ["report.pdf", "nowhere/report.html"])
def test_a_page_that_cannot_be_is_refused_before_anything_is_computed(blobs, capsys, tmp_path, page):
    with pytest.raises(ActivelabelError):
        reported(blobs, capsys, page=str(tmp_path / page))

    assert not (tmp_path / page).exists()


def test_full_json_has_the_map_and_what_items_show_and_without_content_their_ids_alone(blobs, capsys):
    blobs.answer(blobs.order[:12])
    plain, full, bare = (
        json.loads(reported(blobs, capsys, **how).out) for how in ({}, {"full": True}, {"full": True, "content": False})
    )

    assert plain["pool"] is None
    assert plain["shown"] == bare["shown"] == {}
    assert len(full["pool"]["points"]) == len(full["shown"]) == blobs.dataset.n_units
    assert full["pool"] == bare["pool"]
    assert full["shown"][full["pool"]["points"][0]["item"]].startswith("x: ")
    assert plain["timeline"]["sittings"][0]["given"]["labels"] == 12
    assert plain["calibration"][0]["right"]["n"] == 12
    assert plain["provenance"]["fingerprint"] == blobs.dataset.fingerprint


@pytest.mark.slow
def test_without_a_page_no_library_is_loaded_that_draws_one(blobs):
    blobs.answer(blobs.order[:12])
    code = (
        "import sys\nfrom pathlib import Path\nfrom activelabel.cli.commands.report import Wanted, report\n"
        "report(Path(sys.argv[1]), Wanted())\n"
        "print([name for name in ('jinja2', 'matplotlib') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code, blobs.layout.root], capture_output=True, text=True, check=True)

    assert done.stdout.splitlines()[-1] == "[]"


def test_the_whole_map_is_for_json(blobs, capsys):
    with pytest.raises(WrongUse, match="--full without --json"):
        reported(blobs, capsys, as_json=False, full=True)


@pytest.mark.slow
def test_the_command_writes_a_page(activelabel, blobs):
    activelabel("report", "--project", blobs.layout.root, "--html", "report.html", "--no-content")
    activelabel("report", "--project", blobs.layout.root, "--html", "report.html", code=1)
    page = (blobs.layout.reports / "report.html").read_text(encoding="utf-8")

    assert len(Page(page).all("svg")) > 0


def test_one_fit_serves_figures_page_and_card(blobs, capsys, tmp_path, monkeypatch):
    blobs.answer(blobs.order[:12])
    fits, learnt = [], pipeline._learnt
    monkeypatch.setattr(pipeline, "_learnt", lambda *given: fits.append(given) or learnt(*given))
    reported(blobs, capsys)
    figures = len(fits)
    reported(blobs, capsys, page=str(tmp_path / "page.html"), card=tmp_path / "card.md")

    assert len(fits) == 2 * figures > 0
