"""What is learnt from, what was said about it, and what followed: the nouns of the pipeline."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from activelabel.learning.clusterers.sampled import sampled
from activelabel.learning.kept import lasting
from activelabel.learning.near_duplicates import near_duplicates, originals_of, together
from activelabel.learning.protocols import ACCURACY, Goal
from activelabel.learning.registry import find

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.learning.decision import Decision
    from activelabel.learning.protocols import Classifier, Clusterer, Clustering, Propagation
    from activelabel.records.settings import Algorithms

__all__ = ["Answers", "Ground", "Lesson", "Spread", "clusterer_of", "generator"]

ANY_CLASS = -1
CLUSTERS = 50  # where a clusterer was named without a number


@dataclass(frozen=True)
class Ground:
    """What stays the same while answers come in.

    Attributes
    ----------
    features
        Shape (n, d) float32.
    weights
        Shape (n,): items that each row stands for.
    groups
        Shape (n,): rows of equal number belong together by what the data says; None where it says nothing.
    algorithms
        What was chosen by name.
    seed
        Of all randomness.
    """

    features: NDArray[np.float32]
    weights: NDArray[np.float64]
    groups: NDArray[np.intp] | None
    algorithms: Algorithms
    seed: int

    @cached_property
    def together(self) -> NDArray[np.intp]:
        """Shape (n,): rows of equal number stay on one side of every split, being of a group or near duplicates."""
        return together(lasting(self.features, near_duplicates), self.groups)

    @cached_property
    def distinct(self) -> Ground:
        """The same with one row for each set of near duplicates, as heavy as all of them."""
        originals = originals_of(self.features)
        if originals is None:
            return self
        weights = np.bincount(originals.place, weights=self.weights).astype(np.float64)
        groups = None if self.groups is None else self.groups[originals.rows]
        return replace(self, features=originals.features, weights=weights, groups=groups)

    @cached_property
    def clustering(self) -> Clustering | None:
        """The groups of the project; None where no clusterer was named and nothing else needs one."""
        named = self.algorithms
        if named.clusterer == "default" and named.clusters is None and not named.propagator.startswith("cluster"):
            return None
        k = min(named.clusters or CLUSTERS, len(self.features))
        return clusterer_of(named)(self.features, k, generator(self.seed, "clusters"))


def _no_rows() -> NDArray[np.intp]:
    return np.empty(0, dtype=np.intp)


@dataclass(frozen=True, slots=True)
class Spread:
    """Labels that were given to whole clusters, for s rows that have no answer of their own.

    Attributes
    ----------
    rows, labels
        Shape (s,): the rows, ascending, and the number of the class of each.
    sources
        Shape (s,): which of the c cluster answers each label is from.
    bounds
        Shape (c,): the share of its rows that are of its class at least.
    speakers
        Shape (c,): the row with an answer of its own that speaks for it.
    probes
        The rows that were looked at before each of them was given: c arrays.
    """

    rows: NDArray[np.intp] = field(default_factory=_no_rows)
    labels: NDArray[np.intp] = field(default_factory=_no_rows)
    sources: NDArray[np.intp] = field(default_factory=_no_rows)
    bounds: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    speakers: NDArray[np.intp] = field(default_factory=_no_rows)
    probes: tuple[NDArray[np.intp], ...] = ()

    def take(self, kept: NDArray[np.bool_]) -> Spread:
        """Return the same with the labels that `kept`, shape (s,), says."""
        return replace(self, rows=self.rows[kept], labels=self.labels[kept], sources=self.sources[kept])

    def is_same(self, other: Spread) -> bool:
        """Say whether the other one holds the same labels, judged by the same rows."""
        mine, others = (
            (*one.probes, one.rows, one.labels, one.sources, one.bounds, one.speakers) for one in (self, other)
        )
        return len(mine) == len(others) and all(map(np.array_equal, mine, others))

    def without(self, out: NDArray[np.intp], together: NDArray[np.intp]) -> Spread:
        """Return what is left when rows are left out: neither their groups nor clusters that they helped to judge.

        Parameters
        ----------
        out
            Shape (r,).
        together
            Shape (n,): rows of equal number stay on one side of every split.
        """
        judged = np.array([bool(np.isin(probe, out).any()) for probe in self.probes], dtype=bool)
        return self.take(~(judged[self.sources] | np.isin(together[self.rows], together[out])))


@dataclass(frozen=True, slots=True)
class Answers:
    """The labels so far.

    Attributes
    ----------
    rows, labels
        Shape (m,): the labelled rows, ascending, and the number of the class of each.
    n_classes
        Classes known, seen or not.
    closed
        Shape (n,) bool: rows that are not to be asked any more.
    noise
        Share of the answers taken to be wrong, in [0, 0.5).
    hints
        Shape (k, t): what the names of the classes would be as rows (`Pool.hints`); None where names say nothing.
    goal
        What labels are to be good at.
    spread
        Labels given to whole clusters: they teach, and are not asked for; what people said is counted without them.
    within
        Shape (n,) bool: the rows of the part that is asked about; None for all.
    asked_class
        The class that rows must be predicted to be of to be asked about; -1 for any.
    """

    rows: NDArray[np.intp]
    labels: NDArray[np.intp]
    n_classes: int
    closed: NDArray[np.bool_]
    noise: float = 0.0
    hints: NDArray[np.float32] | None = None
    goal: Goal = ACCURACY
    spread: Spread = field(default_factory=Spread)
    within: NDArray[np.bool_] | None = None
    asked_class: int = ANY_CLASS

    def keeping(self, kept: NDArray[np.bool_], together: NDArray[np.intp]) -> Answers:
        """Return the answers that `kept`, shape (m,), says, with nothing that the others have had a part in.

        together, shape (n,): rows of equal number stay on one side of every split.
        """
        spread = self.spread.without(self.rows[~kept], together)
        return replace(self, rows=self.rows[kept], labels=self.labels[kept], spread=spread)

    def teach_the_same(self, other: Answers) -> bool:
        """Say whether the others hold the same labels, of one row or more, to be learnt from in the same way.

        Which rows may be asked about is no part of it, nor what the names of classes say.
        """
        if not len(self.rows) or (self.n_classes, self.noise, self.goal) != (other.n_classes, other.noise, other.goal):
            return False
        return self.spread.is_same(other.spread) and all(
            np.array_equal(one, two) for one, two in ((self.rows, other.rows), (self.labels, other.labels))
        )

    def inside(self, predicted: NDArray[np.intp] | None) -> NDArray[np.bool_]:
        """Return which rows are in the part that is asked about, answered ones too; shape (n,).

        `predicted`, shape (n,), holds the class of each row by the model; None before there is one.
        """
        found = np.ones(len(self.closed), dtype=bool) if self.within is None else self.within
        if self.asked_class == ANY_CLASS:
            return found
        return np.zeros_like(found) if predicted is None else found & (predicted == self.asked_class)


@dataclass(frozen=True)
class Lesson:
    """What the answers taught.

    Attributes
    ----------
    questions
        Shape (q,): the rows to ask next, the most worth asking first.
    strategy
        Who chose them.
    proba
        Shape (n, k): the model's probabilities; None before there is a label.
    propagation
        Where the labels reach; None before there is a label.
    model
        The fitted classifier; None before there is a label.
    decision
        How its probabilities become labels; None before there is a label.
    doubted
        Shape (n, k): the probabilities before they were smoothed, where the model has such.
    foretold
        Labelled rows, shape (m,), and what the model says of them by the other labels alone, shape (m, k); None where
        the model does not judge itself so.
    """

    questions: NDArray[np.intp]
    strategy: str
    proba: NDArray[np.float64] | None = None
    propagation: Propagation | None = None
    model: Classifier | None = None
    decision: Decision | None = None
    doubted: NDArray[np.float64] | None = None
    foretold: tuple[NDArray[np.intp], NDArray[np.float64]] | None = None

    @cached_property
    def predicted(self) -> NDArray[np.intp] | None:
        """Shape (n,): the class that each row is predicted to be of; None before there is a label."""
        return None if self.proba is None or self.decision is None else self.decision.labels(self.proba)


def clusterer_of(named: Algorithms) -> Clusterer:
    """Return who groups like rows: the clusterer that was named, on a sample where one was asked for."""
    if named.sample is None:
        return find("clusterer", named.clusterer)
    return partial(sampled, named.clusterer, named.sample)


def generator(seed: int, purpose: str, step: int = 0) -> np.random.Generator:
    """Return the generator of one purpose: adding a random step somewhere moves no other."""
    return np.random.default_rng([seed, crc32(purpose.encode()), step])
