"""One machine that learns a mixture's opinion of the whole pool, and smooths it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from activelabel.learning.diagnostics import evenly_spaced
from activelabel.learning.models.kernel_machine import SoftmaxSVC
from activelabel.learning.models.one_class import AnyClasses
from activelabel.learning.models.temperature import tempered

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["STUDENT_ROWS", "as_sure_as", "teach"]

STUDENT_ROWS = 2_000
"""Rows a student learns from, beside as many labelled ones: it is quadratic in them, and borders move little beyond."""

SOFTENINGS = (1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0, 24.0, 32.0)

LEAST = 0.05
GIVEN = 3.0
"""A row that the teacher is torn about counts a twentieth of one it is sure of, a label of a person three times."""


def teach(
    features: NDArray[np.float32],
    proba: NDArray[np.float64],
    labelled: NDArray[np.intp],
    codes: NDArray[np.intp],
    rng: np.random.Generator,
) -> AnyClasses:
    """Return a support vector machine fitted on the pool with the labels its teacher gives, and with those given.

    Parameters
    ----------
    features, proba
        Shapes (n, d) and (n, k): the pool, and the teacher's probabilities; the margin between its two likeliest
        classes is the weight of a row.
    labelled, codes
        Shape (m,): rows whose label is known, and their class, 0 to k - 1.
    rng
        Draws 2,000 rows where the pool has more.

    References
    ----------
    Hinton, Vinyals, Dean (2015), Distilling the Knowledge in a Neural Network; Lee (2013), Pseudo-Label.

    Examples
    --------
    >>> rows = np.array([[0.0], [1.0], [8.0], [9.0]], dtype=np.float32)
    >>> thought = np.array([[0.9, 0.1], [0.8, 0.2], [0.3, 0.7], [0.1, 0.9]])
    >>> student = teach(rows, thought, np.array([0]), np.array([0]), np.random.default_rng(0))
    >>> student.predict_proba(rows).argmax(axis=1).tolist()
    [0, 0, 1, 1]
    """
    top_two = np.partition(proba, -2, axis=1)[:, -2:]
    # to six digits: the last bits of a margin depend on the order of sums, and would choose the machine's path
    weights = np.clip((top_two[:, 1] - top_two[:, 0]).round(6), LEAST, 1.0)
    said = proba.argmax(axis=1)
    weights[labelled], said[labelled] = GIVEN, codes
    pupils = np.arange(len(features))
    if len(pupils) > STUDENT_ROWS:
        given = labelled[evenly_spaced(len(labelled), STUDENT_ROWS)]
        pupils = np.union1d(rng.permutation(len(features))[:STUDENT_ROWS], given)
    return AnyClasses(SoftmaxSVC).fit(features[pupils], said[pupils], weights[pupils])


def as_sure_as(teacher: NDArray[np.float64], student: NDArray[np.float64]) -> float:
    """Return the temperature at which a student is about as sure as its teacher.

    A machine that has separated its classes is sure of nearly every row; in a plain mean it would have the last word.

    Parameters
    ----------
    teacher, student
        Shape (n, k): what both say of the same rows, rows sum to 1.

    Examples
    --------
    >>> as_sure_as(np.array([[0.6, 0.4]]), np.array([[0.99, 0.01]]))
    12.0
    """
    sureness = float(teacher.max(axis=1).mean())

    def difference(temperature: float) -> float:
        return abs(float(tempered(student, temperature).max(axis=1).mean()) - sureness)

    return min(SOFTENINGS, key=difference)
