"""What is read of a project that is only looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from activelabel.project.ledger import Ledger
from activelabel.project.plan import PlanReader
from activelabel.project.store import Store

if TYPE_CHECKING:
    from activelabel.project.layout import Layout
    from activelabel.project.plan import Plan

__all__ = ["ledger_of", "plan_of"]


def ledger_of(layout: Layout) -> Ledger:
    """Return all that was said in a project, as it stands now.

    Raises
    ------
    ProjectError
        If it cannot be read.
    """
    with Store(layout.labels, readonly=True) as store:
        return Ledger(store.events())


def plan_of(layout: Layout) -> Plan | None:
    """Return the plan in force; None while there is none."""
    plans = PlanReader(layout)
    plans.refresh()
    return plans.plan
