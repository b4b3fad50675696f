"""A part of a project as rows: what the learner asks about, and how large it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from activelabel.errors import WrongUse
from activelabel.project.filters import rows_where
from activelabel.project.plan import PlannedPart

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.project.ledger import Ledger
    from activelabel.session.lessons import Answers
    from activelabel.session.parts import Part
    from activelabel.session.workshop import Workshop

__all__ = ["PartRows", "rows_of_part"]

NO_CLASS = -2  # asks about no row: the class is no more


@dataclass(frozen=True, slots=True)
class PartRows:
    """The rows of a part, as far as they do not depend on what the model suggests.

    Attributes
    ----------
    part
        What was asked for.
    rows
        Shape (n,) bool.
    """

    part: Part
    rows: NDArray[np.bool_]

    def narrowed(self, answers: Answers, ledger: Ledger) -> Answers:
        """Return the answers, by which only rows of this part are asked about."""
        if not self.part.suggested:
            return replace(answers, within=self.rows)
        known = ledger.find_class(self.part.suggested)
        number = list(ledger.classes).index(known.id) if known else NO_CLASS
        return replace(answers, within=self.rows, asked_class=number)

    def planned(self, inside: NDArray[np.bool_], weights: NDArray[np.float64]) -> PlannedPart:
        """Return how large the part is, for the plan; `inside`, shape (n,), says which rows are in it now."""
        items = int(weights[inside].sum())
        return PlannedPart(self.part.words, int(inside.sum()), items, int(weights.sum()))


def rows_of_part(part: Part, workshop: Workshop, homes: NDArray[np.intp] | None) -> PartRows:
    """Return the rows of a part.

    Parameters
    ----------
    part
        What was asked for.
    workshop
        The data.
    homes
        Shape (n,): the cluster of each row; needed where the part names one.

    Raises
    ------
    WrongUse
        If its line is no condition for this data, or there is no such cluster.
    """
    dataset = workshop.dataset
    rows = np.ones(dataset.n_units, dtype=bool) if not part.where else rows_where(part.where, dataset)
    if part.cluster is not None and homes is not None:
        if part.cluster not in homes:
            raise WrongUse(f"there is no cluster {part.cluster}", "`activelabel clusters` lists them")
        rows = rows & (homes == part.cluster)
    return PartRows(part, rows)
