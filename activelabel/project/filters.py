"""Conditions looked up in the columns of a data set: which rows fit."""

from __future__ import annotations

import contextlib
import re
import unicodedata
from datetime import datetime
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from activelabel.errors import WrongUse
from activelabel.project.cells import as_numbers, as_texts, is_vectors, mask_of
from activelabel.project.conditions import (
    AllOf,
    AnyOf,
    Compared,
    Condition,
    Contains,
    Missing,
    Not,
    Value,
    parse_condition,
)
from activelabel.project.dates import to_iso

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from activelabel.project.dataset import Dataset

__all__ = ["rows_where"]

LENGTH: Final = "length"
# a year, a month, a day, a minute or a second: what is written says how exactly is compared
DATE: Final = re.compile(r"\d{4}(-\d\d(-\d\d([T ]\d\d:\d\d(:\d\d)?)?)?)?")
EARLIEST: Final = "0001-01-01T00:00:00"
OF_NUMBERS: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "==": np.equal,
    "!=": np.not_equal,
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
}
OF_TEXTS: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "==": pc.equal,
    "!=": pc.not_equal,
    "<": pc.less,
    "<=": pc.less_equal,
    ">": pc.greater,
    ">=": pc.greater_equal,
}


def rows_where(line: str, dataset: Dataset) -> NDArray[np.bool_]:
    """Return which rows of a data set fit what is written.

    Parameters
    ----------
    line
        As `--where` takes it (docs/filters.md). A missing cell fits no comparison, not even ``!=``.
    dataset
        Of the project. Where twins differ in a column that does not count for identity, one that fits is enough.

    Returns
    -------
    NDArray[np.bool_]
        Shape (n_units,).

    Raises
    ------
    WrongUse
        If it cannot be read, names a column that is not there, or compares what cannot be compared.
    """
    found = np.zeros(dataset.n_units, dtype=bool)
    found[dataset.rows_of_items()[_fits(parse_condition(line), _Columns(dataset))]] = True
    return found


class _Columns:
    """The columns of a data set as conditions read them: each shape (n_items,), in file order, looked up once."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._texts: dict[str, pa.Array] = {}
        self.n = dataset.n_items

    def kept(self, name: str) -> str:
        """Return the column that a name means.

        Raises
        ------
        WrongUse
            If there is none.
        """
        names = self._dataset.names
        same = [name] if name in names else [each for each in names if unicodedata.normalize("NFKC", each) == name]
        if len(same) == 1:
            return same[0]
        near = get_close_matches(name, [*names, LENGTH], n=1, cutoff=0.5)
        known = ", ".join(names[:8]) + (" ..." if len(names) > 8 else "")
        raise WrongUse(f"no column named {name!r}", f"try {near[0]!r}" if near else f"the columns are {known}")

    def is_length(self, name: str) -> bool:
        """Say whether a name means the length of the texts; a column of that name comes first."""
        return name == LENGTH and name not in self._dataset.names

    def texts(self, name: str) -> pa.Array:
        """Return the text of each cell, null where it is missing."""
        if name not in self._texts:
            cells = self._dataset.cells(name)
            if is_vectors(cells.type):
                raise WrongUse(f"column {name!r} holds vectors", "compare a column of numbers, texts or dates")
            found = pa.chunked_array([as_texts(each) for each in cells.chunks], pa.string()).combine_chunks()
            self._texts[name] = pc.if_else(pc.equal(found, ""), pa.scalar(None, pa.string()), found)
        return self._texts[name]

    def numbers(self, name: str) -> NDArray[Any] | None:
        """Return the number in each cell, NaN where it is missing; None if some cell is no number."""
        if self.is_length(name):
            return self._lengths()
        column = self.kept(name)
        cells = self._dataset.cells(column)
        if column in self._dataset.settings.roles.dates or is_vectors(cells.type):
            return None
        # as they were written: 0.1 in four bytes is not 0.1 in eight
        dtype = np.float32 if pa.types.is_float32(cells.type) else np.float64
        found = [as_numbers(each, dtype) for each in cells.chunks]
        whole = [each for each in found if each is not None]
        return np.concatenate(whole) if len(whole) == len(found) else None

    def holds_numbers(self, name: str) -> bool:
        """Say whether a column holds amounts, so that to compare it with a text is a slip."""
        return self.is_length(name) or self.kept(name) in self._dataset.settings.roles.numbers

    def dates(self, name: str) -> pa.Array | None:
        """Return each date as ``YYYY-MM-DDTHH:MM:SS``, null where there is none; None if the column holds no dates."""
        form = self._dataset.date_forms.get(self.kept(name)) if not self.is_length(name) else None
        return to_iso(self.texts(self.kept(name)), form) if form else None

    def date(self, name: str, text: str) -> str:
        """Return a written date as the column's are compared: as far as it goes.

        Raises
        ------
        WrongUse
            If it is none.
        """
        found: str | None = None
        if not DATE.fullmatch(text):
            found = to_iso(pa.array([text]), self._dataset.date_forms[self.kept(name)])[0].as_py()
        else:
            with contextlib.suppress(ValueError):
                datetime.fromisoformat(text + EARLIEST[len(text) :])
                return text.replace(" ", "T")
        if found is None:
            raise WrongUse(f"{text!r} is no date, and column {name!r} holds dates", 'write "2024-03-31", or "2024-03"')
        return found[:10] if found.endswith("T00:00:00") else found

    def _lengths(self) -> NDArray[np.float64]:
        names = self._dataset.settings.roles.texts
        if not names:
            raise WrongUse("length counts the characters of texts, and there are none here", "name a column instead")
        each = [pc.utf8_length(self.texts(name)).fill_null(0).to_numpy(zero_copy_only=False) for name in names]
        return np.asarray(np.sum(each, axis=0), dtype=np.float64)


def _fits(condition: Condition, columns: _Columns) -> NDArray[np.bool_]:
    match condition:
        case AllOf(parts):
            return np.asarray(np.all([_fits(part, columns) for part in parts], axis=0))
        case AnyOf(parts):
            return np.asarray(
                np.any([np.zeros(columns.n, dtype=bool), *(_fits(part, columns) for part in parts)], axis=0)
            )
        case Not(part):
            return np.asarray(~_fits(part, columns))
        case Missing(name):
            return mask_of(_held(name, columns).is_null())
        case Contains(name, text):
            return mask_of(pc.match_substring(_held(name, columns), text, ignore_case=True))
        case Compared(name, sign, value):
            return _compared(columns, name, sign, value)


def _held(name: str, columns: _Columns) -> pa.Array:
    if columns.is_length(name):
        raise WrongUse("length is a number: it contains nothing and is never missing", "as in: length > 200")
    column = columns.kept(name)
    texts = columns.texts(column)
    numbers = columns.numbers(column) if columns.holds_numbers(column) else None
    if numbers is None:
        return texts
    # what people write where there is no number is as good as nothing
    return pc.if_else(pa.array(np.isnan(numbers)), pa.scalar(None, pa.string()), texts)


def _compared(columns: _Columns, name: str, sign: str, value: Value) -> NDArray[np.bool_]:
    if isinstance(value, str):
        return _compared_with_text(columns, name, sign, value)
    return _compared_with_number(columns, name, sign, value)


def _compared_with_number(columns: _Columns, name: str, sign: str, value: float) -> NDArray[np.bool_]:
    numbers = columns.numbers(name)
    if numbers is None:
        raise WrongUse(
            f"column {name!r} holds no numbers, and is compared with {value:g}", f'in quotes it is a text: "{value:g}"'
        )
    with np.errstate(over="ignore"):
        return np.asarray(OF_NUMBERS[sign](numbers, value) & ~np.isnan(numbers))


def _compared_with_text(columns: _Columns, name: str, sign: str, value: str) -> NDArray[np.bool_]:
    if columns.holds_numbers(name):
        raise WrongUse(
            f"column {name!r} holds numbers, and is compared with the text {value!r}", f"as in: {name} {sign} 20"
        )
    dates = columns.dates(name)
    if dates is None:
        return mask_of(OF_TEXTS[sign](columns.texts(columns.kept(name)), pa.scalar(value)))
    date = columns.date(name, value)
    return mask_of(OF_TEXTS[sign](pc.utf8_slice_codeunits(dates, 0, len(date)), pa.scalar(date)))
