"""What is known about an item's label, and from where: the one place where kinds of label stand above each other."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from activelabel.records.kinds import EventKind, LabelKind

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from activelabel.learning.decision import Decision
    from activelabel.learning.protocols import Propagation
    from activelabel.project.ledger import Ledger
    from activelabel.records.events import Event

__all__ = ["Labeller", "Machine", "Said", "What"]


class What(StrEnum):
    """Which labels are wanted.

    human: those people gave, here or before the project. propagated: those carried from a labelled item to the items
    that share it. predicted: the model's, for every item that nobody answered. all: one row an item, with the
    strongest label there is.
    """

    HUMAN = "human"
    PROPAGATED = "propagated"
    PREDICTED = "predicted"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Machine:
    """What the machine says about every row of the data.

    Attributes
    ----------
    propagation
        Where the labels reach; None before there is one.
    proba
        Shape (n, k): the model's probabilities, classes in order of creation; None before there is a label.
    generation
        Of the plan in force.
    item_of
        Row -> the id of the item that speaks for it, for the lineage of propagated labels.
    decision
        How probabilities become labels; None where the likeliest class is the label.
    """

    propagation: Propagation | None
    proba: NDArray[np.float64] | None
    generation: int
    item_of: Callable[[int], str]
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of one item: a label with its kind and origin, or an answer that is no label; empty for nothing.

    confidence is the probability of the label in [0, 1], None for what people said of the item; of a label given to a
    whole cluster, the share of those members that bear it rightly at least. via is the item that was labelled, where
    that is another one: an exact duplicate, the source of a propagated label, of a cluster the most typical of the
    members that were looked at.
    """

    label: str | None = None
    kind: LabelKind | None = None
    confidence: float | None = None
    via: str | None = None
    annotator: str | None = None
    time: str | None = None
    generation: int | None = None
    answer: EventKind | None = None


NOTHING = Said()


class Labeller:
    """Says of each item what is wanted of it.

    Parameters
    ----------
    ledger
        What people said.
    machine
        What the machine says; None where only people are asked.
    what
        Which labels are wanted.
    """

    def __init__(self, ledger: Ledger, machine: Machine | None, what: What) -> None:
        self._ledger = ledger
        self._machine = machine
        self._what = what
        self._names = {known.id: known.name for known in ledger.classes.values()}
        self._prior = ledger.prior()
        self._in_order = list(self._names.values())
        self._spread = ledger.spread() if what in {What.PROPAGATED, What.ALL} else {}

    def said(self, item: str, unit: str, row: int | None) -> Said | None:
        """Return what is wanted of the item, None where it is to be left out.

        Parameters
        ----------
        item, unit
            The item, and the set of exact duplicates it belongs to.
        row
            Of the unit in the arrays; None for an item that is no longer in the data.
        """
        wanted = self._what
        person = self._by_people(item, unit)
        if person:
            return person if wanted is What.ALL or (wanted is What.HUMAN and person.label is not None) else None
        if cluster := self._spread.get(unit):
            return self._with_cluster(cluster)
        if row is None or wanted is What.HUMAN:
            return None
        machine = self._propagated(row) if wanted in {What.PROPAGATED, What.ALL} else None
        if machine is None and wanted in {What.PREDICTED, What.ALL}:
            machine = self._predicted(row)
        return machine or (NOTHING if wanted is What.ALL else None)

    def _by_people(self, item: str, unit: str) -> Said | None:
        answer = self._ledger.answers.get(unit)
        if answer:
            return self._answered(item, answer)
        if known := self._prior.get(unit):
            return Said(self._names[known], LabelKind.IMPORTED)
        return None

    def _answered(self, item: str, answer: Event) -> Said:
        labelled = self._ledger.class_of(answer)
        return Said(
            label=self._names[labelled] if labelled else None,
            kind=LabelKind.HUMAN if labelled else None,
            via=answer.item if answer.item != item else None,
            annotator=answer.annotator,
            time=answer.time,
            generation=answer.data.get("generation"),
            answer=answer.kind,
        )

    def _with_cluster(self, answer: Event) -> Said:
        """Return the label that a person gave the whole cluster: as sure as its probe has shown it to be pure."""
        return Said(
            label=self._names[self._ledger.class_of(answer) or ""],
            kind=LabelKind.PROPAGATED,
            confidence=answer.data["bound"],
            via=answer.item,
            annotator=answer.annotator,
            time=answer.time,
            generation=answer.data["generation"],
            answer=answer.kind,
        )

    def _propagated(self, row: int) -> Said | None:
        machine = self._machine
        if machine is None or machine.propagation is None or not machine.propagation.reached[row]:
            return None
        source = int(machine.propagation.sources[row])
        return Said(
            *self._decided(machine, machine.propagation.proba[row], LabelKind.PROPAGATED),
            via=machine.item_of(source) if source >= 0 else None,
            generation=machine.generation,
        )

    def _predicted(self, row: int) -> Said | None:
        machine = self._machine
        if machine is None or machine.proba is None:
            return None
        return Said(*self._decided(machine, machine.proba[row], LabelKind.PREDICTED), generation=machine.generation)

    def _decided(self, machine: Machine, proba: NDArray[np.float64], kind: LabelKind) -> tuple[str, LabelKind, float]:
        label = int((proba if machine.decision is None else machine.decision.weighed(proba)).argmax())
        # beyond the fourth place a probability says nothing, and differs between machines
        return self._in_order[label], kind, round(float(proba[label]), 4)
