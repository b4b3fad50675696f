"""The labels that a data set comes with: one for each unit, where its copies agree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from activelabel.project.cells import as_texts
from activelabel.project.classes import kept_name
from activelabel.project.guesses import class_names

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

__all__ = ["ExistingLabels", "existing_labels"]

NONE = -1


@dataclass(frozen=True, slots=True)
class ExistingLabels:
    """Labels by unit.

    Attributes
    ----------
    names
        The classes, numbers by value and the rest by letter.
    codes
        Shape (n_units,): the class of each, -1 for none.
    conflicts
        How many units have copies with different labels; their code is -1.
    """

    names: tuple[str, ...]
    codes: NDArray[np.intp]
    conflicts: int


def existing_labels(cells: pa.ChunkedArray, members: NDArray[np.intp], starts: NDArray[np.intp]) -> ExistingLabels:
    """Return the label of each unit; of copies with and without a label, the label holds.

    Parameters
    ----------
    cells
        The label column, in file order.
    members, starts
        The items of unit `row` are ``members[starts[row]:starts[row + 1]]``.

    Examples
    --------
    >>> import pyarrow as pa
    >>> cells = pa.chunked_array([["ham", "spam", "", "spam ", None]])
    >>> found = existing_labels(cells, np.array([0, 1, 2, 3, 4]), np.array([0, 2, 4, 5]))
    >>> found.names, found.codes.tolist(), found.conflicts
    (('ham', 'spam'), [-1, 1, -1], 1)
    """
    written = as_texts(cells.combine_chunks()).fill_null("").dictionary_encode()
    meant = [kept_name(text) for text in written.dictionary.to_pylist()]
    names = tuple(class_names({name for name in meant if name}))
    code_of = {name: code for code, name in enumerate(names)}
    to_code = np.array([code_of.get(name, NONE) for name in meant], dtype=np.intp)
    codes = to_code[written.indices.to_numpy()][members]
    highest = np.maximum.reduceat(codes, starts[:-1])
    lowest = np.minimum.reduceat(np.where(codes == NONE, len(names), codes), starts[:-1])
    conflicting = (highest != NONE) & (lowest != highest)
    return ExistingLabels(names, np.where(conflicting, NONE, highest), int(conflicting.sum()))
