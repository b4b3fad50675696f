"""What the features say about themselves before any label: whether neighbours may be trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from activelabel.learning.hubs import HUBS, hubness
from activelabel.learning.kept import kept
from activelabel.learning.neighbours import NEIGHBOURS, nearest_neighbours
from activelabel.learning.sampling import evenly_spaced

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Diagnosis", "diagnose"]

SAMPLE = 2_000
"""Rows that are looked at: near neighbours come nearer the more rows there are, and thresholds would move."""

BLURRED = 0.6
"""Contrast from which the nearest rows are hardly nearer than any others, so that they say little."""


class Diagnosis(NamedTuple):
    """Two numbers about the nearest neighbours.

    Attributes
    ----------
    hubness
        Skew of how often rows are neighbours of others; above 3 a few rows are near to everything.
    contrast
        Mean distance to the 7 nearest by the mean distance of two rows; from 0.6 on neighbours say little.
    """

    hubness: float
    contrast: float

    @property
    def trusts_neighbours(self) -> bool:
        """Whether rows that lie together probably belong together."""
        return self.hubness <= HUBS and self.contrast < BLURRED


def diagnose(features: NDArray[np.float32]) -> Diagnosis:
    """Return hubness and contrast of the features, found on 2,000 rows and remembered.

    Parameters
    ----------
    features
        Shape (n, d).

    References
    ----------
    Radovanovic, Nanopoulos, Ivanovic (2010), Hubs in Space; Beyer, Goldstein, Ramakrishnan, Shaft (1999), When Is
    "Nearest Neighbor" Meaningful?

    Examples
    --------
    >>> noise = np.random.default_rng(0).normal(size=(500, 200)).astype(np.float32)
    >>> diagnose(noise).trusts_neighbours, diagnose(noise[:, :2].copy()).trusts_neighbours
    (False, True)
    """
    return kept(features, _diagnosed)


def _diagnosed(features: NDArray[np.float32]) -> Diagnosis:
    sample = features[evenly_spaced(len(features), SAMPLE)]
    if len(sample) < 2:
        return Diagnosis(0.0, 0.0)
    distances, neighbours = nearest_neighbours(sample, NEIGHBOURS)
    # the mean over all pairs, from each row and the one half a sample away
    apart = float(np.linalg.norm(sample - np.roll(sample, len(sample) // 2, axis=0), axis=1).mean())
    return Diagnosis(hubness(neighbours), float(distances.mean()) / apart if apart > 0 else 0.0)
