"""The default: look around first, then ask at the borders."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from activelabel.learning.diagnostics import diagnose
from activelabel.learning.strategies.diversity import margin_diversity
from activelabel.learning.strategies.optimal_design import sigma_optimality
from activelabel.learning.strategies.representative import nested_representatives

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.learning.protocols import Pool

__all__ = ["adaptive", "classes_keep_appearing", "still_looking_around"]

FIRST = 10
"""Labels before any border between classes is worth asking about."""

ENOUGH = 20
"""Labels from which the classes seen once say something about those not seen."""

HALF = 0.5
"""Chance that the next random label is of a new class from which it pays to go on looking around."""


def adaptive(pool: Pool, q: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Ask what tells most about the pool until the classes are known, then diverse rows at their borders.

    The first rows are chosen on the neighbour graph where neighbours may be trusted, and as representatives
    elsewhere. While every other label is of a class not seen before, representatives go on.

    References
    ----------
    Ma, Garnett, Schneider (2013) (first rows); Good (1953), The Population Frequencies of Species (classes to come);
    Zhdanov (2019) (borders).
    """
    if pool.proba is None or still_looking_around(pool):
        if diagnose(pool.features).trusts_neighbours:
            return sigma_optimality(pool, q, rng)
        return nested_representatives(pool, q, rng)
    if classes_keep_appearing(pool.labels):
        return nested_representatives(pool, q, rng)
    return margin_diversity(pool, q, rng)


def still_looking_around(pool: Pool) -> bool:
    """Return whether the pool has to be explored before borders are worth asking about.

    So it is below 10 labels, and below twice as many labels as classes while a class has none.

    Examples
    --------
    >>> from activelabel.learning.protocols import Pool
    >>> rows = np.arange(12)
    >>> everything = np.ones(12, dtype=bool)
    >>> pool = Pool(np.zeros((12, 1), np.float32), rows, rows % 2, 2, everything, np.ones(12))
    >>> still_looking_around(pool)
    False
    """
    labels = len(pool.labelled)
    unseen = pool.n_classes - len(np.unique(pool.labels))
    return labels < FIRST or (unseen > 0 and labels < 2 * pool.n_classes)


def classes_keep_appearing(labels: NDArray[np.intp]) -> bool:
    """Return whether, after 20 labels, every other further one would be of a new class.

    The chance is estimated by the share of labels whose class was seen once.

    References
    ----------
    Good (1953), The Population Frequencies of Species and the Estimation of Population Parameters.

    Examples
    --------
    >>> classes_keep_appearing(np.arange(20)), classes_keep_appearing(np.arange(20) // 2)
    (True, False)
    """
    once = int((np.bincount(labels) == 1).sum())
    return len(labels) >= ENOUGH and once > HALF * len(labels)
