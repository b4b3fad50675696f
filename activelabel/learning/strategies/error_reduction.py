"""Ask what would leave fewest errors behind, by trying each answer on the graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from activelabel.learning.limits import Quadratic
from activelabel.learning.neighbours import graph_of
from activelabel.learning.propagation.graph_gp import FLOOR, NOISE
from activelabel.learning.propagation.kernel import DENSE_ROWS, kernels_of
from activelabel.learning.propagation.lineage import one_hot
from activelabel.learning.strategies.ranking import completed
from activelabel.learning.threads import one_thread

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.learning.protocols import Pool

__all__ = ["expected_error_reduction"]

BY_TRYING = Quadratic("expected-error-reduction", DENSE_ROWS, "margin-diversity", bytes_a_pair=8)

CANDIDATES = 60
"""Rows that are tried, drawn at random: that keeps the ten best of them apart from each other, too."""

ANSWERS = 3
"""Likeliest classes that are tried for each: the others hardly ever are the answer."""


def expected_error_reduction(pool: Pool, q: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Ask those of 60 random rows after whose answer the graph would be surest of all rows, in expectation.

    On the Gaussian process of the graph an answer y at row x changes what is thought of all rows to
    F + C_x (e_y - F_x) / (C_xx + 0.02), C being the covariance that is left; nothing is fitted anew. Behind the 60
    come others at random.

    Raises
    ------
    LearningError
        Above 4,000 rows.
    ValueError
        Without labels, from which something could be expected.

    References
    ----------
    Roy, McCallum (2001), Toward Optimal Active Learning Through Sampling Estimation of Error Reduction; Zhu, Lafferty,
    Ghahramani (2003), Combining Active Learning and Semi-Supervised Learning.
    """
    if not len(pool.labelled):
        raise ValueError("errors are expected from one label or more, got none")
    BY_TRYING.check(len(pool))
    candidates = rng.permutation(np.flatnonzero(pool.askable))[:CANDIDATES]
    with one_thread():
        thought, covariance = _posterior(pool, candidates)
        left = [
            _expected_error(thought, covariance[:, place], row, pool.weights)
            for place, row in enumerate(candidates.tolist())
        ]
    return completed(candidates[np.argsort(left, kind="stable")][:q], pool.askable, q, rng)


def _posterior(pool: Pool, rows: NDArray[np.intp]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return what the labels say of every row, shape (n, k), and its covariance with some rows, shape (n, r)."""
    kernel = kernels_of(graph_of(pool))[-1].dense
    assert kernel is not None  # noqa: S101 (the caller refuses bigger pools)
    seen = pool.labelled
    among = kernel[np.ix_(seen, seen)].astype(np.float64) + NOISE * np.eye(len(seen))
    known = np.linalg.solve(among, np.hstack([one_hot(pool.labels, pool.n_classes), kernel[np.ix_(seen, rows)]]))
    said = kernel[:, seen].astype(np.float64) @ known
    return said[:, : pool.n_classes], kernel[:, rows] - said[:, pool.n_classes :]


def _expected_error(
    thought: NDArray[np.float64], covariance: NDArray[np.float64], row: int, weights: NDArray[np.float64]
) -> float:
    """Return how many errors are expected once the row is answered, over its likeliest answers."""
    answers = _probabilities(thought[row])
    moves = covariance / (max(covariance[row], 0.0) + NOISE)
    expected = 0.0
    likeliest = np.argsort(-answers, kind="stable")[:ANSWERS]
    for answer in likeliest:
        step = -thought[row]
        step[answer] += 1.0
        after = _probabilities(thought + moves[:, None] * step)
        expected += answers[answer] * float((1.0 - after.max(axis=1)) @ weights)
    return expected / float(answers[likeliest].sum())


def _probabilities(columns: NDArray[np.float64]) -> NDArray[np.float64]:
    lifted = np.maximum(columns, 0.0) + FLOOR
    return np.asarray(lifted / lifted.sum(axis=-1, keepdims=True))
