"""What stands around a card, from the events and the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from activelabel.project.plan import Measures
from activelabel.records.progress import Progress
from activelabel.session.again import doubts
from activelabel.session.habits import habits
from activelabel.session.queue import left_to_ask

if TYPE_CHECKING:
    from activelabel.project.ledger import Ledger
    from activelabel.project.plan import Plan

__all__ = ["surroundings"]


def surroundings(ledger: Ledger, plan: Plan | None, annotator: str, message: str) -> Progress:
    """Return what stands around the next card, but for what the session aims at.

    Parameters
    ----------
    ledger, plan
        Everything said so far, and the plan in force if there is one.
    annotator
        Whose card it is.
    message
        One line for it, "" for none.
    """
    measures = plan.measures if plan else Measures()
    left = left_to_ask(plan, ledger) if plan else 0
    part = plan.part if plan else None
    recent, typed = habits(annotator, ledger)
    return Progress(
        answered=part.units - left if part else len(ledger.answers),
        left=left,
        counts=dict(ledger.counts),
        classes=tuple(ledger.classes.values()),
        accuracy=measures.accuracy,
        audited=measures.audited,
        known=measures.known,
        model_labels=plan.model_labels if plan else 0,
        propagated=measures.propagated,
        message=message,
        doubted=doubts(ledger),
        recent=recent,
        typed=typed,
        annotator=annotator,
        part=part.words if part else "",
        part_size=f"{part.items:,} of {part.of_items:,} items" if part else "",
    )
