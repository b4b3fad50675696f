"""The learner's side of cluster cards: one clustering a project, and what each plan says about its clusters."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from hashlib import blake2b
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from activelabel.learning.features.choose import version_of
from activelabel.project.arrays import ArrayCache
from activelabel.project.clusters import Cluster, ClusterReader, PlannedCluster, write_clusters
from activelabel.session.clusters.answers import spoken_of
from activelabel.session.clusters.nouns import AGREEING, OPEN
from activelabel.session.lessons import CLUSTERS, clusterer_of, generator
from activelabel.session.queue import chance

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from activelabel.project.layout import Layout
    from activelabel.project.ledger import Ledger
    from activelabel.project.plan import Plan, PlannedCard, PlanWriter
    from activelabel.session.lessons import Answers, Lesson
    from activelabel.session.workshop import Workshop

__all__ = ["DRAWN", "Clusters", "clusters_wanted"]

VERSION = 1  # of the clustering and its file
DRAWN = 10
"""Members drawn to judge a cluster by: all right, they bound its purity at three quarters."""

LEAST_MEMBERS = 10  # a cluster on the mean: below, answering one by one is no dearer than a probe
MOST_SAID = 3  # classes that the model names
PURE_FROM = 0.95  # share of the members of one class from which a cluster is offered
AHEAD = (20, 10, 10)
"""Ranked cards, reserve and second looks whose clusters are written out: more than are asked before the next plan."""


def clusters_wanted(named: int | None, n_classes: int, n: int) -> int:
    """Return how many clusters to find: as many as were named, else fifty, doubled up to twice the classes.

    Doubled, so that a class that is added while answering seldom asks for another clustering.

    Parameters
    ----------
    named
        By the person, None for no wish.
    n_classes, n
        Classes and rows there are.

    Examples
    --------
    >>> clusters_wanted(None, 3, 1_797), clusters_wanted(None, 77, 9_000), clusters_wanted(None, 3, 60)
    (50, 200, 6)
    """
    if named:
        return min(named, n)
    wanted = CLUSTERS
    while wanted < 2 * n_classes:
        wanted *= 2
    return max(1, min(wanted, n // LEAST_MEMBERS))


class Clusters:
    """The clusters of a project.

    Parameters
    ----------
    workshop
        The data, its features, and who groups like rows.
    layout
        Where they are kept.
    """

    def __init__(self, workshop: Workshop, layout: Layout) -> None:
        self._workshop = workshop
        self._layout = layout
        self._reader = ClusterReader(layout)
        self._key = ""
        self._labels: NDArray[np.intp] = np.empty(0, dtype=np.intp)
        self._offsets: list[int] = []
        self._shown: dict[int, tuple[str, ...]] = {}

    def is_made(self, n_classes: int) -> bool:
        """Say whether they are there, for so many classes."""
        return self._layout.clusters(self._made_from(n_classes)[0]).exists()

    def homes(self, n_classes: int) -> NDArray[np.intp] | None:
        """Return shape (n,): the cluster of each row, -1 for none; None before they were made."""
        if not self.is_made(n_classes):
            return None
        self.make(n_classes)
        return self._labels

    def make(self, n_classes: int) -> str:
        """Find them and write them down, where that was not done; return the key of the clustering."""
        key, made_from = self._made_from(n_classes)
        if key == self._key and self.is_made(n_classes):
            return key
        cache = ArrayCache(self._layout.cache)
        labels, distances = cache.get_or_make("clusters", made_from, lambda: self._found(made_from["k"]))
        self._labels = labels.astype(np.intp)
        if not self.is_made(n_classes):
            write_clusters(self._layout, key, self._described(distances))
        self._key, self._offsets, self._shown = key, self._reader.offsets(key), {}
        return key

    def added_to(self, plan: Plan, ledger: Ledger, answers: Answers, lesson: Lesson, writer: PlanWriter) -> Plan:
        """Return the plan with its clusters; as it is before they were made."""
        if not self.is_made(answers.n_classes):
            return plan
        key = self.make(answers.n_classes)
        says = self._said(lesson, tuple(ledger.classes))
        spoken = spoken_of(ledger, key)
        offered = self._pure(answers, says, tuple(ledger.classes)) - spoken
        placed = [self._placed_in(cards) for cards in (plan.cards, plan.reserve, plan.second_looks)]
        ahead = {card.cluster for cards, first in zip(placed, AHEAD, strict=True) for card in cards[:first]} - {-1}
        self._write_out(ahead | offered | spoken, writer)
        sizes = np.bincount(self._labels[self._labels >= 0], minlength=len(self._offsets)).tolist()
        clusters = tuple(
            PlannedCluster(number, sizes[number], offset, says[number], number in offered, self._at(number, writer))
            for number, offset in enumerate(self._offsets)
        )
        cards, reserve, looks = placed
        return replace(plan, cards=cards, reserve=reserve, second_looks=looks, clustering=key, clusters=clusters)

    def _made_from(self, n_classes: int) -> tuple[str, dict[str, Any]]:
        dataset, named = self._workshop.dataset, self._workshop.ground.algorithms
        made_from = {
            "fingerprint": dataset.fingerprint,
            "features": version_of(dataset.settings.modality),
            "roles": dataset.settings.roles,
            "clusterer": named.clusterer,
            "k": clusters_wanted(named.clusters, n_classes, dataset.n_units),
            "seed": self._workshop.ground.seed,
            "version": VERSION,
            # left out where there is none, so that a project keeps the clusters that were spoken of
            **({"sample": named.sample} if named.sample else {}),
        }
        return blake2b(json.dumps(made_from, default=str).encode(), digest_size=8).hexdigest(), made_from

    def _found(self, k: int) -> NDArray[np.float32]:
        """Return shape (2, n): the cluster of each row, -1 for noise, biggest first, and its distance to the middle."""
        ground = self._workshop.ground
        found = clusterer_of(ground.algorithms)(ground.features, k, generator(ground.seed, "clusters"))
        by_size = np.argsort(-found.sizes, kind="stable")
        number = np.empty(len(by_size), dtype=np.intp)
        number[by_size] = np.arange(len(by_size))
        labels = np.where(found.labels >= 0, number[found.labels], -1)
        return np.stack([labels.astype(np.float32), found.distances])

    def _described(self, distances: NDArray[np.float32]) -> Iterator[Cluster]:
        dataset, seed = self._workshop.dataset, self._workshop.ground.seed
        order = np.lexsort((distances, self._labels))
        order = order[self._labels[order] >= 0]
        starts = np.flatnonzero(np.diff(self._labels[order], prepend=-1, append=len(order)))
        for number, (start, end) in enumerate(pairwise(starts)):
            rows = order[start:end]
            members = tuple(dataset.unit(int(row)) for row in rows)
            quartiles = np.quantile(distances[rows].astype(float), (0, 0.25, 0.5, 0.75, 1)).round(4).tolist()
            yield _drawn_from(Cluster(number, members, (), (), (), tuple(quartiles)), seed)

    def _said(self, lesson: Lesson, class_ids: Sequence[str]) -> list[tuple[tuple[str, float], ...]]:
        """Return for each cluster the classes that the model takes its members to be of, with their shares."""
        n_clusters = len(self._offsets)
        if lesson.predicted is None or lesson.propagation is None:
            return [()] * n_clusters
        rows = np.flatnonzero((self._labels >= 0) & lesson.propagation.reached)
        cells = self._labels[rows] * len(class_ids) + lesson.predicted[rows]
        counts = np.bincount(cells, minlength=n_clusters * len(class_ids)).reshape(n_clusters, len(class_ids))
        sizes = np.bincount(self._labels[self._labels >= 0], minlength=n_clusters)
        best = np.argsort(-counts, axis=1, kind="stable")[:, :MOST_SAID]
        return [
            tuple((class_ids[each], round(float(counts[n, each] / sizes[n]), 4)) for each in best[n] if counts[n, each])
            for n in range(n_clusters)
        ]

    def _pure(self, answers: Answers, says: Sequence[tuple[tuple[str, float], ...]], ids: Sequence[str]) -> set[int]:
        """Return the clusters that look so pure, to the model and to people, that a label for all is worth offering."""
        n_clusters = len(says)
        given = Counter(zip(self._labels[answers.rows].tolist(), answers.labels.tolist(), strict=True))
        labelled = Counter(self._labels[answers.rows].tolist())
        asked = answers.closed.copy()
        asked[answers.spread.rows] = True
        left = np.bincount(self._labels[~asked & (self._labels >= 0)], minlength=n_clusters)
        return {
            number
            for number, said in enumerate(says)
            if said and said[0][1] >= PURE_FROM and left[number] >= OPEN
            if labelled[number] >= AGREEING and given[number, ids.index(said[0][0])] == labelled[number]
        }

    def _placed_in(self, cards: Sequence[PlannedCard]) -> tuple[PlannedCard, ...]:
        rows = (self._workshop.dataset.row_of(card.unit) for card in cards)
        return tuple(
            card if row is None else replace(card, cluster=int(self._labels[row]))
            for card, row in zip(cards, rows, strict=True)
        )

    def _write_out(self, numbers: set[int], writer: PlanWriter) -> None:
        """Write what the members show that a person may be shown of these clusters."""
        dataset = self._workshop.dataset
        for number in sorted(numbers):
            cluster = None if number in self._shown else self._reader.read(self._key, self._offsets[number])
            if cluster:
                self._shown[number] = cluster.shown
        units = [unit for number in sorted(numbers) for unit in self._shown.get(number, ())]
        rows = [dataset.row_of(unit) for unit in units if not writer.is_placed(unit)]
        if rows:
            writer.place(dataset.items(np.array([row for row in rows if row is not None], dtype=np.intp)))

    def _at(self, number: int, writer: PlanWriter) -> tuple[int, ...]:
        shown = self._shown.get(number, ())
        return tuple(writer.offset(unit) for unit in shown) if all(map(writer.is_placed, shown)) else ()


def _drawn_from(cluster: Cluster, seed: int) -> Cluster:
    """Return the cluster with the members that it is judged by: drawn by chance alone, never by the model."""

    def place(unit: str) -> float:
        return chance(seed, f"probe {cluster.number}", unit)

    drawn = sorted(cluster.members, key=place)[:DRAWN]
    core, rest = (
        sorted((unit for unit in half if unit not in drawn), key=place)[:DRAWN] for half in (cluster.core, cluster.rest)
    )
    return replace(cluster, drawn=tuple(drawn), drawn_core=tuple(core), drawn_rest=tuple(rest))
