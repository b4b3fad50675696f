"""How good the answers of people are: what they contradict, repeat, hurry, and follow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from activelabel.learning.accuracy import wilson
from activelabel.learning.agreement import ceiling, self_agreement
from activelabel.learning.differences import difference
from activelabel.records.kinds import CardKind, EventKind

if TYPE_CHECKING:
    from activelabel.learning.agreement import Agreement
    from activelabel.learning.assessment import Assessment, SlowOrFast
    from activelabel.learning.differences import Difference
    from activelabel.project.ledger import Ledger
    from activelabel.records.progress import Estimate

__all__ = ["Contradicted", "FollowedSuggestions", "Quality", "label_quality"]

ORDINARY = {CardKind.REPRESENTATIVE, CardKind.UNCERTAIN}
"""Cards of which a random fifth hides the suggestion: of no others can shown and hidden be compared."""


@dataclass(frozen=True, slots=True)
class Contradicted:
    """A label that the other labels contradict: its item, its class by name, and the class that is believed in."""

    item: str
    given: str
    believed: str


@dataclass(frozen=True, slots=True)
class FollowedSuggestions:
    """How often answers were what the model suggested, when that was shown and when it was hidden at random.

    effect is how much higher the first is: what showing did to the answers, not how good the suggestions are. None
    where there is nothing to compare with.
    """

    shown: Estimate | None
    hidden: Estimate | None
    effect: Difference | None


@dataclass(frozen=True, slots=True)
class Quality:
    """The labels of people, judged by themselves.

    Attributes
    ----------
    contradicted
        Labels that the others contradict, the worst first; none of the audit sample.
    wrong
        How many labels the others say are wrong, too high where models misjudge much; None where no model can say.
    repeated
        Agreement of people with themselves beyond chance, by blind repeats; None before there is one.
    ceiling
        Share of audit answers that a model without fault would agree with, as far as repeats tell; None before them.
    suggestions
        What showing suggestions did.
    odd_paces
        Answers that took far from their annotator's usual time for such an item, the farthest first.
    """

    contradicted: tuple[Contradicted, ...]
    wrong: int | None
    repeated: Agreement | None
    ceiling: Estimate | None
    suggestions: FollowedSuggestions
    odd_paces: tuple[SlowOrFast, ...]


def label_quality(ledger: Ledger, found: Assessment) -> Quality:
    """Return how good the answers are."""
    names = [known.name for known in ledger.classes.values()]
    pairs = [(first, again) for pair in ledger.repeats() for first, again in [map(ledger.class_of, pair)]]
    labels = [(first, again) for first, again in pairs if first and again]
    same = sum(first == again for first, again in labels)
    return Quality(
        contradicted=tuple(Contradicted(one.item, names[one.given], names[one.believed]) for one in found.suspects),
        wrong=found.wrong,
        repeated=self_agreement(labels) if labels else None,
        ceiling=ceiling(same, len(labels) - same, max(2, len(names))) if labels else None,
        suggestions=_followed(ledger),
        odd_paces=found.odd_paces,
    )


def _followed(ledger: Ledger) -> FollowedSuggestions:
    agreed: dict[str, list[bool]] = {"shown": [], "hidden": []}
    for event in ledger.said:
        guess = event.data.get("suggestion")
        if not guess or event.kind is not EventKind.LABEL or event.data["card"] not in ORDINARY:
            continue
        if guess["shown"] in agreed and not ledger.withdrawn(event.uuid) and (said := ledger.class_of(event)):
            agreed[guess["shown"]].append(said == ledger.resolve(guess["class_id"]))
    shown, hidden = (wilson(sum(each), len(each)) if each else None for each in agreed.values())
    return FollowedSuggestions(shown, hidden, difference(shown, hidden) if shown and hidden else None)
