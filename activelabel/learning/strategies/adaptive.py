"""The default: look around first, then ask at the borders."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from activelabel.learning.strategies.representative import nested_representatives
from activelabel.learning.strategies.uncertainty import margin

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.learning.protocols import Pool

__all__ = ["adaptive", "still_looking_around"]

FIRST = 10
"""Labels before any border between classes is worth asking about."""


def adaptive(pool: Pool, q: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Ask representatives until the classes are known, then the rows whose two likeliest classes are closest.

    References
    ----------
    Settles (2012), Active Learning, chapters 2 and 5.
    """
    if pool.proba is None or still_looking_around(pool):
        missing = max(FIRST, 2 * pool.n_classes) - len(pool.labelled)
        return nested_representatives(pool, q, rng, first=max(missing, FIRST))
    return margin(pool, q, rng)


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
