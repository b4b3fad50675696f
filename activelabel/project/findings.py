"""What was found in a data set, one line each, for the person who gave it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from activelabel.project.cells import is_vectors
from activelabel.project.guesses import missing
from activelabel.project.readers.thumbnails import PICTURE
from activelabel.project.wording import counted
from activelabel.records.kinds import Modality

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pyarrow as pa

    from activelabel.records.settings import Roles, Settings

__all__ = ["findings", "listed"]

NAMES_SHOWN = 6
CLASSES_SHOWN = 12
WHAT_IT_IS = {
    Modality.TABLE: "a table",
    Modality.TEXT: "texts",
    Modality.IMAGE: "pictures",
    Modality.VECTORS: "vectors",
}


def findings(settings: Settings, sample: pa.Table, classes: Sequence[str], *, whole: bool) -> tuple[str, ...]:
    """Return the lines that `init` shows before anything is written.

    Parameters
    ----------
    settings
        As guessed or given.
    sample
        The rows that were looked at, all columns; `whole` says whether they are all there are.
    classes
        The names in the label column.
    """
    rows = counted(sample.num_rows, "row")
    rows = rows if whole else f"the first {rows} were looked at"
    roles = settings.roles
    return (
        f"{WHAT_IT_IS[settings.modality]} ({settings.format}), {rows}",
        *_columns(roles, sample),
        *_labels(roles, sample, classes),
        *_missing(roles, sample),
        *_doubts(settings, sample),
    )


def listed(names: Sequence[str], most: int = NAMES_SHOWN) -> str:
    """Return names in one line, the middle left out when they are many.

    Examples
    --------
    >>> listed(["a", "b", "c"]), listed([f"x{i}" for i in range(64)], 4)
    ('a, b, c', 'x0, x1, x2 ... x63')
    """
    if len(names) <= most:
        return ", ".join(names)
    return f"{', '.join(names[: most - 1])} ... {names[-1]}"


def _columns(roles: Roles, sample: pa.Table) -> Iterator[str]:
    if roles.image:
        is_inside = sample.field(roles.image).type == PICTURE
        yield "pictures in the file" if is_inside else f"pictures by path: {roles.image}"
    if roles.numbers:
        yield _numbers(roles, sample)
    for what, names in (("texts", roles.texts), ("categories", roles.categories), ("dates", roles.dates)):
        if names:
            yield f"{what}: {listed(names)}{_count(names)}"
    for what, name in (("id", roles.id), ("groups", roles.group), ("ignored", listed(roles.ignored))):
        if name:
            yield f"{what}: {name}"


def _numbers(roles: Roles, sample: pa.Table) -> str:
    if roles.pixels:
        high, wide = roles.pixels
        return f"pictures of {high} x {wide} pixels from {listed(roles.numbers)}"
    kind = sample.field(roles.numbers[0]).type
    if is_vectors(kind):
        return f"vectors of {kind.list_size:,} numbers"
    return f"numbers: {listed(roles.numbers)}{_count(roles.numbers)}"


def _labels(roles: Roles, sample: pa.Table, classes: Sequence[str]) -> Iterator[str]:
    if roles.label:
        without = missing(sample.column(roles.label).chunk(0), "categories")
        left = f", {counted(without, 'row')} without one" if without else ""
        found = counted(len(classes), "class", "classes")
        yield f"labels: {roles.label}, {found} ({listed(classes, CLASSES_SHOWN)}){left}"
    if roles.known:
        yield f"right answers, for measuring only: {roles.known}"


def _missing(roles: Roles, sample: pa.Table) -> Iterator[str]:
    kinds = {"numbers": roles.numbers, "texts": roles.texts, "categories": roles.categories, "dates": roles.dates}
    counts = {
        name: missing(sample.column(name).chunk(0), kind)
        for kind, names in kinds.items()
        for name in names
        if not is_vectors(sample.field(name).type)
    }
    held = [f"{name} {count:,}" for name, count in counts.items() if count]
    if held:
        yield f"missing: {listed(held)} of {sample.num_rows:,}"


def _doubts(settings: Settings, sample: pa.Table) -> Iterator[str]:
    names = sample.column_names
    if settings.format == "images":
        for table in sorted(Path(settings.data).glob("*.csv")):
            yield f"there is a table in this folder: give {table} to use its columns"
    if settings.format in {"csv", "tsv"} and all(_is_number(name) for name in names):
        yield f"every column is named by a number ({listed(names)}): is the first line a row, not a header?"


def _count(names: Sequence[str]) -> str:
    return f" ({len(names)} columns)" if len(names) > NAMES_SHOWN else ""


def _is_number(name: str) -> bool:
    try:
        float(name)
    except ValueError:
        return False
    return True
