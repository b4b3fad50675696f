"""The default: look around, ask what stands for doubts, then at borders, with an eye open for missing classes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from activelabel.learning.diagnostics import diagnose
from activelabel.learning.strategies.diversity import margin_diversity
from activelabel.learning.strategies.graph_herding import graph_herding
from activelabel.learning.strategies.optimal_design import sigma_optimality
from activelabel.learning.strategies.ranking import interleaved
from activelabel.learning.strategies.rare_classes import class_border, rare_classes
from activelabel.learning.strategies.representative import nested_representatives
from activelabel.learning.strategies.unseen_classes import have_a_clue, unseen, unseen_classes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.learning.protocols import Pool

__all__ = ["adaptive", "chance_of_unseen", "classes_keep_appearing", "may_be_found", "still_looking_around"]

FIRST = 10
"""Labels before what a model says of the pool is worth asking about."""

ENOUGH = 20
"""Labels from which the classes seen once say something about those not seen."""

HALF = 0.5
"""Chance that the next random label is of a new class from which it pays to go on looking around."""

FEW = 10
"""Labels a class below which questions stand for the doubts around them: as many as open a project."""

SEARCH = 5
"""One question in five looks for listed classes that have no label, where something points at them: as many as audit,
seldom enough that the borders do not wait for a class that may not be there."""

WORTH = 0.1
"""Chance that a question finds a class below which nothing is looked for: ten questions for one class are too dear."""

BORDERS = {"accuracy": margin_diversity, "macro-f1": rare_classes, "recall": class_border}
"""What is asked once the classes are known, by the goal that it serves."""


def adaptive(pool: Pool, q: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Ask what tells most about the pool, then what stands for most doubt, then diverse rows at the borders.

    The first ten rows are chosen on the neighbour graph where neighbours may be trusted, and as representatives
    elsewhere. As long as a class has few labels, margins say more of the model than of the rows: then doubt is worth
    asking about where there is much of it. While every other label is of a class not seen before, representatives are
    asked. While a listed class has no label, may still be found and has left a clue, one question in five looks for it.

    References
    ----------
    Ma, Garnett, Schneider (2013) (first rows); Good (1953), The Population Frequencies of Species (classes to come);
    Bae, Noh, Choi, Sutherland (2025) (doubt, while labels are few); Hacohen, Dekel, Weinshall (2022), Active Learning
    on a Budget: Opposite Strategies Suit High and Low Budgets; Zhdanov (2019) (borders).
    """
    if pool.proba is None or len(pool.labelled) < FIRST:
        if diagnose(pool.features).trusts_neighbours:
            return sigma_optimality(pool, q, rng)
        return nested_representatives(pool, q, rng)
    if still_looking_around(pool):
        return graph_herding(pool, q, rng)
    asked = _asked(pool, q, rng)
    if may_be_found(pool) and have_a_clue(pool):
        return interleaved(asked, unseen_classes(pool, -(-q // SEARCH), rng), SEARCH)[:q]
    return asked


def _asked(pool: Pool, q: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Return what is asked beside the questions that look for a class."""
    if classes_keep_appearing(pool.labels):
        return nested_representatives(pool, q, rng)
    if pool.goal.measure == "accuracy" and len(pool.labelled) < FEW * pool.n_classes:
        return graph_herding(pool, q, rng)
    return BORDERS[pool.goal.measure](pool, q, rng)


def still_looking_around(pool: Pool) -> bool:
    """Return whether the pool has to be explored before borders are worth asking about.

    So it is below 10 labels, and below twice as many labels as classes while a class has none.

    Examples
    --------
    >>> from activelabel.learning.protocols import Pool
    >>> rows = np.arange(12)
    >>> everything = np.ones(12, dtype=bool)
    >>> pool = Pool(np.zeros((12, 1), np.float32), rows, rows % 2, 2, everything, np.ones(12))
    >>> still_looking_around(pool)
    False
    """
    labels = len(pool.labelled)
    return labels < FIRST or (len(unseen(pool)) > 0 and labels < 2 * pool.n_classes)


def may_be_found(pool: Pool) -> bool:
    """Return whether a listed class has no label and a question that looks for it has a chance of one in ten.

    Since the first questions, one in five has looked; the chance is the share of classes seen once among those, with
    one of two added beforehand. So a class that is not in the data costs eight questions at most.

    References
    ----------
    Good (1953), as below; Laplace (1774), for the one of two.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from activelabel.learning.protocols import Pool
    >>> rows = np.arange(60)
    >>> everything = np.ones(60, dtype=bool)
    >>> pool = Pool(np.zeros((60, 1), np.float32), rows, rows % 2, 3, everything, np.ones(60))
    >>> [may_be_found(replace(pool, labelled=rows[:m], labels=rows[:m] % 2)) for m in (10, 40, 60)]
    [True, True, False]
    """
    looked = max(len(pool.labelled) - max(FIRST, 2 * pool.n_classes), 0) / SEARCH
    return len(unseen(pool)) > 0 and _once(pool.labels) + 1 >= WORTH * (looked + 2)


def classes_keep_appearing(labels: NDArray[np.intp]) -> bool:
    """Return whether, after 20 labels, every other further one would be of a new class.

    The chance is estimated by the share of labels whose class was seen once.

    References
    ----------
    Good (1953), The Population Frequencies of Species and the Estimation of Population Parameters.

    Examples
    --------
    >>> classes_keep_appearing(np.arange(20)), classes_keep_appearing(np.arange(20) // 2)
    (True, False)
    """
    return len(labels) >= ENOUGH and _once(labels) > HALF * len(labels)


def chance_of_unseen(labels: NDArray[np.intp], n_classes: int) -> float:
    """Return the chance that a row is of a listed class that has no label yet; 0 when each has one.

    It is the share of labels whose class was seen once, one label of a class seen twice added beforehand.

    References
    ----------
    Good (1953), as above.

    Examples
    --------
    >>> chance_of_unseen(np.array([0, 1, 1]), 3), chance_of_unseen(np.array([0, 1, 1]), 2)
    (0.25, 0.0)
    """
    return _once(labels) / (len(labels) + 1) if len(np.unique(labels)) < n_classes else 0.0


def _once(labels: NDArray[np.intp]) -> int:
    """Return how many classes have one label."""
    return int((np.bincount(labels) == 1).sum())
