"""Exports are written as the rows are read: beside arrays with a number a row, nothing grows with them."""

import tracemalloc
from collections import Counter

import numpy as np
import pyarrow as pa
import pytest

from activelabel.learning.protocols import Propagation
from activelabel.project.dataset import Dataset
from activelabel.project.inspection import Wishes, inspect
from activelabel.project.ledger import Ledger
from activelabel.records.events import Event
from activelabel.records.kinds import EventKind
from activelabel.reporting.exports.formats import FORMATS
from activelabel.reporting.exports.formulas import defused_sheet
from activelabel.reporting.exports.labels import Labeller, Machine, What
from activelabel.reporting.exports.rows import column_names, from_dataset, labelled_sheet

pytestmark = pytest.mark.slow

CLASS = {"class": "a", "name": "a", "key": "a"}
SIZES = (20_000, 200_000)
TEXT = "a cell that is long enough to be missed if it were kept in memory with all the others of its kind"
ARRAYS = 48
"""Bytes a row: three arrays of eight-byte numbers that say which item is which, and as much again on their way."""


@pytest.fixture(scope="module")
def datasets(tmp_path_factory):
    folder = tmp_path_factory.mktemp("long")
    found = []
    for size in SIZES:
        data = folder / f"{size}.csv"
        data.write_text("number,text\n" + "".join(f"{number},{TEXT} {number}\n" for number in range(size)))
        found.append(Dataset.build(inspect(data, Wishes(texts=("text",))).settings, folder / f"cache{size}"))
    return found


def peaks_of(dataset, out, form):
    n = dataset.n_units
    added = Event("0", 1, "ann", "2026-01-01T10:00:00.000+00:00", EventKind.CLASS_ADDED, "", CLASS)
    proba, rows = np.ones((n, 1)), np.arange(n)
    machine = Machine(Propagation(proba, rows % 2 == 0, rows), proba, 1, dataset.unit)
    counts = Counter()
    pa.default_memory_pool().release_unused()
    held = pa.default_memory_pool().bytes_allocated()
    peaks = []
    tracemalloc.start()
    with out.open("wb") as file:
        labeller = Labeller(Ledger([added]), machine, What.ALL)
        names = column_names([next(from_dataset(dataset))])
        sheet = labelled_sheet(watched(from_dataset(dataset), peaks), names, labeller, counts)
        FORMATS[form].write(file, defused_sheet(sheet))
    traced = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert counts.total() == n
    return traced, max(peaks) - held


def watched(items, peaks):
    for number, item in enumerate(items):
        if number % 1_000 == 0:
            peaks.append(pa.default_memory_pool().bytes_allocated())
        yield item


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_memory_does_not_grow_with_the_rows_but_for_the_projects_arrays(datasets, tmp_path, form):
    (small, small_arrow), (big, big_arrow) = (peaks_of(dataset, tmp_path / "out", form) for dataset in datasets)

    assert big - small < ARRAYS * (SIZES[1] - SIZES[0])
    assert big_arrow < 1.1 * small_arrow + 1e6
