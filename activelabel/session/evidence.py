"""What cards show beside an item: decided items near by, words that pull, fields that depart, what would change."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from activelabel.learning.departures import departures
from activelabel.learning.expected_change import expected_effects
from activelabel.learning.protocols import Pool
from activelabel.learning.pulls import Pull as WordPull
from activelabel.learning.pulls import WordPulls
from activelabel.learning.sampling import evenly_spaced
from activelabel.learning.suspects import Suspects, find_suspects
from activelabel.project.plan import PlannedCard
from activelabel.records.cards import Pull, Suggestion, Why
from activelabel.records.kinds import CardKind, Modality
from activelabel.records.progress import ROUND

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from activelabel.learning.expected_change import Effects
    from activelabel.project.ledger import Ledger
    from activelabel.records.contents import ColumnTable
    from activelabel.session.lessons import Answers, Ground, Lesson
    from activelabel.session.workshop import Workshop

__all__ = ["Evidence", "contradicted", "effects_of", "error_drop", "near", "second_looks", "weighed"]

EACH_SIDE = 4
"""Decided rows that are named of each contested class: three are shown, and one may be taken back."""

BESIDE = 8
"""Rows that are named whatever their class: decided ones, or asked about in the same plan and so soon decided."""

COUNTED = 20_000
"""Texts whose words are counted: of more an even sample."""

MEMBERS = 500
"""Rows a table row is compared with: an even sample of those it lies among."""

LOOKS = 20
"""Second looks in a plan: more than anyone takes before the next one."""

NOWHERE = -1  # what was answered is read from the labels, not from the contents of a plan

ALONE = -2
"""The number of the one group that all rows are in before there are clusters."""

FIELDS = 3
"""Departing fields that are put first: with more of them none stands out."""


class Evidence:
    """What can be said about the items of a workshop, and stays the same as long as the model does not matter.

    Parameters
    ----------
    workshop
        The data and its features.
    """

    def __init__(self, workshop: Workshop) -> None:
        self._workshop = workshop
        self._departs: dict[tuple[int, int], tuple[str, ...]] = {}

    def added_to(
        self,
        cards: Sequence[PlannedCard],
        rows: NDArray[np.intp],
        answers: Answers,
        lesson: Lesson,
        class_ids: Sequence[str],
        clusters: NDArray[np.intp] | None = None,
    ) -> tuple[PlannedCard, ...]:
        """Return the cards of a plan with all that can be shown beside their items.

        Parameters
        ----------
        cards, rows
            The cards, ranked ones first, and their rows, shape (q,).
        answers, lesson
            What was said, and what followed from it.
        class_ids
            The classes by number.
        clusters
            Shape (n,): the cluster of each row, among whose members a table row departs; None for one of all rows.
        """
        if not len(rows):
            return tuple(cards)
        dataset, numbers = self._workshop.dataset, {one: number for number, one in enumerate(class_ids)}
        table = dataset.table(rows)
        texts = _texts(table)
        sides = [[numbers[side] for side in card.why.contested] for card in cards]
        columns = zip(
            cards,
            near(self._workshop.ground.features, rows, answers, sides),
            self._pulls(texts, lesson, sides) if table.texts else [()] * len(rows),
            self._departing(rows, clusters) if table.modality is Modality.TABLE else [()] * len(rows),
            texts,
            strict=True,
        )
        return tuple(
            replace(
                card,
                near=tuple(dataset.unit(row) for row in company.tolist()),
                pulls=tuple(Pull(pull.word, card.why.contested[pull.side < 0]) for pull in pulls),
                departs=departs,
                length=len(text),
            )
            for card, company, pulls, departs, text in columns
        )

    def _pulls(
        self, texts: Sequence[str], lesson: Lesson, sides: Sequence[Sequence[int]]
    ) -> list[tuple[WordPull, ...]]:
        """Return the words of each text that pull to either of its two contested classes."""
        if lesson.proba is None:
            return [()] * len(sides)
        rows, words = self._words
        words.weigh(lesson.proba[rows])
        return [
            words.of(text, *contested) if len(contested) == 2 else ()
            for text, contested in zip(texts, sides, strict=True)
        ]

    @cached_property
    def _words(self) -> tuple[NDArray[np.intp], WordPulls]:
        dataset = self._workshop.dataset
        rows = evenly_spaced(dataset.n_units, COUNTED)
        return rows, WordPulls().count(_texts(dataset.table(rows)))

    def _departing(self, rows: NDArray[np.intp], clusters: NDArray[np.intp] | None) -> list[tuple[str, ...]]:
        """Return the fields in which each row departs from those of its cluster, found once a row."""
        every = np.arange(self._workshop.dataset.n_units)
        # before there are clusters all rows are one, which has no number
        homes = [ALONE] * len(rows) if clusters is None else clusters[rows].tolist()
        places = list(zip(rows.tolist(), homes, strict=True))
        fresh = [place for place in dict.fromkeys(places) if place not in self._departs]
        for group in sorted({home for _, home in fresh}):
            members = every if clusters is None else np.flatnonzero(clusters == group)
            members = members[evenly_spaced(len(members), MEMBERS)]
            asked = [row for row, home in fresh if home == group]
            table = self._workshop.dataset.table(np.concatenate([members, asked]))
            for place, row in enumerate(asked, start=len(members)):
                others = np.flatnonzero(members != row)
                self._departs[row, group] = tuple(found.name for found in departures(table, place, others)[:FIELDS])
        return [self._departs[place] for place in places]


def near(
    features: NDArray[np.float32], rows: NDArray[np.intp], answers: Answers, sides: Sequence[Sequence[int]]
) -> list[NDArray[np.intp]]:
    """Return for each of q rows those near it that are decided, or soon will be: the nearest first.

    Parameters
    ----------
    features
        Shape (n, d).
    rows
        Shape (q,): the rows that are asked about.
    answers
        What was decided.
    sides
        For each row the numbers of its contested classes: of each, four decided rows are named. Beside them stand eight
        of any class, or of none yet because they are asked about too.
    """
    candidates = np.concatenate([answers.rows, np.setdiff1d(rows, answers.rows)])
    classes = np.full(len(candidates), -1, dtype=np.intp)
    classes[: len(answers.labels)] = answers.labels
    others = features[candidates]
    half_squares = (others**2).sum(axis=1) / 2
    found = []
    for row, contested in zip(rows.tolist(), sides, strict=True):
        order = np.argsort(half_squares - others @ features[row], kind="stable")
        order = order[candidates[order] != row]
        named = [order[classes[order] == side][:EACH_SIDE] for side in contested]
        place = np.zeros(len(candidates), dtype=bool)
        place[np.concatenate([*named, order[:BESIDE]])] = True
        found.append(candidates[order[place[order]]])
    return found


def effects_of(ground: Ground, answers: Answers, lesson: Lesson) -> Effects | None:
    """Return what the answer to each question of a lesson is expected to change; None before there is a model."""
    # as the model sees it before it is smoothed
    proba = lesson.proba if lesson.doubted is None else lesson.doubted
    if proba is None or not len(answers.rows):
        return None
    labelled = (answers.rows, answers.labels, answers.n_classes, ~answers.closed, ground.weights)
    return expected_effects(Pool(ground.features, *labelled, proba=proba), lesson.questions)


def weighed(cards: Sequence[PlannedCard], effects: Effects | None) -> tuple[PlannedCard, ...]:
    """Return the cards of a lesson's questions with how much their answers are expected to change, where known."""
    if effects is None:
        return tuple(cards)
    changes = effects.changes.round(1).tolist()
    return tuple(
        replace(card, why=replace(card.why, expected_change=change))
        for card, change in zip(cards, changes, strict=True)
    )


def error_drop(effects: Effects | None) -> float | None:
    """Return by how much the share of errors that the model expects should drop with the next round of answers.

    A sum over the round's questions, so rather too much than too little; None before there is a model.
    """
    return float(effects.error_drops[:ROUND].sum()) if effects else None


def second_looks(
    workshop: Workshop, ledger: Ledger, answers: Answers, lesson: Lesson, audit: NDArray[np.intp]
) -> tuple[PlannedCard, ...]:
    """Return the labels that the others contradict most, the worst first, as cards that say what the model believes.

    The rows of the audit sample, shape (a,), are spared.
    """
    if lesson.foretold is None:
        return ()
    rows, proba = lesson.foretold
    labels = answers.labels[np.searchsorted(answers.rows, rows)]
    ids = tuple(ledger.classes)
    named = contradicted(workshop, ledger, rows, find_suspects(proba, labels), audit)
    return tuple(
        PlannedCard(
            unit,
            CardKind.SECOND_LOOK,
            NOWHERE,
            Why("second-look", (ids[labels[place]], ids[believed])),
            Suggestion(ids[believed], round(float(proba[place, believed]), 4)),
        )
        for unit, place, believed in islice(named, LOOKS)
    )


def contradicted(
    workshop: Workshop, ledger: Ledger, rows: NDArray[np.intp], suspects: Suspects, audit: NDArray[np.intp]
) -> Iterator[tuple[str, int, int]]:
    """Yield the suspects among people's answers, the worst first: the unit, its place, and the class believed in.

    Parameters
    ----------
    workshop, ledger
        The data, and what was said about it.
    rows
        Shape (m,): the rows among whose labels suspects were found.
    suspects
        By their places among those.
    audit
        Shape (a,): the rows of the audit sample, which are spared: whoever changed those that the model disbelieves
        would have it judged by itself.
    """
    spared = set(audit.tolist())
    for place, believed in zip(suspects.rows.tolist(), suspects.believed.tolist(), strict=True):
        unit = workshop.dataset.unit(int(rows[place]))
        if rows[place] not in spared and unit in ledger.answers:
            yield unit, place, believed


def _texts(table: ColumnTable) -> list[str]:
    """Return the texts of each row, joined; "" where it has none."""
    columns = [column.tolist() for column in table.texts.values()]
    return [" ".join(cells) for cells in zip(*columns, strict=True)] if columns else [""] * table.n
