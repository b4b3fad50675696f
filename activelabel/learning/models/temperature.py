"""One number that makes probabilities as sure as they should be, and what they are then worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["TEMPERATURES", "as_sure_as", "best_temperature", "log_likelihood", "tempered"]

TEMPERATURES = (1.0, 0.8, 1.25, 0.6, 1.6, 0.4, 2.5, 0.25, 4.0)
"""Nearest to no change first, so that equals leave the probabilities alone."""

SHARPENINGS = (1.0, 0.85, 0.7, 0.6, 0.5, 0.4, 0.3, 0.25, 0.2, 1.25, 1.6, 2.0)
"""Nearest to no change first, and finer where it is mostly needed: what was smoothed is less sure than before."""

FLOOR = 0.02
"""Share of every row given to all classes alike: a class a fold never saw costs something, not everything."""


def tempered(proba: NDArray[np.float64], temperature: float) -> NDArray[np.float64]:
    """Return the probabilities to the power 1 / temperature, rows summing to 1: above 1 makes them less sure.

    References
    ----------
    Guo, Pleiss, Sun, Weinberger (2017), On Calibration of Modern Neural Networks.

    Examples
    --------
    >>> tempered(np.array([[0.2, 0.8]]), 0.5).round(3)
    array([[0.059, 0.941]])
    """
    powers = proba ** (1.0 / temperature)
    powers /= powers.sum(axis=1, keepdims=True)
    return np.asarray(powers)


def log_likelihood(proba: NDArray[np.float64], labels: NDArray[np.intp]) -> float:
    """Return the mean logarithm of what each label was given, after `FLOOR`.

    Parameters
    ----------
    proba
        Shape (m, k). Rows sum to 1.
    labels
        Shape (m,), columns of `proba`.

    Examples
    --------
    >>> round(log_likelihood(np.array([[0.5, 0.5]]), np.array([0])), 3)
    -0.693
    """
    given = proba[np.arange(len(labels)), labels]
    return float(np.log(given * (1.0 - FLOOR) + FLOOR / proba.shape[1]).mean())


def best_temperature(proba: NDArray[np.float64], labels: NDArray[np.intp]) -> float:
    """Return the temperature under which out-of-fold probabilities foretell the labels best.

    A change is penalised by 0.5 ln(t)^2 for the whole of the labels: a handful of them cannot argue for much.

    Parameters
    ----------
    proba
        Shape (m, k): what models that had not seen these rows said.
    labels
        Shape (m,), columns of `proba`.

    Examples
    --------
    >>> unsure = np.tile([0.6, 0.4], (40, 1))
    >>> best_temperature(unsure, np.zeros(40, dtype=np.intp)) < 1
    True
    """

    def worth(temperature: float) -> float:
        penalty = 0.5 * np.log(temperature) ** 2 / len(labels)
        return log_likelihood(tempered(proba, temperature), labels) - float(penalty)

    return max(TEMPERATURES, key=worth)


def as_sure_as(model: NDArray[np.float64], proba: NDArray[np.float64]) -> float:
    """Return the temperature at which probabilities are about as sure on the mean as those they are to be like.

    Parameters
    ----------
    model, proba
        Shape (n, k), rows sum to 1: of the same rows.

    Examples
    --------
    >>> as_sure_as(np.array([[0.9, 0.1]]), np.array([[0.7, 0.3]]))
    0.4
    """
    sureness = float(model.max(axis=1).mean())

    def difference(temperature: float) -> float:
        return abs(float(tempered(proba, temperature).max(axis=1).mean()) - sureness)

    return min(SHARPENINGS, key=difference)
