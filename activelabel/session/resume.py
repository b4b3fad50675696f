"""What has changed since the last session: one line, from the events, the plan and a look at the data file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from activelabel.errors import BadData
from activelabel.project.readers.files import stamp_of
from activelabel.project.wording import counted

if TYPE_CHECKING:
    from activelabel.project.ledger import Ledger
    from activelabel.project.plan import Plan

__all__ = ["ago", "what_has_changed"]


def what_has_changed(ledger: Ledger, plan: Plan | None, now: str) -> str:
    """Return the line a session opens with; "" for a project without answers whose data is as it was."""
    parts = []
    if ledger.said:
        labels = sum(ledger.counts.values())
        parts.append(f"{counted(labels, 'label')} so far, the last answer {ago(ledger.said[-1].time, now)}")
        if plan and plan.answers_through < ledger.said[-1].counter:
            parts.append("the model is catching up")
        elif plan and plan.model_labels:
            parts.append(f"the model knows {plan.model_labels}")
    if changed := _data_file(ledger, plan):
        parts.append(changed)
    return "; ".join(parts)


def ago(then: str, now: str) -> str:
    """Return how long ago a time was, in words; a clock that went back is "just now".

    Examples
    --------
    >>> ago("2026-01-01T00:00:00.000+00:00", "2026-01-03T06:00:00.000+00:00")
    '2 days ago'
    """
    seconds = (datetime.fromisoformat(now) - datetime.fromisoformat(then)).total_seconds()
    for size, name in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        count = int(seconds // size)
        if count >= 1:
            return f"{count} {name}{'s' if count > 1 else ''} ago"
    return "just now"


def _data_file(ledger: Ledger, plan: Plan | None) -> str:
    if ledger.settings is None or plan is None:
        return ""
    try:
        found = stamp_of(Path(ledger.settings.data))
    except BadData:
        return "the data file is not where it was; the project goes on with its own copy"
    if found == plan.source:
        return ""
    return "the data file has changed; labels stay with their items"
