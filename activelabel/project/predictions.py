"""What a model says of a pool, as a folder of Parquet files: one for each part of the pool, written by whoever read it.

The columns are ``unit``, the hash of the row's content; the id column where there is one; ``label``, ``confidence``,
``second``, ``second_confidence`` and ``known`` as `predict` writes them. The rows are those of the part, in its order.
"""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from activelabel.errors import ProjectError
from activelabel.project.files import written_aside
from activelabel.project.identity import rows_in
from activelabel.project.readers.files import PARTITION
from activelabel.records.kinds import LabelKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

__all__ = ["KINDS", "KnownLabels", "PredictionWriter", "check_free", "predictions_aside", "writing_predictions"]

KINDS = (LabelKind.HUMAN, LabelKind.IMPORTED, LabelKind.PROPAGATED)
"""Kinds of labels that stand above what a model says."""

COLUMNS = {
    "unit": pa.string(),
    "label": pa.string(),
    "confidence": pa.float64(),
    "second": pa.string(),
    "second_confidence": pa.float64(),
    "known": pa.string(),
}
NONE = -1


@dataclass(frozen=True, slots=True)
class KnownLabels:
    """Labels that stand above what a model says, of u contents.

    Attributes
    ----------
    classes
        The names of the k classes.
    units
        Shape (u,), ascending.
    labels, kinds
        Shape (u,): the number of the class, and of the kind in `KINDS`.
    confidences
        Shape (u,), NaN where a person said it.
    """

    classes: tuple[str, ...]
    units: NDArray[np.bytes_]
    labels: NDArray[np.intp]
    kinds: NDArray[np.intp]
    confidences: NDArray[np.float64]

    def of(self, units: NDArray[np.bytes_], imported: NDArray[np.intp]) -> KnownRows:
        """Return what stands above the model in r rows of these contents.

        imported, shape (r,), are the classes that rows came with, -1 for none: labels of their contents come first.
        """
        places = rows_in(self.units, units)
        is_here = places >= 0
        kinds = np.where(imported >= 0, KINDS.index(LabelKind.IMPORTED), NONE)
        return KnownRows(
            labels=np.where(is_here, self.labels[places], imported),
            kinds=np.where(is_here, self.kinds[places], kinds),
            confidences=np.where(is_here, self.confidences[places], np.nan),
        )


@dataclass(frozen=True, slots=True)
class KnownRows:
    """Labels of r rows that stand above what a model says.

    Attributes
    ----------
    labels, kinds, confidences
        Shape (r,), as in `KnownLabels`; -1, -1 and NaN where nothing is known.
    """

    labels: NDArray[np.intp]
    kinds: NDArray[np.intp]
    confidences: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PredictionWriter:
    """Takes what is said of the rows of one part of a pool, block by block.

    Attributes
    ----------
    file
        Where it goes.
    classes
        Their names.
    id_column
        Its name in the pool, "" for none.
    """

    file: pq.ParquetWriter
    classes: Sequence[str]
    id_column: str

    def write(
        self,
        units: NDArray[np.bytes_],
        ids: pa.Array | None,
        likeliest: tuple[NDArray[np.intp], NDArray[np.float64]],
        known: KnownRows,
    ) -> NDArray[np.intp]:
        """Write a block of r rows and return the label of each, shape (r,).

        Parameters
        ----------
        units, ids
            The hash of each row, and its text in the id column.
        likeliest
            As `Decision.two_likeliest` gives them.
        known
            Labels that stand above those.
        """
        order, sure = likeliest
        is_known = known.labels >= 0
        labels = np.where(is_known, known.labels, order[:, 0])
        columns = {
            "unit": pa.array(units.astype(str)),
            **({_unlike_ours(self.id_column): ids} if self.id_column else {}),
            "label": _named(labels, self.classes),
            "confidence": _share(np.where(is_known, known.confidences, sure[:, 0])),
            "second": _named(np.where(is_known | (order.shape[1] < 2), NONE, order[:, -1]), self.classes),
            "second_confidence": _share(np.where(is_known | (order.shape[1] < 2), np.nan, sure[:, -1])),
            "known": _named(known.kinds, [str(kind) for kind in KINDS]),
        }
        self.file.write_table(pa.table(columns, schema=self.file.schema))
        return labels


@contextmanager
def writing_predictions(folder: Path, name: str, classes: Sequence[str], id_column: str) -> Iterator[PredictionWriter]:
    """Yield who writes the predictions of one part of a pool: a whole file at the end of the block, or none.

    Done again, it takes the place of the same file.
    """
    schema = pa.schema(COLUMNS)
    if id_column:
        schema = schema.insert(1, pa.field(_unlike_ours(id_column), pa.string()))
    with written_aside(folder / f"{name}{PARTITION}") as file, pq.ParquetWriter(file, schema) as writer:
        yield PredictionWriter(writer, classes, id_column)


@contextmanager
def predictions_aside(folder: Path, *, force: bool) -> Iterator[Path]:
    """Yield an empty folder that takes the place of `folder` when the block ends well, and vanishes when it does not.

    Raises
    ------
    ProjectError
        If something other than predictions is there, or predictions are and `force` does not say to replace them; or
        if it cannot be made.
    """
    check_free(folder, force=force)
    aside = folder.with_name(f".{folder.name}.{uuid4().hex[:8]}")
    try:
        aside.mkdir(parents=True)
        yield aside
        for stray in aside.glob(".*"):  # of workers that died at it
            stray.unlink()
        shutil.rmtree(folder, ignore_errors=True)
        aside.replace(folder)
    except OSError as error:
        raise ProjectError(f"cannot be written ({error.strerror or error}): {folder}", "give another place") from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def check_free(folder: Path, *, force: bool) -> None:
    """Raise ProjectError if something other than predictions is there, or they are and are not to be replaced."""
    if not folder.exists():
        return
    if not folder.is_dir() or not all(_is_ours(each) for each in folder.iterdir()):
        raise ProjectError(f"something else is there: {folder}", "give another folder")
    if any(folder.iterdir()) and not force:
        raise ProjectError(f"there are files already: {folder}", "give another folder, or --force to replace them")


def _is_ours(path: Path) -> bool:
    """Say whether a file is one of predictions, which has the columns of one."""
    if path.suffix != PARTITION or not path.is_file():
        return False
    try:
        found = pq.read_schema(path)
    except (pa.ArrowException, OSError):
        return False
    return set(pa.schema(COLUMNS)) <= set(found)


def _unlike_ours(name: str) -> str:
    return f"data_{name}" if name in COLUMNS else name


def _named(codes: NDArray[np.intp], names: Sequence[str]) -> pa.Array:
    indices = pa.array(np.maximum(codes, 0), pa.int32(), mask=codes < 0)
    return pa.DictionaryArray.from_arrays(indices, pa.array(names, pa.string())).cast(pa.string())


def _share(values: NDArray[np.float64]) -> pa.Array:
    # beyond the fourth place a probability says nothing, and differs between machines
    return pa.array(values.round(4), from_pandas=True)
