"""Pictures as small grey pixels and as the directions of their edges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import numpy as np
from skimage.feature import hog

from activelabel.learning.features.projection import Projection

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.records import ColumnTable

__all__ = ["ImageFeaturizer", "edge_directions", "grey", "shrunk"]

SIDE = 32
"""Longest side that is looked at; a thumbnail of this size still shows what most pictures are of."""

SMALLEST = 4
"""Shortest side with room for a block of 2 x 2 cells."""

DIRECTIONS = 8
CELLS = 7
"""Cells along the shorter side."""

LUMA = np.array([0.299, 0.587, 0.114], dtype=np.float32)
"""How bright red, green and blue look (ITU-R BT.601)."""

BLOCK = 2048


class ImageFeaturizer:
    """Pixels on one scale beside histograms of oriented gradients, projected onto 60 axes.

    Pictures smaller than 4 x 4 have no directions, only pixels.

    References
    ----------
    Dalal, Triggs (2005), Histograms of Oriented Gradients for Human Detection.

    Examples
    --------
    >>> from activelabel.records import ColumnTable, Modality
    >>> bars = np.zeros((4, 8, 8), dtype=np.uint8)
    >>> bars[:2, :, 3], bars[2:, 3, :] = 255, 255
    >>> table = ColumnTable(Modality.IMAGE, 4, (), np.empty((4, 0), np.float32), images=bars)
    >>> features = ImageFeaturizer().fit_transform(table, np.random.default_rng(0))
    >>> bool(np.linalg.norm(features[0] - features[1]) < np.linalg.norm(features[0] - features[2]))
    True
    """

    version = "image-1"

    def __init__(self) -> None:
        self._scales: list[tuple[float, float]] = []
        self._projection = Projection()

    def fit(self, table: ColumnTable, rng: np.random.Generator) -> Self:
        """Learn scales and axes from n >= 1 pictures of one size."""
        self._learn(table, rng)
        return self

    def transform(self, table: ColumnTable) -> NDArray[np.float32]:
        """Return shape (n, at most 60)."""
        return self._projection.transform(self._scaled(_views(table)))

    def fit_transform(self, table: ColumnTable, rng: np.random.Generator) -> NDArray[np.float32]:
        """Fit, and return the features of the same pictures."""
        columns = self._learn(table, rng)
        return self._projection.transform(columns)

    def _learn(self, table: ColumnTable, rng: np.random.Generator) -> NDArray[np.float32]:
        views = _views(table)
        self._scales = [
            (float(view.mean(dtype=np.float64)), float(view.std(dtype=np.float64)) or 1.0) for view in views
        ]
        columns = self._scaled(views)
        self._projection = Projection().fit(columns, rng)
        return columns

    def _scaled(self, views: list[NDArray[np.float32]]) -> NDArray[np.float32]:
        scaled = [(view - mean) / spread for view, (mean, spread) in zip(views, self._scales, strict=True)]
        return np.concatenate(scaled, axis=1).astype(np.float32)


def _views(table: ColumnTable) -> list[NDArray[np.float32]]:
    """Return what is seen of n pictures: pixels (n, h w), and edge directions where there is room for them."""
    pictures = shrunk(grey(table))
    pixels = pictures.reshape(table.n, -1)
    return [pixels, edge_directions(pictures)] if min(pictures.shape[1:]) >= SMALLEST else [pixels]


def grey(table: ColumnTable) -> NDArray[np.float32]:
    """Return the brightness of n pictures, shape (n, h, w); a missing pixel is 0.

    Raises
    ------
    ValueError
        If the table has neither pictures nor pixels.
    """
    if table.images is not None:
        pictures = table.images.astype(np.float32)
        return pictures if pictures.ndim == 3 else np.asarray(pictures @ LUMA)
    if table.pixels is None:
        raise ValueError("pictures are needed: the table has neither images nor pixels")
    return np.nan_to_num(table.numbers, posinf=0.0, neginf=0.0).reshape(table.n, *table.pixels)


def shrunk(pictures: NDArray[np.float32], side: int = SIDE) -> NDArray[np.float32]:
    """Return pictures (n, h, w) with their longer side at most `side`, each new pixel the mean of what it covers.

    Examples
    --------
    >>> shrunk(np.array([[[0.0, 2.0, 4.0, 6.0]]], dtype=np.float32), side=2).tolist()
    [[[1.0, 5.0]]]
    """
    _, height, width = pictures.shape
    if max(height, width) <= side:
        return pictures
    share = side / max(height, width)
    rows = _averages(height, max(1, round(height * share)))
    columns = _averages(width, max(1, round(width * share)))
    return np.asarray(rows @ pictures @ columns.T)


def _averages(before: int, after: int) -> NDArray[np.float32]:
    """Return shape (after, before): the share of each old pixel in each new one."""
    edges = np.linspace(0, before, after + 1)
    starts = np.arange(before)
    overlap = np.minimum(edges[1:, None], starts + 1) - np.maximum(edges[:-1, None], starts)
    return (np.maximum(overlap, 0) * after / before).astype(np.float32)


def edge_directions(pictures: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return histograms of oriented gradients: square roots of shares in blocks of 2 x 2 cells.

    Parameters
    ----------
    pictures
        Shape (n, h, w), h and w at least 4.

    Returns
    -------
    NDArray[np.float32]
        Shape (n, blocks x 4 cells x 8 directions).
    """
    cell = max(2, min(pictures.shape[1:]) // CELLS)
    # the square root keeps one strong edge from hiding many weak ones
    return np.sqrt(
        [hog(picture, DIRECTIONS, (cell, cell), (2, 2), block_norm="L2").astype(np.float32) for picture in pictures]
    )
