"""What a column is for, guessed from its name and a sample of its cells; every guess can be overruled."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from activelabel.project.cells import MISSING_NUMBERS, as_numbers, as_texts
from activelabel.project.dates import count_dates
from activelabel.project.readers.pictures import SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["class_names", "guess_id", "guess_label", "guess_pixels", "holds_paths", "kind_of", "missing"]

ID_NAME = re.compile(r"(?i:id|uuid|guid|key|index|item|.*[_\s-]id)|.*[a-z0-9](?:Id|ID)")
LABEL_NAMES = ("label", "labels", "class", "target", "category", "y")
PIXEL_NAME = re.compile(r"^(?:pixel|px)_?(\d+)_(\d+)$")
# codes, not amounts: 007, and more digits than a number keeps exactly
CODE = r"^\s*[+-]?(0\d|\d{16,}\s*$)"
TEXT_WORDS = 4
TEXT_CHARACTERS = 30
FEW_CLASSES = 20
MOST_CLASSES = 1000
PATHS_SHARE = 0.9
PATHS_LOOKED_AT = 1000


def kind_of(cells: pa.Array) -> str:
    """Return "numbers", "dates", "texts" or "categories".

    Numbers: every cell that is not missing is one, and none is a code such as 007. Dates: every one is, in one form.
    Texts: mostly distinct, and more than 4 words or 30 characters on average. Categories: what is left.

    Examples
    --------
    >>> kind_of(pa.array(["1", "", "2.5"])), kind_of(pa.array(["007", "008"])), kind_of(pa.array(["2024-01-31"]))
    ('numbers', 'categories', 'dates')
    """
    texts = _held(as_texts(cells))
    if not len(texts):
        return "categories"
    if _are_numbers(cells, texts):
        return "numbers"
    if max(count_dates(texts)) == len(texts):
        return "dates"
    return "texts" if _are_texts(texts) else "categories"


def missing(cells: pa.Array, kind: str) -> int:
    """Return how many cells of a column of this kind hold nothing."""
    texts = as_texts(cells).fill_null("")
    marks = MISSING_NUMBERS if kind == "numbers" else ("",)
    return int(pc.sum(pc.is_in(texts, value_set=pa.array(marks))).as_py() or 0)


def guess_id(columns: Iterable[tuple[str, pa.Array]]) -> str:
    """Return the first column that is named like an id and holds a different text in every row, or "".

    Examples
    --------
    >>> guess_id([("text", pa.array(["a", "b"])), ("doc_id", pa.array(["1", "2"]))])
    'doc_id'
    """
    for name, cells in columns:
        if ID_NAME.fullmatch(name):
            texts = _held(as_texts(cells))
            if len(texts) == len(cells) == pc.count_distinct(texts).as_py():
                return name
    return ""


def guess_label(columns: Sequence[tuple[str, pa.Array]]) -> str:
    """Return the column that is named like a label and has few enough different values to be one, or "".

    Examples
    --------
    >>> guess_label([("x", pa.array(["1", "2"])), ("Class", pa.array(["ham", "ham"]))])
    'Class'
    """
    for telling in LABEL_NAMES:
        for name, cells in columns:
            if name.strip().lower() == telling and _are_few(_held(as_texts(cells))):
                return name
    return ""


def guess_pixels(names: Sequence[str]) -> tuple[tuple[int, int] | None, tuple[str, ...]]:
    """Return the size of the picture whose pixels these columns are, and their names row by row; None and ().

    Columns named ``pixel_ROW_COLUMN`` are pixels when they fill a rectangle.

    Examples
    --------
    >>> guess_pixels(["pixel_0_1", "pixel_0_0", "pixel_1_0", "pixel_1_1", "age"])
    ((2, 2), ('pixel_0_0', 'pixel_0_1', 'pixel_1_0', 'pixel_1_1'))
    """
    places = {tuple(map(int, found.groups())): name for name in names if (found := PIXEL_NAME.match(name))}
    if not places:
        return None, ()
    height, width = (1 + max(place[axis] for place in places) for axis in (0, 1))
    if min(height, width) < 2 or len(places) != height * width:
        return None, ()
    return (height, width), tuple(places[place] for place in sorted(places))


def holds_paths(cells: pa.Array) -> bool:
    """Whether more than nine in ten cells end like the name of a picture."""
    if not pa.types.is_string(cells.type):
        return False
    texts = cells.slice(0, PATHS_LOOKED_AT).to_pylist()
    pictures: int = sum(text is not None and text.lower().endswith(SUFFIXES) for text in texts)
    return pictures > PATHS_SHARE * len(texts)


def class_names(found: Iterable[str]) -> list[str]:
    """Return names in the order a person expects: numbers by value, the rest by letter.

    Examples
    --------
    >>> class_names({"10", "9", "ham"})
    ['9', '10', 'ham']
    """
    return sorted(found, key=lambda name: (0, int(name), name) if name.isdecimal() and name.isascii() else (1, 0, name))


def _are_numbers(cells: pa.Array, texts: pa.Array) -> bool:
    numbers = as_numbers(cells)
    if numbers is None or not np.isfinite(numbers).any():
        return False
    if not pa.types.is_string(cells.type):
        return True
    return not bool(pc.any(pc.match_substring_regex(texts, CODE)).as_py())


def _are_few(texts: pa.Array) -> bool:
    distinct: int = pc.count_distinct(texts).as_py()
    return distinct <= max(FEW_CLASSES, min(MOST_CLASSES, len(texts) // 2))


def _are_texts(texts: pa.Array) -> bool:
    words = pc.mean(pc.add(pc.count_substring_regex(texts, r"\S\s+\S"), 1)).as_py()
    characters = pc.mean(pc.utf8_length(texts)).as_py()
    distinct = pc.count_distinct(texts).as_py() / len(texts)
    return bool((words > TEXT_WORDS or characters > TEXT_CHARACTERS) and distinct > 0.5)


def _held(texts: pa.Array) -> pa.Array:
    return texts.filter(pc.not_equal(texts, "").fill_null(False))
