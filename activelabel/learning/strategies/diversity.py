"""Ask where the model wavers, but not ten times about the same doubt."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import numpy as np
from sklearn.cluster import KMeans
from sklearn.exceptions import ConvergenceWarning

from activelabel.learning.clusterers.assignment import assign, medoids_of
from activelabel.learning.strategies.ranking import completed, take_highest
from activelabel.learning.strategies.uncertainty import doubts, entropy_score, least_confidence_score, margin_score
from activelabel.learning.threads import one_thread

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.learning.protocols import Pool

__all__ = ["diverse", "entropy_diversity", "least_confidence_diversity", "margin_diversity"]

FIRST = 10
"""Rows after which the machine is expected to have looked again."""

CANDIDATES = 10
"""Rows that a question is chosen from: the tenth smallest margin of ten still is a doubt."""

LEVELS = 5


def margin_diversity(pool: Pool, q: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Ask the middles of groups of the rows whose two likeliest classes are closest.

    References
    ----------
    Zhdanov (2019), Diverse Mini-Batch Active Learning; Scheffer, Decomain, Wrobel (2001) (margins).
    """
    return diverse(pool, margin_score(doubts(pool)), q, rng)


def entropy_diversity(pool: Pool, q: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Ask the middles of groups of the rows whose probabilities are most even.

    References
    ----------
    Zhdanov (2019), Diverse Mini-Batch Active Learning; Shannon (1948) (entropy).
    """
    return diverse(pool, entropy_score(doubts(pool)), q, rng)


def least_confidence_diversity(pool: Pool, q: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Ask the middles of groups of the rows whose likeliest class is least likely.

    References
    ----------
    Zhdanov (2019), Diverse Mini-Batch Active Learning; Lewis, Gale (1994) (confidence).
    """
    return diverse(pool, least_confidence_score(doubts(pool)), q, rng)


def diverse(pool: Pool, score: NDArray[np.float64], q: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Return rows of high score that differ from each other.

    The 100 highest scores fall into 10 groups, by k-means in which a row weighs as much as its score; the row nearest
    to each middle is asked, the heaviest group first. Then groups and candidates double in number, and the groups in
    which nothing has been chosen give the next rows.

    Parameters
    ----------
    score
        Shape (n,), 0 or above: how much a row is worth asking.
    """
    weights = np.maximum(score * pool.weights, np.finfo(np.float32).tiny)
    order = take_highest(score, pool.askable, len(pool), rng)
    q = min(q, len(order))
    chosen = np.empty(0, dtype=np.intp)
    with one_thread():
        for level in range(LEVELS):
            if len(chosen) >= q:
                break
            groups = min(max(q, 1), FIRST) * 2**level
            found = _middles(pool.features, order[: CANDIDATES * groups], weights, groups, chosen, rng)
            chosen = np.concatenate([chosen, found])
    return completed(chosen[:q], pool.askable, q, rng, order)


def _middles(
    features: NDArray[np.float32],
    rows: NDArray[np.intp],
    weights: NDArray[np.float64],
    k: int,
    chosen: NDArray[np.intp],
    rng: np.random.Generator,
) -> NDArray[np.intp]:
    """Return the row nearest to the middle of each group of the rows that holds no chosen one, heaviest first."""
    # what is asked next gets the best of three careful starts; the list behind it is rarely reached
    init, starts = ("random", 1) if len(chosen) else ("k-means++", 3)
    model = KMeans(min(k, len(rows)), init=init, n_init=starts, random_state=int(rng.integers(2**31)))
    with one_thread(), warnings.catch_warnings():
        # fewer distinct rows than groups: there are fewer groups then
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(features[rows], sample_weight=weights[rows])
        groups = assign(features[rows], model.cluster_centers_.astype(np.float32))
    taken = np.unique(groups.labels[np.isin(rows, chosen)])
    middles = medoids_of(np.where(np.isin(groups.labels, taken), -1, groups.labels), groups.distances)
    heavy = np.bincount(groups.labels, weights=weights[rows])[groups.labels[middles]]
    return rows[middles[np.argsort(-heavy, kind="stable")]]
