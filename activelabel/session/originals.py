"""Near duplicates are learnt from once: how answers are gathered at their originals, and lessons spread from there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from activelabel.learning.propagation.lineage import one_hot
from activelabel.learning.protocols import Propagation
from activelabel.session.clusters.spreading import spread_at

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.learning.near_duplicates import Originals
    from activelabel.session.lessons import Answers, Lesson

__all__ = ["asked_rows", "gathered_at", "speakers_of", "spread_from"]


def speakers_of(originals: Originals, answers: Answers) -> NDArray[np.intp]:
    """Return which answers speak: of each original with an answered near duplicate one, in the order of the originals.

    That is the one most of them agree with, and among equals that of the first row. An original that was answered
    has no more say than the others: whose label is wrong is not known.
    """
    group = originals.place[answers.rows]
    _, alike, votes = np.unique(group * answers.n_classes + answers.labels, return_inverse=True, return_counts=True)
    order = np.lexsort((answers.rows, -votes[alike], group))
    return order[np.unique(group[order], return_index=True)[1]]


def gathered_at(originals: Originals, answers: Answers, speakers: NDArray[np.intp]) -> Answers:
    """Return the answers as answers to the originals; one is closed with the first answer in its group.

    It is within the part that is asked about with the first of its group that is.
    """
    closed, within = np.zeros((2, len(originals.rows)), dtype=bool)
    closed[originals.place[answers.closed]] = True
    if answers.within is not None:
        within[originals.place[answers.within]] = True
    rows = originals.place[answers.rows[speakers]]
    return replace(
        answers,
        rows=rows,
        labels=answers.labels[speakers],
        closed=closed,
        within=None if answers.within is None else within,
        spread=spread_at(originals, answers.spread, rows),
    )


def spread_from(originals: Originals, lesson: Lesson, answers: Answers, speakers: NDArray[np.intp]) -> Lesson:
    """Return what was learnt about the originals as learnt about all rows.

    A near duplicate shares what is predicted and propagated to its original, and names the answered row of its group,
    if there is one, as the source; an answered row keeps its own answer. That answer is not certain for the others: it
    and the model speak for them with one voice each, so that it holds, as surely as the model agrees.
    """
    questions = asked_rows(originals, answers)[lesson.questions]
    if lesson.proba is None or lesson.propagation is None:
        return replace(lesson, questions=questions)
    found = lesson.propagation
    said = np.full(len(originals.rows), -1, dtype=np.intp)
    said[originals.place[answers.rows[speakers]]] = answers.rows[speakers]
    spoken, answered = found.proba.copy(), said >= 0
    spoken[answered] = (found.proba[answered] + lesson.proba[answered]) / 2
    proba = spoken[originals.place]
    proba[answers.rows] = one_hot(answers.labels, answers.n_classes)
    sources = np.where(found.sources >= 0, said[found.sources], -1)[originals.place]
    sources[answers.rows] = answers.rows
    propagation = Propagation(proba, found.reached[originals.place], sources)
    return replace(
        lesson,
        questions=questions,
        proba=lesson.proba[originals.place],
        propagation=propagation,
        doubted=None if lesson.doubted is None else lesson.doubted[originals.place],
        foretold=None if lesson.foretold is None else (answers.rows[speakers], lesson.foretold[1]),
    )


def asked_rows(originals: Originals, answers: Answers) -> NDArray[np.intp]:
    """Return the row that is asked for each original: itself, or the first of its group within the part asked about."""
    if answers.within is None:
        return originals.rows
    rows = originals.rows.copy()
    inside = np.flatnonzero(answers.within)[::-1]
    rows[originals.place[inside]] = inside
    return rows
