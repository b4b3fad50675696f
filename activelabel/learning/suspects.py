"""Likely mistakes among the labels given: those that the other labels contradict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Suspects", "find_suspects"]


@dataclass(frozen=True, slots=True)
class Suspects:
    """Labels that are probably wrong, s of m, and how many are.

    Attributes
    ----------
    rows
        Shape (s,): places among the m labels, the worst first.
    believed
        Shape (s,): the class that the model believes in instead.
    wrong
        How many labels are estimated to be wrong.
    """

    rows: NDArray[np.intp]
    believed: NDArray[np.intp]
    wrong: int


def find_suspects(proba: NDArray[np.float64], labels: NDArray[np.intp]) -> Suspects:
    """Return the labels that models which had not seen them take for wrong (confident learning).

    A row is surely of a class when its probability reaches what the class's own labels get on the mean, so that a
    class of which models are never sure is not called wrong for that. Surely of several, it is of the likeliest. Counts
    of label given by class that is sure, scaled to the labels given, are the estimate of how many are wrong. Suspects
    are the labels whose row is surely of another class and likelier to be of another, by how much likelier, equals in
    the order of the labels.

    A class of one label has no threshold, and its label is never a suspect: the others cannot know a class of which
    they were shown nothing. The estimate cannot tell a wrong label from a row that models misjudge; where they are
    right about four rows in five, expect it to be too high.

    Parameters
    ----------
    proba
        Shape (m, k), rows sum to 1: what models that had not seen the label say, as `Mixture.out_of_fold_`.
    labels
        Shape (m,), 0 to k - 1; k >= 1.

    Raises
    ------
    ValueError
        If the two do not have the same length.

    References
    ----------
    Northcutt, Jiang, Chuang (2021), Confident Learning: Estimating Uncertainty in Dataset Labels.

    Examples
    --------
    >>> proba = np.array([[0.9, 0.1], [0.8, 0.2], [0.1, 0.9], [0.2, 0.8], [0.2, 0.8]])
    >>> found = find_suspects(proba, np.array([0, 0, 0, 1, 1]))
    >>> found.rows.tolist(), found.believed.tolist(), found.wrong
    ([2], [1], 1)
    """
    if len(proba) != len(labels):
        raise ValueError(f"each label needs its probabilities, got {len(labels)} labels and {len(proba)} rows")
    k = proba.shape[1]
    counts = np.bincount(labels, minlength=k)
    given = proba[np.arange(len(labels)), labels]
    thresholds = np.full(k, np.inf)
    known = counts > 1
    thresholds[known] = np.bincount(labels, weights=given, minlength=k)[known] / counts[known]
    sure, surely = _surely(proba, thresholds)
    # a label alone in its class stays where it is
    sure = sure & known[labels]
    joint = np.zeros((k, k))
    np.add.at(joint, (labels[sure], surely[sure]), 1.0)
    # of a class of which no row is sure of anything, nothing is known against its labels
    silent = joint.sum(axis=1) == 0
    joint[silent, silent] = 1.0
    joint *= (counts / joint.sum(axis=1))[:, None]
    margin = given - _likeliest_other(proba, labels)
    doubted = np.flatnonzero(sure & (surely != labels) & (margin < 0))
    rows = doubted[np.argsort(margin[doubted], kind="stable")]
    return Suspects(rows, surely[rows], round(float(joint.sum() - np.trace(joint))))


def _surely(proba: NDArray[np.float64], thresholds: NDArray[np.float64]) -> tuple[NDArray[np.bool_], NDArray[np.intp]]:
    """Return for each row whether it is surely of a class, and of which, shapes (m,)."""
    reached = np.where(proba >= thresholds, proba, -1.0)
    return reached.max(axis=1, initial=-1.0) >= 0, reached.argmax(axis=1)


def _likeliest_other(proba: NDArray[np.float64], labels: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return the highest probability of a class that was not given, shape (m,); 0 where there is none."""
    others = proba.copy()
    others[np.arange(len(labels)), labels] = 0.0
    return np.asarray(others.max(axis=1))
