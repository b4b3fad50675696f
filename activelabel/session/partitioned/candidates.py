"""Rows that a model is least sure of, as the parts of a pool give them: few, from all over, whoever looked where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from activelabel.learning.protocols import Pool
from activelabel.learning.strategies.diversity import diverse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["Candidates", "best_of"]

FROM_A_CLUSTER = 20
"""Rows that one cluster may give: without a bound, the doubt between two classes would fill the list."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Some rows of a pool, c of them.

    Attributes
    ----------
    rows
        All columns, as read.
    units
        Shape (c,): the hash of each.
    margins
        Shape (c,): how close its two likeliest classes are.
    clusters
        Shape (c,): the cluster of the working set that it is nearest to.
    vectors
        Shape (c, d) float32: its features.
    chunks
        Shape (c,): the part of the pool that it was found in.
    """

    rows: pa.Table
    units: NDArray[np.bytes_]
    margins: NDArray[np.float64]
    clusters: NDArray[np.intp]
    vectors: NDArray[np.float32]
    chunks: NDArray[np.str_]

    def take(self, places: NDArray[Any]) -> Candidates:
        """Return those at these places, in this order."""
        arrays = (self.units, self.margins, self.clusters, self.vectors, self.chunks)
        return Candidates(self.rows.take(pa.array(places)), *(each[places] for each in arrays))

    def best(self, places: NDArray[np.intp]) -> Candidates:
        """Return those at some places whose margins are the closest of their cluster, of equal ones the first by hash.

        Of several with the same content one is left.
        """
        by_content = places[np.lexsort((self.chunks[places], self.units[places]))]
        _, first = np.unique(self.units[by_content], return_index=True)
        distinct = by_content[first]
        order = distinct[np.lexsort((self.units[distinct], -self.margins[distinct], self.clusters[distinct]))]
        clusters = self.clusters[order]
        rank = np.arange(len(order)) - np.searchsorted(clusters, clusters)
        return self.take(order[rank < FROM_A_CLUSTER])

    def diverse(self, q: int, rng: np.random.Generator) -> Candidates:
        """Return q of them, or all, that are in doubt and differ from each other."""
        everywhere = Pool(
            features=self.vectors,
            labelled=np.empty(0, dtype=np.intp),
            labels=np.empty(0, dtype=np.intp),
            n_classes=0,
            askable=np.ones(len(self.units), dtype=bool),
            weights=np.ones(len(self.units)),
        )
        return self.take(diverse(everywhere, self.margins, q, rng))


def best_of(found: Sequence[Candidates]) -> Candidates:
    """Return the best of each cluster among the rows of all.

    The best of some and the best of the rest have among them the best of all, in whatever order they come.
    """
    names = ("units", "margins", "clusters", "vectors", "chunks")
    arrays = (np.concatenate([getattr(each, name) for each in found]) for name in names)
    every = Candidates(pa.concat_tables([each.rows for each in found]), *arrays)
    return every.best(np.arange(len(every.units)))
