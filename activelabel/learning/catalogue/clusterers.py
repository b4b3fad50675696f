"""Who groups like rows."""

from __future__ import annotations

from activelabel.learning.catalogue.entry import Entry

__all__ = ["CLUSTERERS"]

CLUSTERERS: dict[str, Entry] = {
    "default": Entry(
        "clusterers.kmeans:by_size",
        "k-means, from 20,001 rows on in mini-batches",
        "no reason to choose",
        "O(n k d) a pass",
        "as k-means and mini-batch-k-means",
    ),
    "k-means": Entry(
        "clusterers.kmeans:k_means",
        "groups around centres, every row in every pass",
        "up to some 20,000 rows",
        "O(n k d) a pass, up to 300 passes",
        "Lloyd 1982; Arthur, Vassilvitskii 2007 (k-means++)",
    ),
    "mini-batch-k-means": Entry(
        "clusterers.kmeans:mini_batch_k_means",
        "groups around centres, 10,000 rows at a time",
        "big pools; a little rougher than k-means",
        "O(n k d) once, and batches of 10,000",
        "Sculley 2010",
    ),
    "dbscan": Entry(
        "clusterers.density:dbscan",
        "rows joined by chains of rows that have three others near; what lies alone is noise",
        "odd rows are to stand out; groups of like density",
        "O(n^2 d) five times, up to 20,000 rows",
        "Ester, Kriegel, Sander, Xu 1996",
    ),
    "hdbscan": Entry(
        "clusterers.density:hdbscan",
        "the groups that last longest while what counts as near grows; what lies alone is noise",
        "odd rows are to stand out; groups of any density",
        "O(n^2 d), up to 20,000 rows",
        "Campello, Moulavi, Sander 2013",
    ),
    "agglomerative": Entry(
        "clusterers.hierarchy:agglomerative",
        "neighbouring groups joined, those first that become least wide",
        "groups of unlike size; purer than k-means on digits",
        "the graph, then O(n log n) where it holds together; up to 20,000 rows",
        "Ward 1963",
    ),
    "birch": Entry(
        "clusterers.hierarchy:birch",
        "rows gathered into small crowds in one pass, and the crowds joined",
        "big pools; a little rougher than k-means",
        "O(n d) a pass, then O(2,000^2)",
        "Zhang, Ramakrishnan, Livny 1996",
    ),
    "mean-shift": Entry(
        "clusterers.exemplars:mean_shift",
        "groups around the peaks of density that 300 rows climb to",
        "few groups in few features; in many features it misses groups",
        "O(300 n d) a step, on 20,000 rows, then a pass over all",
        "Comaniciu, Meer 2002",
    ),
    "affinity-propagation": Entry(
        "clusterers.exemplars:affinity_propagation",
        "groups around rows that the others agree on by messages",
        "small pools of which typical rows are wanted",
        "O(n^2) two hundred times, up to 4,000 rows",
        "Frey, Dueck 2007",
    ),
    "spectral": Entry(
        "clusterers.spectral:spectral",
        "the parts into which the neighbour graph falls when least of it is cut",
        "groups that are bent but joined within; purer than k-means on digits",
        "the graph, then its k smoothest functions; up to 20,000 rows",
        "Shi, Malik 2000; Damle, Minden, Ying 2019",
    ),
    "gaussian-mixture": Entry(
        "clusterers.gaussian:gaussian_mixture",
        "clouds that rows belong to by degrees; number and shape by the Bayesian information criterion",
        "groups that overlap; memberships for mixture-responsibilities",
        "O(n k d^2) a pass, on 10,000 rows, for each number and shape",
        "Dempster, Laird, Rubin 1977; Fraley, Raftery 2002",
    ),
}
