"""Rows drawn at random: the line that every other strategy must beat."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from activelabel.learning.strategies.ranking import take_highest

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.learning.protocols import Pool

__all__ = ["uniform"]


def uniform(pool: Pool, q: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Ask rows drawn without replacement, all equally likely."""
    return take_highest(np.zeros(len(pool)), pool.askable, q, rng)
