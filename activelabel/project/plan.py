"""The plan: an immutable, ranked queue of questions that the learner writes and the asker only reads.

`plan.json` is small. What a card shows lies in `contents.jsonl`, one line an item, and the plan says at which byte:
so reading a plan takes milliseconds even for hundred-page texts, and a card is read when it is drawn. The contents
file is only ever appended to, so that any plan that was ever in force can still be read beside its successor.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from activelabel.project.clusters import ClusterReader, PlannedCluster, planned_cluster
from activelabel.project.contents import item_from_json, item_to_json
from activelabel.project.files import written_aside
from activelabel.records.cards import Pull, Suggestion, Why
from activelabel.records.kinds import CardKind
from activelabel.records.progress import Estimate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from activelabel.project.layout import Layout
    from activelabel.records.contents import ItemRecord

__all__ = [
    "Measures",
    "Plan",
    "PlanReader",
    "PlanWriter",
    "PlannedCard",
    "PlannedPart",
    "card_from_json",
    "plan_from_json",
]


@dataclass(frozen=True, slots=True)
class PlannedCard:
    """A question that may be asked: which unit, why, what the model thinks, and where its content lies.

    near, pulls, departs and cluster are those of `Card`; length is how many characters its texts have.
    """

    unit: str
    kind: CardKind
    offset: int
    why: Why
    suggestion: Suggestion | None = None
    near: tuple[str, ...] = ()
    pulls: tuple[Pull, ...] = ()
    departs: tuple[str, ...] = ()
    cluster: int = -1
    length: int = 0


@dataclass(frozen=True, slots=True)
class Measures:
    """What the learner found when it made the plan.

    accuracy is the estimate from the audit answers, None with none of them; audited counts those answers. known is
    the share right against answers that are known but used for nothing else, where the project has such a column.
    kappa is the agreement of the predictions with those of the plan before. learner names the model that was fitted.
    at_least bounds how right models were about audit items before they were answered, however often one looks. gain is
    what the next 20 answers should add to the share right and gain_at_most its upper 80 % bound, both None before
    earlier predictions can be compared; error_drop is the share of errors that they are expected to mend. Of the
    `signs` signs for or against going on that are known, `for_stop` say stop.
    """

    accuracy: Estimate | None = None
    known: Estimate | None = None
    audited: int = 0
    kappa: float | None = None
    propagated: int = 0
    learner: str = ""
    at_least: float | None = None
    gain: float | None = None
    gain_at_most: float | None = None
    error_drop: float | None = None
    signs: int = 0
    for_stop: int = 0


@dataclass(frozen=True, slots=True)
class PlannedPart:
    """The part of a project that a plan asks about: in words, its units, its items, and those of the whole project."""

    words: str
    units: int
    items: int
    of_items: int


@dataclass(frozen=True, slots=True)
class Plan:
    """One generation of questions.

    Attributes
    ----------
    generation
        Counts up from 1.
    answers_through
        The highest event counter that this plan has seen.
    model_labels
        How many labels the model was fitted on; 0 before there was one.
    fingerprint
        Of the data's content: a plan for other data is never used.
    askable
        How many units could still be asked when the plan was made.
    first_batch
        Answers before the audit starts.
    source
        Size in bytes and time of change in nanoseconds of the data file when it was read.
    cards
        Ranked, the most worth asking first.
    reserve
        The next units in audit order: audit cards, and the way on when the ranked cards are used up.
    second_looks
        Labels that the model most disbelieves, out of fold, the most doubtful first; suggestion is what it believes.
    clustering
        Which clustering `clusters` are of; "" before there is one.
    clusters
        Every cluster, by number.
    notice
        One line for the person about what changed since the plan before; "" for nothing.
    part
        What it asks about, where that is not everything. Its cards are no random sample: none is an audit card.
    speaks_for
        Unit -> how many items got their label from its answer, for the last answers that spoke for any.
    """

    generation: int
    answers_through: int
    model_labels: int
    fingerprint: str
    askable: int
    first_batch: int
    source: tuple[int, int]
    cards: tuple[PlannedCard, ...]
    reserve: tuple[PlannedCard, ...]
    second_looks: tuple[PlannedCard, ...] = ()
    clustering: str = ""
    clusters: tuple[PlannedCluster, ...] = ()
    measures: Measures = field(default_factory=Measures)
    notice: str = ""
    part: PlannedPart | None = None
    speaks_for: Mapping[str, int] = field(default_factory=dict)

    @property
    def all_cards(self) -> tuple[PlannedCard, ...]:
        """Ranked ones, the reserve and second looks."""
        return (*self.cards, *self.reserve, *self.second_looks)

    def card_of(self, unit: str) -> PlannedCard | None:
        """Return the card of a unit, None where there is none."""
        return next((card for card in self.all_cards if card.unit == unit), None)


class PlanWriter:
    """Writes plans into a project's cache; one process at a time does (the learner's lock).

    Parameters
    ----------
    layout
        The project.
    inherited
        The plan in force, if there is one: what its cards show is not written again.
    """

    def __init__(self, layout: Layout, inherited: Plan | None = None) -> None:
        self.layout = layout
        # not second looks: what those show is read from the labels
        known = (*inherited.cards, *inherited.reserve) if inherited else ()
        self._offsets = {card.unit: card.offset for card in known}

    @property
    def views(self) -> Path:
        """The folder for pictures that are larger than what is placed."""
        return self.layout.views

    def place(self, items: Iterable[ItemRecord]) -> None:
        """Write what these items show, those that are written already left out."""
        with self.layout.contents.open("ab") as file:
            for item in items:
                if item.unit not in self._offsets:
                    self._offsets[item.unit] = file.tell()
                    file.write(json.dumps(item_to_json(item), ensure_ascii=True).encode() + b"\n")

    def is_placed(self, unit: str) -> bool:
        """Say whether what a unit shows is written; nothing is once the file was deleted."""
        if not self.layout.contents.exists():
            self._offsets.clear()
        return unit in self._offsets

    def offset(self, unit: str) -> int:
        """Return where what a placed unit shows begins, in bytes."""
        return self._offsets[unit]

    def write(self, plan: Plan) -> None:
        """Put the plan in force."""
        with written_aside(self.layout.plan, durable=False) as file:
            file.write(json.dumps(asdict(plan), separators=(",", ":")).encode())


class PlanReader:
    """Follows the plan in force: reads it when it was replaced, and the content of the cards that are drawn."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self.clusters = ClusterReader(layout)
        self._stamp: tuple[int, int, int] | None = None
        self.plan: Plan | None = None

    @property
    def cache(self) -> Path:
        """The folder of all that can be rebuilt."""
        return self._layout.cache

    def refresh(self) -> bool:
        """Read the plan when there is a new one; say whether there was. A damaged or missing one is no plan."""
        try:
            stat = self._layout.plan.stat()
            stamp = (stat.st_ino, stat.st_mtime_ns, stat.st_size)
            if stamp == self._stamp:
                return False
            plan = plan_from_json(json.loads(self._layout.plan.read_bytes()))
        except (OSError, ValueError, KeyError, TypeError):
            return False
        self._stamp, self.plan = stamp, plan
        return True

    def discard(self) -> None:
        """Take a plan whose contents are lost out of force, so that the learner makes both anew."""
        self.plan = None
        self._layout.plan.unlink(missing_ok=True)
        self._layout.contents.unlink(missing_ok=True)

    def item(self, card: PlannedCard) -> ItemRecord | None:
        """Return what a planned card shows; None when the cache was deleted or damaged under it."""
        return self.shown(card.unit, card.offset)

    def shown(self, unit: str, offset: int) -> ItemRecord | None:
        """Return what the unit shows that is written there; None when the cache was deleted or damaged under it."""
        try:
            with self._layout.contents.open("rb") as file:
                file.seek(offset)
                item = item_from_json(json.loads(file.readline()))
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return item if item.unit == unit else None


def plan_from_json(found: Mapping[str, Any]) -> Plan:
    """Return the plan that was written as `found`."""
    plain = dict(found)
    cards = tuple(card_from_json(card) for card in plain.pop("cards"))
    reserve = tuple(card_from_json(card) for card in plain.pop("reserve"))
    second_looks = tuple(card_from_json(card) for card in plain.pop("second_looks"))
    clusters = tuple(planned_cluster(cluster) for cluster in plain.pop("clusters"))
    measures = dict(plain.pop("measures"))
    for name in ("accuracy", "known"):
        measures[name] = Estimate(**measures[name]) if measures[name] else None
    size, changed = plain.pop("source")
    part = plain.pop("part")
    return Plan(
        cards=cards,
        reserve=reserve,
        second_looks=second_looks,
        clusters=clusters,
        measures=Measures(**measures),
        source=(size, changed),
        part=PlannedPart(**part) if part else None,
        **plain,
    )


def card_from_json(found: Mapping[str, Any]) -> PlannedCard:
    """Return the planned card that was written as `found`."""
    why = dict(found["why"])
    why["contested"] = tuple(why["contested"])
    suggestion = Suggestion(**found["suggestion"]) if found["suggestion"] else None
    return PlannedCard(
        found["unit"],
        CardKind(found["kind"]),
        found["offset"],
        Why(**why),
        suggestion,
        near=tuple(found["near"]),
        pulls=tuple(Pull(**pull) for pull in found["pulls"]),
        departs=tuple(found["departs"]),
        cluster=found["cluster"],
        length=found["length"],
    )
