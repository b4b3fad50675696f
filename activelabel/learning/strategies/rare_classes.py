"""Ask about what the common classes drown out: rare classes, or one that must not be missed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from activelabel.learning.decision import decision_for
from activelabel.learning.protocols import Goal
from activelabel.learning.strategies.diversity import diverse, margin_diversity
from activelabel.learning.strategies.ranking import interleaved
from activelabel.learning.strategies.uncertainty import doubts, margin_score
from activelabel.learning.strategies.unseen_classes import unseen, unseen_classes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.learning.protocols import Pool

__all__ = ["class_border", "rare_classes"]


def rare_classes(pool: Pool, q: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Ask diverse rows at the borders of the classes, those of rare classes before those of common ones.

    The doubt about a row is multiplied by the mean, over the classes it may be of, of one by the square root of the
    share that the model gives the class in the pool: a class four times as rare counts twice. Without the root, rare
    classes leave nothing for the borders of the others.

    References
    ----------
    Aggarwal, Popescu, Hudelot (2020), Active Learning for Imbalanced Datasets.
    """
    proba = doubts(pool)
    share = pool.weights @ proba / pool.weights.sum()
    rarity = proba @ np.divide(1.0, np.sqrt(share), out=np.zeros_like(share), where=share > 0)
    return diverse(pool, margin_score(proba) * rarity, q, rng)


def class_border(pool: Pool, q: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Ask diverse rows at the border of one class, drawn where its recall is worth twice its precision.

    The class is the one whose recall is the pool's goal, or where there is none the one the model thinks rarest. That
    border lies among rows that are more likely of another class: answers there find what would be missed. While the
    class has no label, every other question looks for classes that have none.

    References
    ----------
    Lewis, Gale (1994), A Sequential Algorithm for Training Text Classifiers (doubt about one class).
    """
    proba = doubts(pool)
    target = pool.goal.target
    if target is None:
        share = pool.weights @ proba
        target = int(np.where(share > 0, share, np.inf).argmin())
    if target in unseen(pool):
        return interleaved(margin_diversity(pool, q, rng), unseen_classes(pool, (q + 1) // 2, rng), every=2)[:q]
    drawn = decision_for(replace(pool, goal=Goal("recall", target)), proba).weighed(proba)
    chance = drawn[:, target] / drawn.sum(axis=1)
    return diverse(pool, 1.0 - np.abs(2.0 * chance - 1.0), q, rng)
