"""The textbook's experiment on the digits, computed by this program's own stations.

Géron (2022), Hands-On Machine Learning, chapter 9: fifty labels on 1,347 handwritten digits, given to fifty random
rows, to fifty representatives of clusters, and to whole clusters or the parts of them nearest to their centre.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

from activelabel.learning.models.prediction import predict
from activelabel.learning.propagation.cluster import cluster as spread_over_clusters
from activelabel.learning.protocols import Pool
from activelabel.learning.registry import find
from activelabel.session.lessons import generator

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["FIGURES", "WHY_THEY_DIFFER", "Figure", "book"]

K = 50
CLASSES = 10
NEAREST = 20.0  # percentile
SPLIT = 42
"""The seed of the split, which the book gives."""

FIGURES = {
    "50 random labels": 0.8333,
    "50 representatives": 0.9222,
    "their labels, given to whole clusters": 0.9289,
    "their labels, given to the 20 % nearest to each centre": 0.9422,
    "how many of those propagated labels are right": 0.9897,
    "all 1,347 labels": 0.9667,
}
"""What is measured, and what the book prints: accuracy on the 450 test rows, but for the fifth."""

WHY_THEY_DIFFER = (
    "The book's fifty random rows are the first fifty of its split, so one draw of many.",
    "It fits one classifier a class (one-vs-rest); here one multinomial model is fitted, today's default.",
    "Both use the raw pixels. Its other figures follow from one k-means run; another seed gives others.",
    "Over ten k-means seeds, with ten starts each and one-vs-rest, the book's 0.922, 0.929 and 0.942 come out as"
    " 0.913, 0.928 and 0.922, each +- 0.01: the gain of the nearest 20 % over whole clusters is luck.",
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One of the six: what the book prints, and ours, one value a seed of the clusterer."""

    name: str
    published: float
    ours: tuple[float, ...]


def book(seeds: int = 10) -> list[Figure]:
    """Return the six figures; the first seed stands for the book's single run, the others show how much luck it is.

    Parameters
    ----------
    seeds
        Runs of the clusterer, 1 or more.
    """
    features, labels = load_digits(return_X_y=True)
    pool, test, known, truth = train_test_split(features.astype(np.float32), labels, random_state=SPLIT)
    runs = [_run(pool, known, test, truth, seed) for seed in range(seeds)]
    return [
        Figure(name, published, tuple(run[place] for run in runs))
        for place, (name, published) in enumerate(FIGURES.items())
    ]


def _run(
    features: NDArray[np.float32],
    known: NDArray[np.intp],
    test: NDArray[np.float32],
    truth: NDArray[np.intp],
    seed: int,
) -> list[float]:
    """Return the six figures of one run of the clusterer."""

    def accuracy(rows: NDArray[np.intp], labels: NDArray[np.intp]) -> float:
        model = find("learner", "logistic-regression")(generator(seed, "model")).fit(features[rows], labels)
        return float((predict(model, test, CLASSES).argmax(axis=1) == truth).mean())

    everyone = np.arange(len(features))
    clustering = find("clusterer", "k-means")(features, K, generator(seed, "clusters"))
    rows = np.sort(clustering.medoids)
    pool = Pool(features, rows, known[rows], CLASSES, everyone >= 0, np.ones(len(features)), clustering=clustering)
    whole = spread_over_clusters(pool, generator(seed, "propagation"))
    near = spread_over_clusters(pool, generator(seed, "propagation"), nearest=NEAREST)
    reached, labels = np.flatnonzero(near.reached), near.proba.argmax(axis=1)
    first = everyone[:K]
    return [
        accuracy(first, known[first]),
        accuracy(rows, known[rows]),
        accuracy(everyone, whole.proba.argmax(axis=1)),
        accuracy(reached, labels[reached]),
        float((labels[reached] == known[reached]).mean()),
        accuracy(everyone, known),
    ]
