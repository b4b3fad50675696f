"""The pool on paper: each item a point, near ones alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from sklearn.decomposition import PCA

from activelabel.learning.sampling import evenly_spaced
from activelabel.learning.threads import one_thread

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.records.contents import ItemRecord
    from activelabel.records.kinds import LabelKind

__all__ = ["MOST", "MappedItem", "Places", "PoolMap", "laid_out"]

MOST = 3_000
"""Points: more hide each other."""


@dataclass(frozen=True, slots=True)
class Places:
    """Some rows of the pool, laid out.

    Attributes
    ----------
    rows
        Shape (p,), ascending: who is on it.
    places
        Shape (p, 2): where, in the units of the features; 0 along an axis that the features do not have.
    spread
        Share of the variance of the features that the two axes keep, in [0, 1]; 1 where there was none to keep.
    """

    rows: NDArray[np.intp]
    places: NDArray[np.float64]
    spread: float


@dataclass(frozen=True, slots=True)
class MappedItem:
    """One point of the map, and what is known of it.

    Attributes
    ----------
    item
        What it shows.
    x, y
        Its place.
    label
        The number of its class; -1 before there is a label.
    kind
        Where the label comes from; None before there is one.
    sure
        The model's probability of that class, in [0, 1]; 0 before there is a model.
    """

    item: ItemRecord
    x: float
    y: float
    label: int
    kind: LabelKind | None
    sure: float


@dataclass(frozen=True, slots=True)
class PoolMap:
    """The points, in the order of their identity, and the share of the variance of the features that the map keeps."""

    items: tuple[MappedItem, ...]
    spread: float


def laid_out(features: NDArray[np.float32], labelled: NDArray[np.intp], most: int = MOST) -> Places:
    """Return places for the labelled rows and for an even sample of the others.

    The two directions of greatest variance are the axes. So distances on the map are distances in truth, only shorter:
    what lies apart is apart, and what lies together may not be. Layouts that pull groups apart (t-SNE, UMAP) look
    better, but their distances and gaps say little, and they take longer than all the rest of a report.

    Parameters
    ----------
    features
        Shape (n, d), n >= 1.
    labelled
        Shape (m,), ascending: rows that are kept, unless they alone are too many.
    most
        Points at most, p <= most.

    Examples
    --------
    >>> found = laid_out(np.diag([3.0, 2.0, 1.0]).astype(np.float32), np.array([2]), most=2)
    >>> found.rows.tolist(), found.places.shape, found.spread
    ([0, 2], (2, 2), 1.0)
    """
    kept = labelled[evenly_spaced(len(labelled), most)]
    others = np.setdiff1d(np.arange(len(features)), labelled)
    others = others[evenly_spaced(len(others), most - len(kept))] if len(kept) < most else others[:0]
    rows = np.union1d(kept, others)
    places = np.zeros((len(rows), 2))
    sample = features[rows].astype(np.float64)
    if not np.ptp(sample, axis=0).any():
        return Places(rows, places, 1.0)
    axes = min(2, *sample.shape)
    with one_thread():
        found = PCA(axes, svd_solver="randomized", random_state=0)
        places[:, :axes] = found.fit_transform(sample)
    return Places(rows, places, min(1.0, float(found.explained_variance_ratio_.sum())))
