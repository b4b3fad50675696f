"""What an answer is expected to change, before it is given: predictions, and the share of errors."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from activelabel.learning.kept import kept
from activelabel.learning.models.likeness import likeness, space_of
from activelabel.learning.sampling import evenly_spaced
from activelabel.learning.threads import one_thread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from activelabel.learning.protocols import Pool

__all__ = ["Effects", "expected_effects"]

NOISE = 0.1
"""Variance of a label beside a kernel of diagonal about 1: of those of `additive_gp` the middle one."""

ROWS = 20_000
"""Rows that are looked at: of a bigger pool an even sample, each as heavy as those it stands for."""

LABELS = 1_000
"""Labels that are learnt from before: of more an even sample, among so many one label more changes little."""

ANSWERS = 5
"""Likeliest classes that are tried for each row: the others hardly ever are the answer."""

STILL = 1e-4
"""Share of a surprise below which a row is taken not to move."""

BLOCK = 4_096


class Effects(NamedTuple):
    """What the answer to each of q rows is expected to do.

    Attributes
    ----------
    changes
        Shape (q,): items that get another class, 0 and up.
    error_drops
        Shape (q,): by how much the share of errors that the model expects to make drops, 0 and up. Answers to several
        rows overlap, so a sum over a batch is more than the batch will bring.
    """

    changes: NDArray[np.float64]
    error_drops: NDArray[np.float64]


def expected_effects(pool: Pool, rows: NDArray[np.intp]) -> Effects:
    """Return what is expected to change once each row is answered: classes of items, and the share of errors.

    After an answer y at row x, a Gaussian process whose kernel is half the `likeness` of two rows moves what is thought
    of all rows from P to P + C_x (e_y - P_x) / (C_xx + 0.1), C being the covariance that the labels leave; nothing is
    fitted anew. Rows whose likeliest class is then another are counted by their weight. The model errs about a row with
    the chance that it is not of its likeliest class; only where another class may become the likeliest, errors drop.
    Both are averaged over the five likeliest answers.

    It ranks rows better than it counts: models fitted anew change more predictions than this says (`docs/methods.md`).

    Parameters
    ----------
    pool
        Needs one label or more. Its `proba` should be what the members of a mixture say before it is smoothed
        (`Mixture.unsmoothed_`). Above 20,000 rows a sample of them is looked at, and scaled up.
    rows
        Shape (q,): rows of the pool.

    Raises
    ------
    ValueError
        Without labels or probabilities, which could change.

    References
    ----------
    Rasmussen, Williams (2006), Gaussian Processes for Machine Learning, section 2.2; Freytag, Rodner, Denzler (2014),
    Selecting Influential Examples: Active Learning with Expected Model Output Changes; Roy, McCallum (2001), Toward
    Optimal Active Learning Through Sampling Estimation of Error Reduction.

    Examples
    --------
    >>> from activelabel.learning.protocols import Pool
    >>> features = np.array([[0.0], [0.1], [0.2], [0.3], [3.0], [9.0]], dtype=np.float32)
    >>> doubt = np.array([[0.55, 0.45]] * 4 + [[0.9, 0.1], [0.0, 1.0]])
    >>> labelled, labels, askable = np.array([5]), np.array([1]), np.arange(6) < 5
    >>> pool = Pool(features, labelled, labels, 2, askable, np.ones(6), proba=doubt)
    >>> effects = expected_effects(pool, np.array([0, 4]))
    >>> effects.changes.round(2), bool(effects.error_drops[0] > effects.error_drops[1] > 0)
    (array([1.8, 0.5]), True)
    """
    if pool.proba is None or not len(pool.labelled):
        raise ValueError("a change is expected of probabilities that follow from labels, got none")
    changes, drops = np.zeros((2, len(rows)))
    if not len(rows):
        return Effects(changes, drops)
    looked, weights = _looked_at(pool)
    thought = pool.proba[looked]
    first = thought.argmax(axis=1)
    sure = thought.max(axis=1)
    with one_thread():
        moves = _moves(pool, looked, rows)
        for place, expected in enumerate(pool.proba[rows]):
            near = np.flatnonzero(np.abs(moves[:, place]) > STILL)
            for chance, step in _surprises(expected):
                # what is thought may leave [0, 1]: cut off, certainty would seem to be lost by every answer
                after = thought[near] + moves[near, place, None] * step
                changes[place] += chance * weights[near[after.argmax(axis=1) != first[near]]].sum()
                drops[place] += chance * weights[near] @ (after.max(axis=1) - sure[near])
    return Effects(changes, drops / weights.sum())


def _looked_at(pool: Pool) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Return the rows that are looked at, shape (r,), and the items each of them stands for."""
    looked = evenly_spaced(len(pool), ROWS)
    weights = pool.weights[looked]
    return looked, weights * (pool.weights.sum() / weights.sum())


def _surprises(expected: NDArray[np.float64]) -> Iterator[tuple[float, NDArray[np.float64]]]:
    """Yield the chance of each of the likeliest answers to a row, and by how much it surprises, shape (k,)."""
    likeliest = np.argsort(-expected, kind="stable")[:ANSWERS]
    for answer in likeliest.tolist():
        step = -expected
        step[answer] += 1.0
        yield float(expected[answer] / expected[likeliest].sum()), step


def _moves(pool: Pool, looked: NDArray[np.intp], rows: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return which share of an answer's surprise each row looked at takes on, shape (r, q)."""
    space = kept(pool.features, space_of)
    seen = pool.features[pool.labelled[evenly_spaced(len(pool.labelled), LABELS)]]
    asked = pool.features[rows]
    among = likeness(seen, seen, space) / 2 + NOISE * np.eye(len(seen))
    shared = likeness(seen, asked, space) / 2
    known = np.linalg.solve(among, shared)
    # of one row with itself: a bell of 1, and its squared distance from the middle
    straight = ((asked - space.middle) ** 2).sum(axis=1, dtype=np.float64) / space.spread
    left = (1.0 + straight) / 2 - (shared * known).sum(axis=0)
    moves = np.empty((len(looked), len(rows)))
    for start in range(0, len(looked), BLOCK):
        block = pool.features[looked[start : start + BLOCK]]
        moves[start : start + BLOCK] = (likeness(block, asked, space) - likeness(block, seen, space) @ known) / 2
    return np.asarray(moves / (np.maximum(left, 0.0) + NOISE))
