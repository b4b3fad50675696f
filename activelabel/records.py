"""The nouns that travel between the halls: frozen, plain, and quick to import.

Words, one per idea: an *item* is a thing to label; a *unit* is a set of exact duplicates, asked once; a *row* is a
number into arrays; a *class* is a possible answer; a *label* is an answer given; a *suggestion* is what the machine
guesses; an *event* is what is recorded.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

__all__ = [
    "HEADLINE_FROM",
    "Algorithms",
    "Card",
    "CardKind",
    "ColumnTable",
    "Content",
    "Estimate",
    "Event",
    "EventKind",
    "GivenAnswer",
    "ItemRecord",
    "LabelClass",
    "LabelKind",
    "Modality",
    "Outlook",
    "Picture",
    "Precedent",
    "Progress",
    "Pull",
    "Roles",
    "Settings",
    "Suggestion",
    "Target",
    "Why",
]


class Modality(StrEnum):
    """What an item is, and so how it is read, turned into numbers and drawn."""

    TABLE = "table"
    TEXT = "text"
    IMAGE = "image"
    VECTORS = "vectors"


class CardKind(StrEnum):
    """Why a card is asked (see the README for what each does)."""

    REPRESENTATIVE = "representative"
    UNCERTAIN = "uncertain"
    AUDIT = "audit"
    CLUSTER = "cluster"
    SECOND_LOOK = "second-look"
    BLIND_REPEAT = "blind-repeat"
    ADJUDICATION = "adjudication"


class EventKind(StrEnum):
    """What can be recorded."""

    SETTINGS = "settings"
    CLASS_ADDED = "class-added"
    CLASS_RENAMED = "class-renamed"
    CLASS_MERGED = "class-merged"
    CLASS_SPLIT = "class-split"
    CLASS_DEFINED = "class-defined"
    CLASS_KEY = "class-key"
    IMPORTED = "imported"
    LABEL = "label"
    SKIP = "skip"
    NOT_SURE = "not-sure"
    BAD_ITEM = "bad-item"
    CLUSTER = "cluster"
    NOTE = "note"
    FLAG = "flag"
    UNDO = "undo"
    REDO = "redo"

    @property
    def is_answer(self) -> bool:
        """Whether an event of this kind answers a card about one item."""
        return self in {EventKind.LABEL, EventKind.SKIP, EventKind.NOT_SURE, EventKind.BAD_ITEM}

    @property
    def is_about_class(self) -> bool:
        """Whether an event of this kind adds or changes a class."""
        return self.value.startswith("class-")

    @property
    def is_undoable(self) -> bool:
        """Whether an event of this kind can be taken back: all that decides labels."""
        changes = {EventKind.CLASS_RENAMED, EventKind.CLASS_MERGED, EventKind.CLASS_SPLIT, EventKind.CLUSTER}
        return self.is_answer or self in changes


class LabelKind(StrEnum):
    """Where a label comes from; never mixed, never silently promoted."""

    HUMAN = "human"
    IMPORTED = "imported"
    PROPAGATED = "propagated"
    PREDICTED = "predicted"


# --- content ---


@dataclass(frozen=True, slots=True)
class Picture:
    """A small picture, ready to draw.

    `pixels` holds height x width x channels bytes, row by row, 0 dark to 255 bright; channels is 1 (grey) or 3 (RGB).
    """

    height: int
    width: int
    channels: int
    pixels: bytes


@dataclass(frozen=True, slots=True)
class Content:
    """What one item shows: its cells as text, in the order to draw them, and its picture if it has one."""

    modality: Modality
    fields: tuple[tuple[str, str], ...] = ()
    picture: Picture | None = None
    path: str = ""


@dataclass(frozen=True, slots=True)
class ColumnTable:
    """The content of n items as named arrays: what `learning/features` is given, whatever the file was.

    numbers: shape (n, p) float32, NaN is missing, columns named by `number_names`.
    categories, dates, texts: column name -> shape (n,) of str, "" is missing. Dates are ISO 8601 text.
    images: shape (n, h, w) or (n, h, w, 3) uint8, all of one size, or None.
    pixels: (h, w) where the columns of `numbers` are the pixels of a picture, row by row, or None.
    """

    modality: Modality
    n: int
    number_names: tuple[str, ...]
    numbers: NDArray[np.float32]
    categories: Mapping[str, NDArray[np.object_]] = field(default_factory=dict)
    dates: Mapping[str, NDArray[np.object_]] = field(default_factory=dict)
    texts: Mapping[str, NDArray[np.object_]] = field(default_factory=dict)
    images: NDArray[np.uint8] | None = None
    pixels: tuple[int, int] | None = None

    def take(self, rows: NDArray[np.intp]) -> ColumnTable:
        """Return the table of these rows, in this order."""
        return replace(
            self,
            n=len(rows),
            numbers=self.numbers[rows],
            categories={name: cells[rows] for name, cells in self.categories.items()},
            dates={name: cells[rows] for name, cells in self.dates.items()},
            texts={name: cells[rows] for name, cells in self.texts.items()},
            images=None if self.images is None else self.images[rows],
        )


@dataclass(frozen=True, slots=True)
class ItemRecord:
    """One item as the project keeps it: its id, the unit it belongs to, and all it shows."""

    id: str
    unit: str
    content: Content
    user_id: str = ""


# --- settings ---


@dataclass(frozen=True, slots=True)
class Roles:
    """What each column is for.

    identity: the columns an item's hash is made from. known: a column of right answers that measures the model and is
    used for nothing else, as in the demonstration.
    """

    identity: tuple[str, ...]
    numbers: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    image: str = ""
    id: str = ""
    label: str = ""
    group: str = ""
    known: str = ""
    pixels: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Algorithms:
    """The algorithms of a project by name, and their settings; `default` lets the program choose.

    nearest: percentile in (0, 100]; cluster propagation reaches only the rows of each cluster that are as near to its
    centre. optimise: what labels are to be good at: `accuracy`, `macro-f1`, or `recall:CLASS` with the name of a class.
    sample: rows that the clusterer is run on at most, the others following their neighbours; None for all rows.
    """

    clusterer: str = "default"
    clusters: int | None = None
    strategy: str = "default"
    propagator: str = "default"
    nearest: float = 100.0
    learner: str = "default"
    optimise: str = "accuracy"
    sample: int | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """All that decides what a project asks: recorded as an event, so that it is never lost or changed in silence."""

    data: str
    format: str
    modality: Modality
    roles: Roles
    encoding: str = "utf-8"
    delimiter: str = ","
    seed: int = 0
    audit: float = 0.2
    algorithms: Algorithms = field(default_factory=Algorithms)


# --- classes, events, cards ---


@dataclass(frozen=True, slots=True)
class LabelClass:
    """A possible answer.

    Its id is for good, its name in NFC, its key for good unless it is given another ("" when all keys are taken).
    definition says what belongs to it, in the words of whoever wrote it; examples are ids of items that show it.
    """

    id: str
    name: str
    key: str
    definition: str = ""
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that was said or decided. Order is (counter, uuid), so that merging two projects is a set union."""

    uuid: str
    counter: int
    annotator: str
    time: str
    kind: EventKind
    item: str
    data: Mapping[str, Any]

    @property
    def order(self) -> tuple[int, str]:
        """The place of this event among all events, in any copy of the project."""
        return self.counter, self.uuid

    @property
    def edit(self) -> str:
        """What the events of one edit of the classes share, so that they are taken back together; "" of all others."""
        return str(self.data.get("edit", ""))

    @property
    def is_undoable(self) -> bool:
        """Whether this can be taken back: all that decides labels, and every part of an edit of the classes."""
        return self.kind.is_undoable or bool(self.edit)

    @property
    def is_repeat(self) -> bool:
        """Whether it answers a card that asked for an answer again, unmarked: it measures, and changes nothing."""
        return bool(self.data.get("card") == CardKind.BLIND_REPEAT)

    @property
    def puts_off(self) -> bool:
        """Whether it puts off a look at answers that were given before: they stay in force."""
        return self.kind is EventKind.SKIP and self.data.get("card") in {CardKind.SECOND_LOOK, CardKind.ADJUDICATION}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the machine guesses for an item: a class id and its probability in [0, 1]."""

    class_id: str
    probability: float


@dataclass(frozen=True, slots=True)
class Why:
    """Why a card is asked.

    contested: ids of the two likeliest classes. stands_for: how many items share the answer or look like this one.
    expected_change: how many predictions the answer is expected to change; None where that is not known.
    """

    strategy: str
    contested: tuple[str, ...] = ()
    stands_for: int = 1
    expected_change: float | None = None


@dataclass(frozen=True, slots=True)
class Pull:
    """A word of a text that speaks for one of two contested classes, as it stands in the text."""

    word: str
    class_id: str


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer that was given before, as a card shows it.

    class_id is "" and said a word in brackets where it was no label.
    """

    uuid: str
    class_id: str
    said: str
    annotator: str
    time: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Precedent:
    """An item that was decided before, near the one on a card."""

    item: ItemRecord
    answer: GivenAnswer


@dataclass(frozen=True, slots=True)
class Card:
    """One question, with everything needed to draw it and to record why it was asked.

    generation, answers_through and model_labels say which plan asked, which counter that plan had seen, and how many
    labels its model was fitted on. inclusion_probability is set on audit cards, drawn at random. repeats is the
    uuid of the answer that a blind repeat asks for again, "" on every other card. answered holds the answers that are
    looked at again: one on a second look, one of each person on an adjudication. near lists units to seek precedents
    among, the nearest first; pulls the words that speak for either contested class; departs the fields in which a
    table row differs most from its cluster, the strangest first; cluster its group, -1 where there is none. flagged
    says whether the item is marked to come back to. token names the card to a program that answers it, "" on cards
    for people.
    """

    item: ItemRecord
    kind: CardKind
    why: Why
    generation: int = 0
    answers_through: int = 0
    model_labels: int = 0
    suggestion: Suggestion | None = None
    suggestion_hidden: bool = False
    inclusion_probability: float | None = None
    repeats: str = ""
    answered: tuple[GivenAnswer, ...] = ()
    near: tuple[str, ...] = ()
    pulls: tuple[Pull, ...] = ()
    departs: tuple[str, ...] = ()
    cluster: int = -1
    flagged: bool = False
    token: str = ""


# --- measurements ---

HEADLINE_FROM = 10
"""Audit answers from which one number is given; below, the interval is all that can be said."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share in [0, 1] with its 95 % interval and the number of answers it rests on."""

    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Target:
    """A share of right predictions that is to be reached, and how far that is.

    answers is about how many more audit answers it takes if things stay as they are; None while what is right now is
    not more than the share.
    """

    share: float
    answers: int | None = None


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the next `answers` answers should bring, at the end of a round.

    seconds is what they take at this person's pace; gain what they should add to the share right, None where that is
    not known; of `signs` signs that are known `for_stop` say stop.
    """

    answers: int
    seconds: float | None = None
    gain: float | None = None
    signs: int = 0
    for_stop: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """What stands around a card: how far, how good, how long.

    answered counts answers in force by this project; left counts askable units; counts maps class id -> labels in
    force; accuracy is None until audit answers allow it, and audited counts those; known is the share right against
    answers known beforehand, None in all but demonstrations; pace is seconds a card, None before the first few answers;
    message is one line about the last action or a change ("" for none); doubted counts the labels that are asked for
    again because their class was split: those left, and all of them. recent maps class id -> how often and how
    lately this person chose it; typed maps what was typed to find a class -> the id of the one that was chosen then.
    annotator is who is asked; place says which card of how many this is where a list is walked through.
    ahead counts the cards that will probably still be asked where the session has an end of its own, None where it has
    none; target is the share to reach, wanted how many labels each class is to have (0: no matter), outlook what comes
    next, on the card after a round.
    """

    answered: int
    left: int
    counts: Mapping[str, int]
    classes: tuple[LabelClass, ...]
    accuracy: Estimate | None = None
    audited: int = 0
    known: Estimate | None = None
    model_labels: int = 0
    propagated: int = 0
    pace: float | None = None
    message: str = ""
    ahead: int | None = None
    target: Target | None = None
    wanted: int = 0
    outlook: Outlook | None = None
    doubted: tuple[int, int] = (0, 0)
    recent: Mapping[str, float] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    annotator: str = ""
    place: tuple[int, int] | None = None
