"""Data with labels, for benchmarks: sets that come with scikit-learn, and whatever lies in a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from sklearn import datasets

from activelabel.cli.commands.simulate import load_problem
from activelabel.errors import WrongUse
from activelabel.project.inspection import Wishes
from activelabel.records.contents import ColumnTable
from activelabel.records.kinds import Modality
from activelabel.session.simulate import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

__all__ = ["bundled", "in_places"]

LABEL = "label"
NAMED_BY_THEIR_FOLDER = {"data", "labels"}


def bundled() -> Iterator[tuple[str, Problem]]:
    """Yield the data sets of scikit-learn."""
    for name, pixels in (("digits", (8, 8)), ("breast_cancer", None), ("wine", None)):
        X, y = getattr(datasets, f"load_{name}")(return_X_y=True)
        columns = tuple(f"x{place}" for place in range(X.shape[1]))
        modality = Modality.IMAGE if pixels else Modality.TABLE
        table = ColumnTable(modality, len(X), columns, X.astype(np.float32), pixels=pixels)
        yield name, Problem(table, y.astype(np.intp), tuple(map(str, np.unique(y))))


def in_places(places: Iterable[Path], rows: int) -> Iterator[tuple[str, Problem]]:
    """Yield every CSV and Parquet file among places, or below them, that has a column `label`; at most so many rows.

    Pictures are listed in such a file too, with a column of paths. A file called `data` or `labels` goes by the name of
    its folder, and by its path where that name is taken.
    """
    seen: set[str] = set()
    for path in (path for place in places for path in _tables(place)):
        try:
            problem = load_problem(path, Wishes(label=LABEL), rows)
        except WrongUse:
            # a list of something else that lies beside the data
            continue
        name = path.resolve().parent.name if path.stem in NAMED_BY_THEIR_FOLDER else path.stem
        name = str(path) if name in seen else name
        seen.add(name)
        yield name, problem


def _tables(place: Path) -> list[Path]:
    return sorted([*place.rglob("*.csv"), *place.rglob("*.parquet")]) if place.is_dir() else [place]
