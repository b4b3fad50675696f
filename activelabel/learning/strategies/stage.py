"""The rows among which questions are compared on the neighbour graph: all of a small pool, some of a big one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from activelabel.learning.kept import kept
from activelabel.learning.neighbours import graph_of, neighbour_graph
from activelabel.learning.propagation.kernel import DENSE_ROWS, REACHES, GraphKernel, kernels_of
from activelabel.learning.sampling import evenly_spaced

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.learning.protocols import Pool

__all__ = ["Stage", "stage_of"]

LANDMARKS = 2_000
"""Rows that stand for a pool too big for a whole kernel: what tells most about the others has to be typical anyhow."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Rows of a pool that are compared.

    Attributes
    ----------
    rows
        Shape (s,), ascending.
    kernel
        Shape (s, s): how strongly the graph joins them, by the longest reach.
    """

    rows: NDArray[np.intp]
    kernel: NDArray[np.float32]

    def places_of(self, pool: Pool) -> NDArray[np.intp]:
        """Return where on the stage the labelled rows stand, or the landmark nearest to each; ascending, distinct."""
        if len(self.rows) == len(pool):
            return pool.labelled
        marks = pool.features[self.rows]
        half_squares = (marks**2).sum(axis=1) / 2
        return np.unique((half_squares - pool.features[pool.labelled] @ marks.T).argmin(axis=1))


def stage_of(pool: Pool) -> Stage:
    """Return all rows up to 4,000, above that 2,000 of them."""
    if len(pool) > DENSE_ROWS:
        return kept(pool.features, _landmarks)
    kernel = kernels_of(graph_of(pool))[-1].dense
    assert kernel is not None  # noqa: S101 (no more rows than the kernel is dense for)
    return Stage(np.arange(len(pool)), kernel)


def _landmarks(features: NDArray[np.float32]) -> Stage:
    rows = evenly_spaced(len(features), LANDMARKS)
    kernel = GraphKernel(neighbour_graph(features[rows]), REACHES[-1]).dense
    assert kernel is not None  # noqa: S101 (landmarks are fewer than the kernel is dense for)
    return Stage(rows, kernel)
