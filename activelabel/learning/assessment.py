"""What an assessment found, as arrays and counts: made by a session's machinery, turned into figures by a report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Assessment", "Checkpoint", "HeldOut"]


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The model after the first answers, in the order they were given.

    Attributes
    ----------
    answers
        How many answers of people it was fitted on.
    predicted
        Shape (a,): its classes for the audit rows of today, each by a model fitted without the row's fold.
    kappa
        Agreement of its predictions for all rows with those of the checkpoint before; None for the first.
    """

    answers: int
    predicted: NDArray[np.intp]
    kappa: float | None


@dataclass(frozen=True, slots=True)
class HeldOut:
    """The model on rows that were never part of the project.

    Attributes
    ----------
    truth
        Shape (t,): the class of each, -1 for a class that the project has not.
    predicted
        Shape (t,): the class predicted.
    """

    truth: NDArray[np.intp]
    predicted: NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Assessment:
    """How the labels so far do; classes are numbered in order of creation.

    Attributes
    ----------
    truth
        Shape (a,): what the audit answers say, in audit order.
    predicted
        Shape (a,): what models say that were fitted without the row's own fold.
    carried
        Shape (a,): what was propagated to the row with its own fold left out; -1 where nothing reached it.
    not_sure, bad
        Audit answers that are no label.
    population
        Units that the audit answers were drawn from.
    left
        Units that could still be asked.
    checkpoints
        The learning curve, the last one being now; empty before there is an answer.
    error_drop
        Share of errors that the next 20 answers are expected to mend; None before there is a model.
    propagated_units, propagated_items
        Units and items without an answer that a label reached.
    strategy, learner
        Who would choose the next questions, and which classifier was fitted ("" for none).
    held_out
        The model on another file, where one was given.
    """

    truth: NDArray[np.intp]
    predicted: NDArray[np.intp]
    carried: NDArray[np.intp]
    not_sure: int
    bad: int
    population: int
    left: int
    checkpoints: tuple[Checkpoint, ...] = ()
    error_drop: float | None = None
    propagated_units: int = 0
    propagated_items: int = 0
    strategy: str = ""
    learner: str = ""
    held_out: HeldOut | None = None
