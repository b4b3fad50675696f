"""`init`: what is found, what is refused, and that nothing is half made."""

import os
import resource
import signal
import subprocess
import sys
import time

import pytest
from PIL import Image

from activelabel.project.layout import Layout
from activelabel.project.recorded import ledger_of, plan_of

ROWS = "wide,high,label\n" + "".join(f"{n},{n * n % 7},{'ham' if n % 3 else 'spam'}\n" for n in range(30))


@pytest.fixture
def data(tmp_path):
    path = tmp_path / "data" / "rows.csv"
    path.parent.mkdir()
    path.write_text(ROWS, encoding="utf-8")
    return path


def beside(data):
    return sorted(path.name for path in data.parent.parent.iterdir())


# --- what is found ---


def test_a_column_of_labels_is_found_and_imported(command, data, tmp_path):
    code, _, said = command("init", data, "--project", tmp_path / "p")
    ledger = ledger_of(Layout(tmp_path / "p"))

    assert code == 0
    assert "labels: label, 2 classes (ham, spam)" in said
    assert "30 labels imported from 'label'" in said
    assert len(ledger.imported) == 30
    assert "label" not in ledger.settings.roles.categories


def test_guidelines_define_the_classes_and_add_those_that_are_not_listed(command, data, tmp_path):
    guide = tmp_path / "guide.txt"
    guide.write_text("spam: nobody asked for it\neggs: for breakfast\n", encoding="utf-8")
    command(
        "init", data, "--ignore", "label", "--classes", "ham,Spam", "--guidelines", guide, "--project", tmp_path / "p"
    )
    ledger = ledger_of(Layout(tmp_path / "p"))

    assert [(known.name, known.definition) for known in ledger.classes.values()] == [
        ("ham", ""),
        ("Spam", "nobody asked for it"),
        ("eggs", "for breakfast"),
    ]
    assert ledger.undoable("ann") is None


def test_guidelines_that_say_nothing_of_a_class_make_no_project(refused, data, tmp_path):
    guide = tmp_path / "guide.txt"
    guide.write_text("no colon\n", encoding="utf-8")
    code, what, _ = refused("init", data, "--guidelines", guide, "--project", tmp_path / "p")

    assert (code, what) == (1, f"{guide} line 1: not understood: 'no colon'")
    assert not (tmp_path / "p").exists()


def test_an_ignored_column_is_neither_labels_nor_something_to_learn_from(command, data, tmp_path):
    command("init", data, "--ignore", "label", "--classes", "ham,spam", "--project", tmp_path / "p")
    ledger = ledger_of(Layout(tmp_path / "p"))

    assert ledger.imported == {}
    assert [known.name for known in ledger.classes.values()] == ["ham", "spam"]
    assert ledger.settings.roles.categories == ()


def test_rows_that_differ_in_an_ignored_column_only_are_near_duplicates(command, data, tmp_path):
    head, *rows = ROWS.splitlines()
    notes = [f"{head},note", *(f"{row},first" for row in rows), *(f"{row},second" for row in rows[:12])]
    data.write_text("\n".join(notes) + "\n", encoding="utf-8")
    _, _, said = command("init", data, "--ignore", "label", "--ignore", "note", "--project", tmp_path / "p")

    assert "42 rows, 42 to label" in said
    assert "12 near duplicates of other rows, labelled by the answers to those" in said
    assert len(plan_of(Layout(tmp_path / "p")).cards) == 30


@pytest.mark.parametrize("columns", [[], ["--ignore", "label", "--classes", "ham,spam"]])
def test_the_class_to_find_may_be_listed_or_imported_and_is_kept_in_the_settings(command, data, tmp_path, columns):
    code, _, _ = command("init", data, "--optimise", "recall:spam", *columns, "--project", tmp_path / "p")

    assert code == 0
    assert ledger_of(Layout(tmp_path / "p")).settings.algorithms.optimise == "recall:spam"


def test_a_dry_run_leaves_no_file(command, data, tmp_path):
    code, _, said = command("init", data, "--dry-run", "--project", tmp_path / "deep" / "p")

    assert (code, said[-1]) == (0, "nothing was written")
    assert beside(data) == ["data"]


def test_pictures_that_cannot_be_read_are_counted_and_named(command, tmp_path):
    for number in range(3):
        Image.new("L", (8, 8), 80 * number).save(tmp_path / f"{number}.png")
    (tmp_path / "4.png").write_bytes(b"<html>")
    _, _, said = command("init", tmp_path, "--project", tmp_path / "p")

    assert "1 picture cannot be read and will be blank: 4.png (none of PNG, JPEG, GIF, BMP, WEBP)" in said


def test_the_order_of_the_rows_does_not_change_the_plan(command, data, tmp_path):
    command("init", data, "--ignore", "label", "--project", tmp_path / "p")
    head, *rows = ROWS.splitlines()
    data.write_text("\n".join([head, *rows[::-1]]) + "\n", encoding="utf-8")
    command("init", data, "--ignore", "label", "--project", tmp_path / "q")
    plans = [plan_of(Layout(tmp_path / name)) for name in "pq"]

    assert [card.unit for card in plans[0].cards] == [card.unit for card in plans[1].cards]
    assert [card.unit for card in plans[0].reserve] == [card.unit for card in plans[1].reserve]


# --- where it is made ---


def test_an_empty_folder_is_filled_and_not_replaced(command, data, tmp_path):
    (tmp_path / "p").mkdir()
    before = (tmp_path / "p").stat().st_ino
    code, _, _ = command("init", data, "--project", tmp_path / "p")

    assert code == 0
    assert (tmp_path / "p").stat().st_ino == before
    assert plan_of(Layout(tmp_path / "p")).generation >= 1
    assert not [path for path in (tmp_path / "p").iterdir() if path.name.startswith(".")]


def test_a_project_that_exists_is_left_as_it_is(refused, command, data, tmp_path):
    command("init", data, "--project", tmp_path / "p")
    before = Layout(tmp_path / "p").labels.read_bytes()

    assert refused("init", data, "--project", tmp_path / "p")[1] == f"there is a project already: {tmp_path / 'p'}"
    assert Layout(tmp_path / "p").labels.read_bytes() == before


@pytest.mark.parametrize("make", ["file", "file/inside", "full", "link"])
def test_places_where_no_project_can_be_are_refused_before_the_data_is_read(refused, data, tmp_path, make):
    (tmp_path / "file").touch()
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "something").touch()
    (tmp_path / "link").symlink_to("nowhere")
    data.unlink()
    code, what, _ = refused("init", data, "--project", tmp_path / make)

    assert code == 1
    assert str(tmp_path) in what
    assert "not found" not in what


# --- what is refused ---


@pytest.mark.parametrize(
    "options",
    [
        ["--classes", "ham,HAM"],
        ["--classes", "caf\u00e9,cafe\u0301"],
        ["--classes", "ham\u202e"],
        ["--classes", "x" * 201],
        ["--strategy", "nonsense"],
        ["--learner", "nonsense:Nothing"],
        ["--optimise", "nonsense"],
        ["--optimise", "recall:eggs"],
        ["--optimise", "recall:ham", "--ignore", "label"],
        ["--seed", "-1"],
        ["--audit", "1.5"],
        ["--pixels", "8"],
        ["--label", "nonsense"],
        ["--ignore", "wide", "--text", "wide"],
    ],
)
def test_options_that_make_no_sense_are_wrong_use_and_write_nothing(refused, data, tmp_path, options):
    assert refused("init", data, *options, "--project", tmp_path / "p")[0] == 2
    assert beside(data) == ["data"]


def test_classes_in_the_file_that_look_alike_are_refused_by_column(refused, data, tmp_path):
    data.write_text("x,label\n1,Ham\n2,ham\n3,spam\n", encoding="utf-8")
    code, what, hint = refused("init", data, "--project", tmp_path / "deep" / "p")

    assert code == 1
    assert "'Ham' already, 'ham' looks like it: column 'label'" in what
    assert "--ignore label" in hint
    assert beside(data) == ["data"]


def test_a_column_that_leads_to_no_picture_at_all_is_refused(refused, data, tmp_path):
    assert "not one picture can be read" in refused("init", data, "--image", "wide", "--project", tmp_path / "p")[1]
    assert beside(data) == ["data"]


# --- what interrupts it ---


def start(*arguments, **options):
    return subprocess.Popen(
        [sys.executable, "-m", "activelabel", *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


@pytest.mark.slow
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_in_the_middle_leaves_nothing_behind(data, tmp_path, number, code):
    data.write_text("wide,high\n" + "".join(f"{n},{n * 7 % 1000}\n" for n in range(200_000)), encoding="utf-8")
    making = start("init", data, "--project", tmp_path / "deep" / "p")
    while making.poll() is None and not list(tmp_path.glob("deep/.*")):
        time.sleep(0.001)
    making.send_signal(number)
    said = making.communicate()[1]

    assert making.returncode == code
    assert said.splitlines()[-1].startswith("stopped by")
    assert beside(data) == ["data"]


@pytest.mark.slow
@pytest.mark.parametrize("limit", [4_000, 20_000, 28_672])
def test_a_disk_that_fills_up_is_named_and_leaves_nothing_behind(data, tmp_path, limit):
    making = start(
        "init",
        data,
        "--project",
        tmp_path / "p",
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
        # the interpreter would keep byte code that was cut off, and later starts would fail on it
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    said = making.communicate()[1].splitlines()

    assert making.returncode == 1
    assert [line.partition(": ")[0] for line in said[-2:]] == ["error", "hint"]
    assert beside(data) == ["data"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("keys", "code", "made"), [("n\r", 0, False), ("\x04", 0, False), ("\x03", 130, False), ("\r", 0, True)]
)
def test_what_was_found_can_be_declined(in_terminal, data, tmp_path, keys, code, made):
    terminal = in_terminal("init", data, "--project", tmp_path / "p")
    terminal.shows("go on with this?")
    terminal.press(keys)
    while terminal.reads():
        pass
    terminal.child.close()

    assert terminal.child.exitstatus == code
    assert (tmp_path / "p").exists() is made
