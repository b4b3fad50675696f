"""Groups that few paths of the neighbour graph leave."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.cluster import SpectralClustering

from activelabel.learning.clusterers.grouping import grouped, possible_groups
from activelabel.learning.kept import kept
from activelabel.learning.limits import Quadratic
from activelabel.learning.neighbours import neighbour_graph
from activelabel.learning.threads import one_thread

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.learning.protocols import Clustering

__all__ = ["spectral"]

BY_CUTS = Quadratic("spectral", 20_000, "mini-batch-k-means, or --sample 20000", seconds_a_pair=1.3e-8)


def spectral(features: NDArray[np.float32], k: int, rng: np.random.Generator) -> Clustering:
    """Return the groups into which the neighbour graph falls when as little of its weight as possible is cut.

    Rows are placed by the k smoothest functions on the graph, and each belongs to the one of k directions, found by
    pivoting, that it points to most.

    Parameters
    ----------
    features
        Shape (n, d), n >= 1.
    k
        Groups at most.
    rng
        Starts the search for the functions; the groups hardly depend on it.

    Raises
    ------
    LearningError
        Above 20,000 rows.

    References
    ----------
    Shi, Malik (2000), Normalized Cuts and Image Segmentation; Damle, Minden, Ying (2019), Simple, Direct and Efficient
    Multi-way Spectral Clustering (pivoting).

    Examples
    --------
    >>> rows = np.array([[0.0], [0.1], [0.3], [9.0], [9.2]], dtype=np.float32)
    >>> sorted(spectral(rows, 2, np.random.default_rng(0)).sizes.tolist())
    [2, 3]
    """
    BY_CUTS.check(len(features))
    k = possible_groups(features, k)
    if k == 1:
        return grouped(features, np.zeros(len(features), dtype=np.intp))
    if k == len(features):
        return grouped(features, np.arange(k))
    model = SpectralClustering(
        k, affinity="precomputed", assign_labels="cluster_qr", random_state=int(rng.integers(2**31))
    )
    with one_thread(), warnings.catch_warnings():
        # a graph in several parts is cut there first, which costs nothing
        warnings.simplefilter("ignore", UserWarning)
        labels = model.fit(csr_matrix(kept(features, neighbour_graph), dtype=np.float64)).labels_
    return grouped(features, labels.astype(np.intp))
