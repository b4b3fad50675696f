import csv
import json
import shutil
from contextlib import redirect_stderr

import pyarrow.parquet as pq
import pytest

from activelabel.cli.commands.export import export
from activelabel.errors import BadData, ProjectError, WrongUse
from activelabel.records.kinds import EventKind


def exported(blobs, out, what="all", *, exact=False, force=False):
    export(out, blobs.layout.root, what=what, exact=exact, force=force)
    if out.suffix == ".jsonl":
        return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    if out.suffix == ".parquet":
        return pq.read_table(out).to_pylist()
    with out.open(encoding="utf-8", newline="") as file:
        return [{name: cell or None for name, cell in row.items()} for row in csv.DictReader(file)]


@pytest.fixture
def answered(blobs):
    """Eight units of the audit order labelled, one not sure, one bad, one skipped."""
    blobs.answer(blobs.order[:8])
    blobs.answer([blobs.order[8]], EventKind.NOT_SURE)
    blobs.answer([blobs.order[9]], EventKind.BAD_ITEM)
    blobs.answer([blobs.order[10]], EventKind.SKIP)
    return blobs


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "parquet"])
def test_everything_said_is_in_the_export_on_its_own_item_and_nothing_else_is(answered, tmp_path, suffix):
    rows = exported(answered, tmp_path / f"labels.{suffix}", "human")
    expected = {answered.dataset.item(row).id: answered.true[row] for row in answered.order[:8]}

    assert {row["item"]: row["label"] for row in rows if row["via"] is None} == expected
    assert {row["kind"] for row in rows} == {"human"}
    assert {row["annotator"] for row in rows} == {"ann"}
    assert len(rows) == answered.dataset.weights[answered.order[:8]].sum()


def test_all_gives_every_item_once_in_the_order_of_the_file(answered, tmp_path, capsys):
    rows = exported(answered, tmp_path / "labels.jsonl")

    assert [row["name"] for row in rows] == [f"p{number}" for number in range(64)]
    assert [row["data_kind"] for row in rows if row["kind"] == "propagated"] == [
        row["label"] for row in rows if row["kind"] == "propagated"
    ]
    assert {row["answer"] for row in rows if row["label"] is None} == {"skip", "not-sure", "bad-item"}
    assert capsys.readouterr().err.startswith(f"{tmp_path / 'labels.jsonl'}: 64 rows (")


@pytest.mark.parametrize("what", ["propagated", "predicted"])
def test_what_the_machine_says_never_covers_what_people_said(answered, tmp_path, what):
    rows = exported(answered, tmp_path / "labels.jsonl", what)
    said = {answered.dataset.unit(row) for row in answered.order[:11]}

    assert {row["kind"] for row in rows} == {what}
    assert not said & {row["item"].partition("-")[0] for row in rows}
    assert all(0 < row["confidence"] <= 1 and row["generation"] == 1 for row in rows)


def test_a_propagated_label_names_a_labelled_item_as_its_source(answered, tmp_path):
    labelled = {row["item"] for row in exported(answered, tmp_path / "human.jsonl", "human")}
    sources = {row["via"] for row in exported(answered, tmp_path / "labels.jsonl", "propagated")}

    assert sources <= labelled


@pytest.mark.parametrize(("what", "fits"), [("human", False), ("all", True)])
def test_a_fit_is_told_of_only_where_there_is_one(answered, tmp_path, screen, what, fits):
    with redirect_stderr(screen):
        exported(answered, tmp_path / "labels.csv", what)

    assert ("the model is fitted" in screen.getvalue()) == fits


def test_before_the_first_answer_there_are_headers_alone(blobs, tmp_path):
    assert exported(blobs, tmp_path / "labels.csv", "propagated") == []
    assert (tmp_path / "labels.csv").read_text(encoding="utf-8").startswith("item,name,x,y,data_kind,label,kind,")


def test_a_file_that_is_there_stays_unless_it_may_be_replaced(answered, tmp_path):
    out = tmp_path / "labels.csv"
    out.write_text("mine", encoding="utf-8")

    with pytest.raises(ProjectError, match="there is a file already"):
        exported(answered, out)
    assert out.read_text(encoding="utf-8") == "mine"
    assert len(exported(answered, out, force=True)) == 64


def test_a_write_that_fails_leaves_the_old_file_and_nothing_beside_it(answered, tmp_path, monkeypatch):
    out = tmp_path / "out" / "labels.csv"
    out.parent.mkdir()
    out.write_text("mine", encoding="utf-8")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("activelabel.project.files.os.fsync", full)
    with pytest.raises(ProjectError, match="No space left"):
        exported(answered, out, force=True)
    assert out.read_text(encoding="utf-8") == "mine"
    assert list(out.parent.iterdir()) == [out]


@pytest.mark.parametrize("force", [False, True])
def test_what_labels_are_about_is_never_replaced(answered, tmp_path, force):
    data = tmp_path / "link.csv"
    data.symlink_to(answered.ledger.settings.data)
    before = data.read_bytes()

    with pytest.raises(ProjectError, match="the project's own data"):
        exported(answered, data, force=force)
    assert data.read_bytes() == before


def test_places_and_names_that_cannot_be_are_refused(answered, tmp_path):
    (tmp_path / "folder.csv").mkdir()

    with pytest.raises(WrongUse, match="no export format"):
        exported(answered, tmp_path / "labels.xlsx")
    with pytest.raises(WrongUse, match="no kind of label") as refused:
        exported(answered, tmp_path / "labels.csv", "humans")
    with pytest.raises(ProjectError, match="not a regular file"):
        exported(answered, tmp_path / "folder.csv", force=True)
    with pytest.raises(ProjectError, match="there is no folder"):
        exported(answered, tmp_path / "no" / "labels.csv")
    assert refused.value.hint == "try 'human'"


def test_without_the_data_what_people_said_is_still_exported(finished_blobs, blobs, tmp_path):
    blobs.answer(blobs.order[:3])
    shutil.rmtree(blobs.layout.cache)
    data = finished_blobs / "points.csv"
    data.rename(data.with_suffix(".away"))
    try:
        rows = exported(blobs, tmp_path / "labels.csv", "human")
        with pytest.raises(BadData):
            exported(blobs, tmp_path / "all.csv", "all")
    finally:
        data.with_suffix(".away").rename(data)

    assert {row["label"] for row in rows} == set(blobs.true[blobs.order[:3]])
    assert {"name", "x", "y"} < rows[0].keys()
    assert not (tmp_path / "all.csv").exists()


def test_formulas_are_defused_unless_exactness_is_asked_for(answered, tmp_path):
    answered.answer([answered.order[11]], annotator="=cmd|' /C calc'!A0")
    defused, exact = tmp_path / "defused.csv", tmp_path / "exact.csv"

    assert "'=cmd|' /C calc'!A0" in {row["annotator"] for row in exported(answered, defused)}
    assert "=cmd|' /C calc'!A0" in {row["annotator"] for row in exported(answered, exact, exact=True)}
    assert any(row["x"].startswith("-") for row in exported(answered, defused, force=True))
