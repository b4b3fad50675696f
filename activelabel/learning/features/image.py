"""Pictures as small grey pixels and as the directions of their edges."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np
from scipy.ndimage import zoom
from skimage.feature import hog

from activelabel.learning.features.projection import Projection

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.records.contents import ColumnTable

__all__ = ["ImageFeaturizer", "edge_directions", "grey", "shrunk"]

SIDE = 32
"""Longest side that is looked at; a thumbnail of this size still shows what most pictures are of."""

SMALLEST = 4
"""Shortest side that is large enough to have edges."""

EDGE_SIDE = 16
"""Pictures with a shorter side below this are enlarged first: between 8 pixels a gradient is hardly a direction."""

CELL = 4
DIRECTIONS = 8

PIXEL_SIDE = 8
"""Shorter side at which pixels say as much as edges; at four times this they say a quarter as much."""

LUMA = np.array([0.299, 0.587, 0.114], dtype=np.float32)
"""How bright red, green and blue look (ITU-R BT.601)."""

SAMPLE = 20_000
BLOCK = 2048
"""Pictures at a time: their edges take many times the room of their pixels."""


class ImageFeaturizer:
    """Pixels beside histograms of oriented gradients, the smaller the picture the more the pixels; on 60 axes.

    Pictures smaller than 4 x 4 have no edges, only pixels. Beside the features, only a sample of 20,000 pictures is
    held in memory at once.

    References
    ----------
    Dalal, Triggs (2005), Histograms of Oriented Gradients for Human Detection.

    Examples
    --------
    >>> from activelabel.records.contents import ColumnTable
    >>> from activelabel.records.kinds import Modality
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
        starts = range(0, table.n, BLOCK)
        blocks = (self._scaled(_views(grey(table, slice(start, start + BLOCK)))) for start in starts)
        return np.concatenate([self._projection.transform(block) for block in blocks])

    def fit_transform(self, table: ColumnTable, rng: np.random.Generator) -> NDArray[np.float32]:
        """Fit, and return the features of the same pictures."""
        sample = self._learn(table, rng)
        return self._projection.transform(sample) if len(sample) == table.n else self.transform(table)

    def _learn(self, table: ColumnTable, rng: np.random.Generator) -> NDArray[np.float32]:
        """Fit; return the sample that was learnt from, scaled and not yet projected."""
        views = _views(grey(table, slice(SAMPLE)))
        self._scales = [(float(view.mean()), _spread(view) / weight) for view, weight in views]
        sample = self._scaled(views)
        self._projection = Projection().fit(sample, rng)
        return sample

    def _scaled(self, views: list[_View]) -> NDArray[np.float32]:
        scaled = [(view - mean) / spread for (view, _), (mean, spread) in zip(views, self._scales, strict=True)]
        return np.concatenate(scaled, axis=1, dtype=np.float32)


class _View(NamedTuple):
    """Numbers seen in n pictures, shape (n, d), and how much they say."""

    numbers: NDArray[np.float32]
    weight: float


def _views(pictures: NDArray[np.float32]) -> list[_View]:
    """Return the pixels, and the edges where there is room for them."""
    pictures = shrunk(pictures)
    side = min(pictures.shape[1:])
    pixels = _View(pictures.reshape(len(pictures), -1), min(1.0, PIXEL_SIDE / side))
    return [pixels, _View(edge_directions(pictures), 1.0)] if side >= SMALLEST else [pixels]


def _spread(view: NDArray[np.float32]) -> float:
    """Return the root of the total variance, 1 where all pictures are alike."""
    return float(np.sqrt(view.var(axis=0, dtype=np.float64).sum())) or 1.0


def grey(table: ColumnTable, rows: slice) -> NDArray[np.float32]:
    """Return the brightness of some pictures, shape (n, h, w); a missing pixel is 0.

    Raises
    ------
    ValueError
        If the table has neither pictures nor pixels.
    """
    if table.images is not None:
        pictures = table.images[rows].astype(np.float32)
        return pictures if pictures.ndim == 3 else np.asarray(pictures @ LUMA)
    if table.pixels is None:
        raise ValueError("pictures are needed: the table has neither images nor pixels")
    return np.nan_to_num(table.numbers[rows], posinf=0.0, neginf=0.0).reshape(-1, *table.pixels)


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
    return np.asarray(np.maximum(overlap, 0) * after / before, dtype=np.float32)


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
    times = -(-EDGE_SIDE // min(pictures.shape[1:]))
    if times > 1:
        pictures = zoom(pictures, (1, times, times), order=1)
    blocks = [hog(picture, DIRECTIONS, (CELL, CELL), (2, 2), block_norm="L2") for picture in pictures]
    # the square root keeps one strong edge from hiding many weak ones
    return np.asarray(np.sqrt(np.array(blocks, dtype=np.float32)))
