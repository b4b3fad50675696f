"""A folder of predictions: what its files hold, and what it takes the place of."""

import shutil

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from activelabel.errors import ProjectError
from activelabel.project.predictions import KnownLabels, predictions_aside, writing_predictions


@pytest.mark.parametrize("id_column", ["", "name", "label", "row_confidence", "confidence"])
def test_an_id_column_is_text_whatever_its_name(tmp_path, id_column):
    known = KnownLabels(("red", "green"), *(np.array(each) for each in ([b"aa"], [1], [0], [np.nan])))
    likeliest = np.array([[0, 1], [0, 1]]), np.array([[0.75, 0.25], [0.5, 0.5]])

    with writing_predictions(tmp_path, "part", known.classes, id_column) as writer:
        ids = pa.array(["p0", "p1"]) if id_column else None
        writer.write(np.array([b"aa", b"bb"]), ids, likeliest, known.of(np.array([b"aa", b"bb"]), np.array([-1, -1])))

    rows = pq.read_table(tmp_path / "part.parquet").to_pydict()
    own = {f"data_{id_column}" if id_column in {"label", "confidence"} else id_column: ["p0", "p1"]}
    assert rows == (own if id_column else {}) | {
        "unit": ["aa", "bb"],
        "label": ["green", "red"],
        "confidence": [None, 0.5],
        "second": [None, "green"],
        "second_confidence": [None, 0.5],
        "known": ["human", None],
    }


@pytest.fixture
def folder(tmp_path):
    """A folder with the predictions of one part, with ids."""
    with predictions_aside(tmp_path / "out", force=False) as aside, writing_predictions(aside, "0", ["red"], "name"):
        pass
    return tmp_path / "out"


def make_empty(folder):
    shutil.rmtree(folder)
    folder.mkdir()


def replaced(folder, *, force=True):
    with predictions_aside(folder, force=force) as aside, writing_predictions(aside, "1", ["red"], ""):
        pass
    return [path.name for path in folder.iterdir()]


def test_predictions_are_replaced_by_force_alone(folder):
    with pytest.raises(ProjectError, match="there are files already"):
        replaced(folder, force=False)

    assert replaced(folder) == ["1.parquet"]


def test_an_empty_folder_is_taken_without_force(folder):
    make_empty(folder)

    assert replaced(folder, force=False) == ["1.parquet"]


@pytest.mark.parametrize(
    "foreign",
    [
        lambda place: pq.write_table(pa.table({"unit": ["a"], "label": ["b"]}), place),
        lambda place: place.write_bytes(b"not Parquet"),
        lambda place: place.mkdir(),
        lambda place: place.symlink_to("nowhere"),
    ],
    ids=["table", "bytes", "folder", "link"],
)
@pytest.mark.parametrize("is_alone", [False, True])
def test_files_of_others_are_never_replaced(folder, foreign, is_alone):
    if is_alone:
        make_empty(folder)
    foreign(folder / "theirs.parquet")
    before = sorted(folder.iterdir())

    with pytest.raises(ProjectError, match=f"something else is there: {folder}"):
        replaced(folder)

    assert sorted(folder.iterdir()) == before
