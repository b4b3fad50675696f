"""Ask doubted rows, one of each small group before a second of any."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from activelabel.learning.clusterers.hierarchy import agglomerative
from activelabel.learning.kept import kept
from activelabel.learning.limits import Quadratic
from activelabel.learning.strategies.ranking import completed, take_highest
from activelabel.learning.strategies.uncertainty import doubts, margin_score

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.learning.protocols import Pool

__all__ = ["cluster_margin"]

BY_GROUPS = Quadratic("cluster-margin", 20_000, "margin-diversity", seconds_a_pair=3e-8)

ROWS_A_GROUP = 10
"""Rows of a group on average: those are look-alikes, of which one answer is enough for now."""

FIRST = 10
"""Rows after which the machine is expected to have looked again."""

CANDIDATES = 10
"""Rows that a question is chosen from, as in the paper."""

LEVELS = 5


def cluster_margin(pool: Pool, q: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Ask, of the rows whose two likeliest classes are closest, one of each small group in turn, smallest groups first.

    Groups, ten rows each on average, are made once, by joining neighbours. The first 10 questions come from the 100
    smallest margins; then both double.

    Raises
    ------
    LearningError
        Above 20,000 rows.

    References
    ----------
    Citovsky, DeSalvo, Gentile, Karydas, Rajagopalan, Rostamizadeh, Kumar (2021), Batch Active Learning at Scale.
    """
    BY_GROUPS.check(len(pool))
    order = take_highest(margin_score(doubts(pool)), pool.askable, len(pool), rng)
    groups = kept(pool.features, _small_groups)
    chosen = np.empty(0, dtype=np.intp)
    for level in range(LEVELS):
        wanted = min(q, FIRST * 2**level)
        candidates = order[: CANDIDATES * wanted]
        candidates = candidates[~np.isin(candidates, chosen)]
        chosen = np.concatenate([chosen, candidates[_in_turns(groups[candidates])][: wanted - len(chosen)]])
    return completed(chosen, pool.askable, q, rng, order)


def _small_groups(features: NDArray[np.float32]) -> NDArray[np.intp]:
    # nothing in it is random: the generator is for form's sake
    return agglomerative(features, max(len(features) // ROWS_A_GROUP, 1), np.random.default_rng(0)).labels


def _in_turns(groups: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return an order in which each group has its first place before any has its second, small groups first."""
    _, codes, sizes = np.unique(groups, return_inverse=True, return_counts=True)
    by_group = np.argsort(codes, kind="stable")
    turns = np.empty(len(groups), dtype=np.intp)
    turns[by_group] = np.arange(len(groups)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return np.lexsort((sizes[codes], turns))
