"""Rows of another file and what the project's model says of them, as the rows of a sheet.

Every row begins with ``item``, the item's id by its content, and goes on with its own columns. Then come:

=====================  =================================================================================
``label``              name of the class
``confidence``         the model's probability of it; nothing for what a person said of this content
``second``             the class that comes next for the model; nothing where the label was known
``second_confidence``  its probability
``known``              ``human``, ``imported`` or ``propagated`` where the content has such a label in
                       the project: that stands above what the model would say; else nothing
=====================  =================================================================================

A column of the data that bears one of these names gets ``data_`` before it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from activelabel.project.identity import item_id
from activelabel.project.predictions import KINDS, KnownLabels
from activelabel.records.kinds import LabelKind
from activelabel.reporting.exports.rows import FIRST, unlike
from activelabel.reporting.exports.sheet import CellKind, Column, Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from activelabel.learning.decision import Decision
    from activelabel.project.another_file import OtherRows
    from activelabel.project.dataset import Dataset
    from activelabel.reporting.exports.labels import Labeller, Said
    from activelabel.reporting.exports.sheet import Cell

__all__ = ["Forecast", "Tally", "known_labels", "predicted_sheet"]

LAST = (
    Column("label"),
    Column("confidence", CellKind.SHARE),
    Column("second"),
    Column("second_confidence", CellKind.SHARE),
    Column("known"),
)
OURS = {FIRST.name, *(column.name for column in LAST)}


@dataclass(frozen=True, slots=True)
class Forecast:
    """What says which label a row gets.

    Attributes
    ----------
    proba
        Gives the model's probabilities for rows of a file, shape (r, k).
    decision
        How they become labels.
    names
        The k classes.
    dataset, labeller
        Which contents the project has, and what was said of them there.
    """

    proba: Callable[[OtherRows], NDArray[np.float64]]
    decision: Decision
    names: Sequence[str]
    dataset: Dataset
    labeller: Labeller


@dataclass(slots=True)
class Tally:
    """What was said of the rows so far.

    Attributes
    ----------
    labels, known
        How many rows each class got, and how many labels of each kind were known beforehand.
    predicted, sureness
        How many labels are the model's, and the sum of their probabilities.
    blanks
        Pictures that cannot be read.
    """

    labels: Counter[str] = field(default_factory=Counter)
    known: Counter[str] = field(default_factory=Counter)
    predicted: int = 0
    sureness: float = 0.0
    blanks: int = 0

    @property
    def rows(self) -> int:
        """How many rows there were."""
        return self.labels.total()

    @property
    def mean_confidence(self) -> float | None:
        """The mean probability of the labels that are the model's; None where there is none."""
        return self.sureness / self.predicted if self.predicted else None


def predicted_sheet(
    batches: Iterable[OtherRows], columns: Sequence[str], forecast: Forecast, tally: Tally, id_column: str = ""
) -> Sheet:
    """Return a row for every row of another file, in its order; read once, a batch at a time.

    Parameters
    ----------
    batches
        The rows.
    columns
        Which columns of the file to carry along.
    forecast
        What says which label a row gets.
    tally
        Told, as the rows are read, what was said of them.
    id_column
        A name for the column of the file's own ids, to have that beside `columns`; "" for none.
    """
    kept = [id_column, *columns] if id_column else list(columns)
    sheet_columns = (FIRST, *(Column(name) for name in unlike(OURS, kept)), *LAST)
    return Sheet(sheet_columns, _rows(batches, columns, forecast, tally, with_ids=bool(id_column)))


def known_labels(labeller: Labeller, dataset: Dataset, classes: Sequence[str]) -> KnownLabels:
    """Return what the project knows of its contents, so that rows of a pool can be told it far from here."""
    numbers = {name: number for number, name in enumerate(classes)}
    found = [
        (row, numbers[known.label or ""], KINDS.index(known.kind or LabelKind.HUMAN), known.confidence)
        for row in range(dataset.n_units)
        if (known := _known(labeller.said(item_id(dataset.unit(row), 1), dataset.unit(row), row)))
    ]
    rows, labels, kinds, sure = zip(*found, strict=True) if found else ((), (), (), ())
    return KnownLabels(
        classes=tuple(classes),
        units=dataset.unit_ids[np.array(rows, dtype=np.intp)],
        labels=np.array(labels, dtype=np.intp),
        kinds=np.array(kinds, dtype=np.intp),
        confidences=np.array(sure, dtype=np.float64),
    )


def _rows(
    batches: Iterable[OtherRows], columns: Sequence[str], forecast: Forecast, tally: Tally, *, with_ids: bool
) -> Iterator[tuple[Cell, ...]]:
    for batch in batches:
        tally.blanks += batch.blanks
        places = forecast.dataset.rows_of(batch.units).tolist()
        said = _said(forecast, forecast.proba(batch))
        for number, (item, place, guess) in enumerate(zip(batch.items, places, said, strict=True)):
            known = _known(forecast.labeller.said(item, item.rpartition("-")[0], None if place < 0 else place))
            last = guess if known is None else (known.label, known.confidence, None, None, str(known.kind))
            _count(tally, last)
            cells = dict(batch.cells[number])
            own = (batch.user_ids[number],) if with_ids else ()
            yield (item, *own, *(cells.get(name) for name in columns), *last)


def _known(said: Said | None) -> Said | None:
    """Return what the project knows of a content; None for no label, and for one that is the model's."""
    return None if said is None or said.kind in {None, LabelKind.PREDICTED} else said


def _said(forecast: Forecast, proba: NDArray[np.float64]) -> Iterator[tuple[Cell, ...]]:
    """Yield for each row label, probability, second label and its probability, and nothing for where it is known."""
    order, sure = forecast.decision.two_likeliest(proba)
    names = forecast.names
    for classes, values in zip(order.tolist(), sure.tolist(), strict=True):
        first, *rest = zip(classes, values, strict=True)
        second = (names[rest[0][0]], round(rest[0][1], 4)) if rest else (None, None)
        yield (names[first[0]], round(first[1], 4), *second, None)


def _count(tally: Tally, last: tuple[Cell, ...]) -> None:
    label, confidence, _, _, known = last
    tally.labels[str(label)] += 1
    if known is not None:
        tally.known[str(known)] += 1
    elif isinstance(confidence, float):
        tally.predicted += 1
        tally.sureness += confidence
