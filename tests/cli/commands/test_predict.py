import csv
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from activelabel.cli.commands.export import export
from activelabel.cli.commands.predict import How, run
from activelabel.errors import BadData, LearningError, ProjectError, WrongUse
from activelabel.records.kinds import EventKind

COLUMNS = "name,x,y,kind"
NEW = f"""{COLUMNS},place
n1,0.5,0.2,?,=here
n2,30.1,-0.4,?,there
n3,0.2,29.5,?,there
n2,30.1,-0.4,?,there
"""


@pytest.fixture
def answered(blobs):
    """Twelve units of the audit order labelled, rightly."""
    blobs.answer(blobs.order[:12])
    return blobs


def predicted(blobs, data, out, **how):
    run(data, out, blobs.layout.root, How(**how))
    if out.suffix == ".jsonl":
        return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    if out.suffix == ".parquet":
        return pq.read_table(out).to_pylist()
    with out.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t" if out.suffix == ".tsv" else ","))


@pytest.fixture
def new(tmp_path):
    path = tmp_path / "new.csv"
    path.write_text(NEW, encoding="utf-8")
    return path


@pytest.mark.parametrize("suffix", ["csv", "tsv", "jsonl", "parquet"])
def test_every_row_of_the_file_gets_a_class_and_keeps_its_cells(answered, new, tmp_path, suffix):
    rows = predicted(answered, new, tmp_path / f"out.{suffix}")

    assert [row["label"] for row in rows] == ["red", "green", "blue", "green"]
    assert [row["name"] for row in rows] == ["n1", "n2", "n3", "n2"]
    assert [row["item"].partition("-")[2] for row in rows] == ["1", "1", "1", "2"]
    assert rows[1]["item"].partition("-")[0] == rows[3]["item"].partition("-")[0]
    assert list(rows[0]) == [
        "item", "name", "x", "y", "kind", "place", "label", "confidence", "second", "second_confidence", "known",
    ]  # fmt: skip
    assert all(float(row["confidence"]) >= float(row["second_confidence"]) for row in rows)
    assert not any(row["known"] for row in rows)


def test_a_cell_that_a_spreadsheet_would_run_is_defused_unless_exactness_is_asked_for(answered, new, tmp_path):
    assert predicted(answered, new, tmp_path / "safe.csv")[0]["place"] == "'=here"
    assert predicted(answered, new, tmp_path / "exact.csv", exact=True)[0]["place"] == "=here"


def test_labels_alone_keep_the_ids_of_the_file(answered, new, tmp_path):
    rows = predicted(answered, new, tmp_path / "out.csv", labels_only=True)

    assert list(rows[0]) == ["item", "name", "label", "confidence", "second", "second_confidence", "known"]
    assert rows[2]["name"] == "n3"


def test_a_content_that_was_labelled_keeps_that_label_against_the_model_and_says_so(blobs, tmp_path):
    wrong = next(row for row in blobs.order[12:] if blobs.true[row] != "blue")
    blobs.answer(blobs.order[:12])
    blobs.answer([wrong], colour="blue")

    rows = predicted(blobs, Path(blobs.dataset.settings.data), tmp_path / "out.jsonl")
    human = {row["item"].partition("-")[0]: row for row in rows if row["known"] == "human"}

    assert len(rows) == 64
    assert len(human) == 13
    assert (human[blobs.dataset.unit(wrong)]["label"], human[blobs.dataset.unit(wrong)]["second"]) == ("blue", None)
    assert {row["known"] for row in rows} == {"human", "propagated"}


def test_the_projects_own_rows_get_what_an_export_says_of_them(answered, tmp_path):
    rows = predicted(answered, Path(answered.dataset.settings.data), tmp_path / "out.jsonl")
    export(tmp_path / "labels.jsonl", answered.layout.root, what="all", exact=False, force=False)
    exported = [json.loads(line) for line in (tmp_path / "labels.jsonl").read_text().splitlines()]

    assert [(row["name"], row["label"], row["confidence"]) for row in rows] == [
        (row["name"], row["label"], row["confidence"]) for row in exported
    ]
    assert [row["known"] for row in rows] == [None if row["kind"] == "predicted" else row["kind"] for row in exported]


def test_without_a_column_that_only_tells_items_apart_nothing_is_known_again_and_that_is_said(
    answered, new, tmp_path, capsys
):
    new.write_text("x,y\n0.5,0.2\n", encoding="utf-8")

    rows = predicted(answered, new, tmp_path / "out.csv")

    assert [row["label"] for row in rows] == ["red"]
    assert "no column kind: items of the project" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (f"{COLUMNS}\n".replace(",x", "") + "n1,1,?\n", "no column named 'x'"),
        (f"{COLUMNS}\nn1,1,2,?\nn2,far,2,?\n", "row 2: 'far' in column 'x' is no number"),
        (f"{COLUMNS}\nn1,1\n", "line 2: expected 4 cells"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_by_name_and_nothing_is_written(answered, new, tmp_path, content, said):
    new.write_text(content, encoding="utf-8")
    before = sorted(tmp_path.iterdir())

    with pytest.raises(BadData, match=said):
        predicted(answered, new, tmp_path / "out.csv")
    assert sorted(tmp_path.iterdir()) == before


def test_a_column_of_another_type_is_refused_by_name(answered, tmp_path):
    path = tmp_path / "new.parquet"
    pq.write_table(pa.table({"name": ["a"], "x": [[1.0, 2.0]], "y": [1.0], "kind": ["?"]}), path)

    with pytest.raises(BadData, match="in column 'x' is no number"):
        predicted(answered, path, tmp_path / "out.csv")


def test_another_format_than_the_projects_is_read_in_its_own_way(answered, new, tmp_path):
    other = tmp_path / "new.tsv"
    other.write_text(NEW.replace(",", "\t"), encoding="utf-8")

    assert predicted(answered, other, tmp_path / "b.jsonl") == predicted(answered, new, tmp_path / "a.jsonl")


def test_a_file_with_a_header_alone_gives_a_header_alone(answered, new, tmp_path, capsys):
    new.write_text(f"{COLUMNS}\n", encoding="utf-8")

    assert predicted(answered, new, tmp_path / "out.csv", as_json=True) == []
    assert json.loads(capsys.readouterr().out)["mean_confidence"] is None


def test_json_counts_classes_and_says_what_confidence_is_not(answered, new, tmp_path, capsys):
    predicted(answered, new, tmp_path / "out.csv", as_json=True)
    found = json.loads(capsys.readouterr().out)

    assert (found["rows"], found["classes"], found["known"]) == (4, {"green": 2, "red": 1, "blue": 1}, {})
    assert 0.3 < found["mean_confidence"] < 1
    assert "not how often they are right" in found["about_confidence"]
    assert found["accuracy"]["about"] == "for items drawn like those of the project"
    assert found["accuracy"]["answers"] == 12
    assert found["accuracy"]["low"] < found["accuracy"]["right"] <= found["accuracy"]["high"]


def test_with_under_ten_audit_answers_accuracy_is_not_spoken_of(blobs, new, tmp_path, capsys):
    blobs.answer(blobs.order[:9])
    predicted(blobs, new, tmp_path / "out.csv", as_json=True)
    told = capsys.readouterr()

    assert json.loads(told.out)["accuracy"] is None
    assert "right" not in told.err.replace("not how often they are right", "")


def test_without_a_label_there_is_no_model(blobs, new, tmp_path):
    blobs.answer(blobs.order[:3], EventKind.SKIP)

    with pytest.raises(LearningError, match="no item has a label yet"):
        predicted(blobs, new, tmp_path / "out.csv")


def test_a_model_of_people_alone_knows_no_propagated_labels(answered, tmp_path):
    rows = predicted(answered, Path(answered.dataset.settings.data), tmp_path / "out.jsonl", model="human")

    assert {row["known"] for row in rows} == {"human", None}


def test_a_model_that_is_none_is_refused_with_the_nearest(answered, new, tmp_path):
    with pytest.raises(WrongUse, match="no model named 'humans'") as refusal:
        predicted(answered, new, tmp_path / "out.csv", model="humans")
    assert refusal.value.hint == "try 'human'"


def test_a_file_that_is_there_stays_unless_it_may_be_replaced_and_the_data_always(answered, new, tmp_path):
    out = tmp_path / "out.csv"
    out.write_text("mine", encoding="utf-8")

    with pytest.raises(ProjectError, match="there is a file already"):
        predicted(answered, new, out)
    with pytest.raises(ProjectError, match="that is to be labelled"):
        predicted(answered, new, new, force=True)
    assert (out.read_text(encoding="utf-8"), new.read_text(encoding="utf-8")) == ("mine", NEW)
    assert len(predicted(answered, new, out, force=True)) == 4


@pytest.mark.slow
def test_ctrl_c_leaves_nothing_behind(answered, tmp_path):
    big = tmp_path / "big.csv"
    rng = np.random.default_rng(0)
    with big.open("w", encoding="utf-8") as file:
        file.write(f"{COLUMNS}\n")
        file.writelines(f"n{number},{x:.3f},{y:.3f},?\n" for number, (x, y) in enumerate(rng.normal(size=(400_000, 2))))
    place = tmp_path / "out"
    place.mkdir()
    command = [sys.executable, "-m", "activelabel", "predict", str(big), str(place / "out.csv")]
    child = subprocess.Popen([*command, "--project", str(answered.layout.root)], stderr=subprocess.PIPE, text=True)
    while not any(place.iterdir()):
        assert child.poll() is None
    os.kill(child.pid, signal.SIGINT)

    assert child.communicate()[1] == "stopped by Ctrl-C\n"
    assert child.returncode == 130
    assert not list(place.iterdir())


@pytest.mark.slow
def test_memory_does_not_grow_with_the_rows_of_the_file(answered, tmp_path):
    rng = np.random.default_rng(0)
    peaks = []
    for rows in (20_000, 200_000):
        data = tmp_path / f"{rows}.csv"
        with data.open("w", encoding="utf-8") as file:
            file.write(f"{COLUMNS}\n")
            file.writelines(f"n{n},{x:.3f},{y:.3f},?\n" for n, (x, y) in enumerate(rng.normal(size=(rows, 2)) * 20))
        code = MEASURED.format(data=str(data), out=str(tmp_path / f"{rows}.jsonl"), project=str(answered.layout.root))
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        peaks.append([int(peak) for peak in done.stdout.split()])

    # ten times the rows
    assert peaks[1][0] < 1.1 * peaks[0][0] + 1e6
    assert peaks[1][1] < 1.1 * peaks[0][1] + 1e6


MEASURED = """
import tracemalloc
from pathlib import Path
import pyarrow as pa
from activelabel.cli.commands.predict import How, run
tracemalloc.start()
run(Path({data!r}), Path({out!r}), Path({project!r}), How())
print(tracemalloc.get_traced_memory()[1], pa.default_memory_pool().max_memory())
"""
