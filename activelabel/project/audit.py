"""The audit sample: the longest answered prefix of one fixed random order of all units.

A prefix of a random order is a simple random sample, whoever answered and on whatever card; so it stays one when rows
are added, and in a small pool it grows into a census.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from activelabel.records.kinds import EventKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from activelabel.project.ledger import Ledger

__all__ = ["AuditSample", "audit_sample"]


@dataclass(frozen=True, slots=True)
class AuditSample:
    """What the audit order has given so far.

    labelled holds (unit, class id) in audit order; not_sure and bad count those answers. Bad items leave the
    population; not sure stays in it as a share of its own.
    """

    labelled: tuple[tuple[str, str], ...]
    not_sure: int
    bad: int

    @property
    def answered(self) -> int:
        """How many units of the population were answered."""
        return len(self.labelled) + self.not_sure


def audit_sample(order: Iterable[str], ledger: Ledger) -> AuditSample:
    """Return the longest answered prefix of `order`, the units in audit order.

    Units whose label came with the data are passed over, even where somebody has answered them since: who came to do so
    is no matter of chance, and the population has none of them.
    """
    labelled: list[tuple[str, str]] = []
    not_sure = bad = 0
    for unit in order:
        if unit in ledger.imported:
            continue
        answer = ledger.answers.get(unit)
        if answer is None or answer.kind is EventKind.SKIP:
            break
        if known := ledger.class_of(answer):
            labelled.append((unit, known))
        elif answer.kind is EventKind.NOT_SURE:
            not_sure += 1
        else:
            bad += 1
    return AuditSample(tuple(labelled), not_sure, bad)
