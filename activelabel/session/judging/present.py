"""How good the labels are now: all that an assessment says but for the way here and other files."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from activelabel.learning.assessment import Assessment
from activelabel.session.answers import audited, drawn_from
from activelabel.session.judging.carrying import carried_now, carried_to
from activelabel.session.judging.cross_judging import judge
from activelabel.session.judging.quality import doubts, slow_or_fast

if TYPE_CHECKING:
    from activelabel.project.ledger import Ledger
    from activelabel.session.answers import Audit
    from activelabel.session.judging.cross_judging import Judged
    from activelabel.session.lessons import Answers, Lesson
    from activelabel.session.workshop import Workshop

__all__ = ["present"]


def present(
    workshop: Workshop, ledger: Ledger, answers: Answers, lesson: Lesson
) -> tuple[Assessment, Audit, Judged | None]:
    """Return how the labels do now, the audit sample, and what models said of all rows that had not seen their labels.

    Parameters
    ----------
    workshop, ledger
        The data, and what was said about it.
    answers, lesson
        The same as arrays, and what they taught.
    """
    audit = audited(workshop, ledger, answers)
    found = Assessment(
        truth=audit.truth,
        predicted=np.empty(0, np.intp),
        carried=np.empty(0, np.intp),
        not_sure=audit.not_sure,
        bad=audit.bad,
        population=audit.population,
        left=int((~answers.closed).sum()),
        strategy=lesson.strategy,
        odd_paces=slow_or_fast(workshop, ledger),
    )
    if lesson.proba is None or lesson.predicted is None:
        return found, audit, None
    judged = judge(workshop.ground, answers, audit.rows, lesson)
    carried, audit_carried = carried_to(workshop, ledger, answers, audit.rows, judged)
    now = carried_now(workshop, answers, lesson)
    suspects, wrong, foretold_right = doubts(workshop, ledger, answers, lesson, judged, audit.rows)
    found = replace(
        found,
        predicted=judged.predicted[audit.rows],
        carried=carried,
        foretold=judged.foretold(audit.rows, drawn_from(workshop, ledger)),
        audit_carried=audit_carried,
        now_carried=now,
        propagated_units=len(now.by),
        propagated_items=int(now.items.sum()),
        suspects=suspects,
        wrong=wrong,
        foretold_right=foretold_right,
        sure_now=float(np.take_along_axis(lesson.proba, lesson.predicted[:, None], axis=1).mean()),
    )
    return found, audit, judged
