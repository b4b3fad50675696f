"""What an assessment found, as arrays and counts: made by a session's machinery, turned into figures by a report."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from activelabel.learning.powered import powered_share

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from activelabel.records.progress import Estimate

__all__ = ["Assessment", "Carried", "CarriedBy", "Checkpoint", "Foretold", "HeldOut", "SlowOrFast", "Suspect"]


class CarriedBy(StrEnum):
    """How a label came to an item that nobody answered.

    near: from labels of other items that are like it. near-duplicate: from an item that hardly differs. cluster: it was
    given to a whole cluster.
    """

    NEAR = "near"
    NEAR_DUPLICATE = "near-duplicate"
    CLUSTER = "cluster"


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
class Foretold:
    """What was foretold by models that had not seen the labels of the rows.

    Attributes
    ----------
    proba
        Shape (a, k): of the audit rows.
    sure
        Shape (a,): the probability of the class that each was predicted to be of.
    of_all, sure_of_all
        The means of both over all rows that the audit answers were drawn from; shape (k,), and a number.
    covariance
        Variance that the share right of the audit rows has because they teach each other's models.
    """

    proba: NDArray[np.float64]
    sure: NDArray[np.float64]
    of_all: NDArray[np.float64]
    sure_of_all: float
    covariance: float = 0.0

    def share_right(self, hits: NDArray[np.bool_], population: int | None) -> Estimate:
        """Return the share right among `population` rows (None: endless), by the hits (a,) of the audit."""
        return powered_share(hits, self.sure, self.sure_of_all, population, self.covariance)


@dataclass(frozen=True, slots=True)
class Carried:
    """Propagated labels, one entry each of p.

    Attributes
    ----------
    by
        Shape (p,) of `CarriedBy`; "" where nothing was propagated.
    sure
        Shape (p,), in [0, 1]: how sure each is.
    items
        Shape (p,): how many items each stands for.
    """

    by: NDArray[np.str_]
    sure: NDArray[np.float64]
    items: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Suspect:
    """A label that the others contradict: of which item, numbers of its class and of the one that is believed in."""

    item: str
    given: int
    believed: int


@dataclass(frozen=True, slots=True)
class SlowOrFast:
    """An answer that took far from its annotator's usual time for such an item, in seconds."""

    item: str
    annotator: str
    seconds: float
    usual: float


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
    foretold
        What was foretold of the audit rows and of all; None before there is a model.
    audit_carried, now_carried
        Which labels `carried` are, a entries; and those that are propagated now, one a unit. None before there is a
        model.
    suspects
        Labels that the others contradict, the worst first; those of the audit sample are left out.
    wrong
        How many labels are estimated to be wrong, by the others; None where no model can say.
    foretold_right
        Share of the labels that models foretold which had not seen them; None where no model can say. As labels were
        chosen, it says nothing about items that were not.
    sure_now
        How sure the model is of itself, the mean over all rows; 0 before there is one.
    odd_paces
        Answers that took far from the usual time, the farthest first.
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
    foretold: Foretold | None = None
    audit_carried: Carried | None = None
    now_carried: Carried | None = None
    suspects: tuple[Suspect, ...] = ()
    wrong: int | None = None
    foretold_right: float | None = None
    sure_now: float = 0.0
    odd_paces: tuple[SlowOrFast, ...] = ()
