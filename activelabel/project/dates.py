"""Dates as people write them: which form a column uses, and the same dates as ISO 8601."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["FORMS", "count_dates", "to_iso"]

# tried in this order: of two forms that read as many cells the first is meant
FORMS = ("%Y-%m-%d", "%Y/%m/%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y")
TIMES = ("", " %H:%M:%S", " %H:%M")
# a time of day after the date: fractions of a second and the zone say nothing that a model of days and hours would miss
TIME_OF_DAY = r"(\d)[T ](\d\d:\d\d(:\d\d)?)(\.\d+)?( ?(Z|[+-]\d\d:?\d\d))?$"
LOOKS_LIKE_DATE = r"^(\d{4}[-/]\d{1,2}[-/]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{4})($|[T ])"


def to_iso(texts: pa.Array, form: str) -> pa.Array:
    """Return each date as ``YYYY-MM-DDTHH:MM:SS``, null where a cell is no date of this form.

    Parameters
    ----------
    texts
        Cells as text.
    form
        One of `FORMS`; a time of day may follow, its zone is left out.

    Examples
    --------
    >>> to_iso(pa.array(["3.12.2024 10:30", "soon"]), "%d.%m.%Y").to_pylist()
    ['2024-12-03T10:30:00', None]
    """
    plain = _plain(texts)
    found = list(_read(plain, form))
    return pc.strftime(pc.coalesce(*found), format="%Y-%m-%dT%H:%M:%S").cast(pa.string())


def count_dates(texts: pa.Array) -> list[int]:
    """Return how many cells each of `FORMS` reads as a date.

    Examples
    --------
    >>> dict(zip(FORMS, count_dates(pa.array(["03/12/2024", "12/25/2024"])))) ["%m/%d/%Y"]
    2
    """
    plain = _plain(texts)
    if plain.null_count == len(plain):
        return [0] * len(FORMS)
    return [sum(len(each) - each.null_count for each in _read(plain, form)) for form in FORMS]


def _plain(texts: pa.Array) -> pa.Array:
    trimmed = pc.utf8_trim_whitespace(texts)
    dated = pc.if_else(pc.match_substring_regex(trimmed, LOOKS_LIKE_DATE), trimmed, pa.scalar(None, pa.string()))
    return pc.replace_substring_regex(dated, TIME_OF_DAY, r"\1 \2")


def _read(plain: pa.Array, form: str) -> Iterator[pa.Array]:
    # each cell fits at most one of these, since the whole of it must
    for time in TIMES:
        yield pc.strptime(plain, format=form + time, unit="s", error_is_null=True)
