"""Ask where the model is least sure: three ways to say how sure that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from activelabel.learning.strategies.ranking import take_highest

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.learning.protocols import Pool

__all__ = ["doubts", "entropy", "entropy_score", "least_confidence", "least_confidence_score", "margin", "margin_score"]


def least_confidence(pool: Pool, q: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Ask the rows whose likeliest class is least likely."""
    return take_highest(least_confidence_score(doubts(pool)), pool.askable, q, rng)


def margin(pool: Pool, q: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Ask the rows whose two likeliest classes are closest."""
    return take_highest(margin_score(doubts(pool)), pool.askable, q, rng)


def entropy(pool: Pool, q: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Ask the rows whose probabilities are most even."""
    return take_highest(entropy_score(doubts(pool)), pool.askable, q, rng)


def least_confidence_score(proba: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return one minus the probability of the likeliest class, row by row.

    Parameters
    ----------
    proba
        Shape (n, k). Rows sum to 1.

    Returns
    -------
    NDArray[np.float64]
        Shape (n,), from 0 (certain) to 1 - 1/k.

    References
    ----------
    Lewis, Gale (1994), A Sequential Algorithm for Training Text Classifiers.

    Examples
    --------
    >>> least_confidence_score(np.array([[0.5, 0.3, 0.2], [1.0, 0.0, 0.0]]))
    array([0.5, 0. ])
    """
    return np.asarray(1.0 - proba.max(axis=1))


def margin_score(proba: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how close the two likeliest classes are, row by row.

    Parameters
    ----------
    proba
        Shape (n, k). Rows sum to 1.

    Returns
    -------
    NDArray[np.float64]
        Shape (n,), from 0 (certain; so is every row while only one class is known) to 1 (a tie).

    References
    ----------
    Scheffer, Decomain, Wrobel (2001), Active Hidden Markov Models for Information Extraction.

    Examples
    --------
    >>> margin_score(np.array([[0.5, 0.5, 0.0], [0.75, 0.25, 0.0]]))
    array([1. , 0.5])
    """
    if proba.shape[1] < 2:
        return np.zeros(len(proba))
    # partition, not sort: only the top two matter, and k can be in the thousands
    top_two = np.partition(proba, -2, axis=1)[:, -2:]
    return 1.0 - (top_two[:, 1] - top_two[:, 0])


def entropy_score(proba: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the entropy of the class probabilities in bits, row by row.

    Parameters
    ----------
    proba
        Shape (n, k). Rows sum to 1; a probability of 0 adds nothing.

    Returns
    -------
    NDArray[np.float64]
        Shape (n,), from 0 (certain) to log2(k).

    References
    ----------
    Shannon (1948), A Mathematical Theory of Communication.

    Examples
    --------
    >>> entropy_score(np.array([[0.5, 0.5], [1.0, 0.0]]))
    array([1., 0.])
    """
    logs = np.log2(proba, out=np.zeros_like(proba), where=proba > 0)
    # subtracted from zero, not negated: a certain row is 0.0, never -0.0
    return np.asarray(0.0 - (proba * logs).sum(axis=1))


def doubts(pool: Pool) -> NDArray[np.float64]:
    """Return the probabilities of the pool, shape (n, k).

    Raises
    ------
    ValueError
        If there are none yet.
    """
    if pool.proba is None:
        raise ValueError("an uncertainty strategy needs pool.proba, got None")
    return pool.proba
