"""The pool as a map: where each item lies, which class it is of, and who says so."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from activelabel.learning.pool_map import MappedItem, PoolMap, laid_out
from activelabel.records.kinds import LabelKind

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from activelabel.project.ledger import Ledger
    from activelabel.session.lessons import Answers, Lesson
    from activelabel.session.workshop import Workshop

__all__ = ["mapped_pool"]


def mapped_pool(workshop: Workshop, ledger: Ledger, answers: Answers, lesson: Lesson) -> PoolMap:
    """Return the map: all labelled rows and an even sample of the others.

    Parameters
    ----------
    workshop, ledger
        The data, and what was said about it.
    answers, lesson
        The same as arrays, and what they taught.
    """
    found = laid_out(workshop.ground.features, answers.rows)
    labels = np.full(len(workshop.ground.features), -1, dtype=np.intp)
    sure = np.zeros(len(labels))
    if lesson.predicted is not None and lesson.proba is not None:
        labels = lesson.predicted.copy()
        labels[answers.rows] = answers.labels
        sure = np.take_along_axis(lesson.proba, labels[:, None], axis=1)[:, 0]
    kinds = _kinds(workshop, ledger, answers, lesson, found.rows)
    points = zip(workshop.dataset.items(found.rows), *found.places.T, found.rows.tolist(), kinds, strict=True)
    items = tuple(
        MappedItem(
            # an answer names the twin that was on its card
            item=replace(item, id=ledger.answers[item.unit].item) if item.unit in ledger.answers else item,
            x=float(x),
            y=float(y),
            label=int(labels[row]),
            kind=kind,
            sure=float(sure[row]),
        )
        for item, x, y, row, kind in points
    )
    return PoolMap(items, found.spread)


def _kinds(
    workshop: Workshop, ledger: Ledger, answers: Answers, lesson: Lesson, rows: NDArray[np.intp]
) -> list[LabelKind | None]:
    if lesson.propagation is None:
        return [None] * len(rows)
    labelled = set(answers.rows.tolist())
    kinds: list[LabelKind | None] = []
    for row in rows.tolist():
        if row in labelled:
            is_ours = workshop.dataset.unit(row) in ledger.answers
            kinds.append(LabelKind.HUMAN if is_ours else LabelKind.IMPORTED)
        else:
            kinds.append(LabelKind.PROPAGATED if lesson.propagation.reached[row] else LabelKind.PREDICTED)
    return kinds
