"""Which card comes next: pure, so that it can be read and tested as the rules it is.

1. Some cards ask for an answer again (`again.py`).
2. One card in five (the audit share) after the first batch is an audit card: the next unit in audit order. None is
   where a part of the project is asked about: that is no random sample of the whole.
3. Otherwise the highest ranked card that is still open; what the session aims at may rank them anew (`pacing`).
4. When the ranked cards are used up, the reserve, in audit order.
5. A skipped item rests for a while, unless nothing else is left; a skipped audit card stays the next audit card.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, TypeAlias

from activelabel.records.kinds import CardKind
from activelabel.session.clusters.parts import is_bare

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from activelabel.project.ledger import Ledger
    from activelabel.project.plan import Plan, PlannedCard

    Arrange: TypeAlias = Callable[[Sequence[PlannedCard], Ledger], Sequence[PlannedCard]]

__all__ = [
    "chance",
    "hides_suggestion",
    "is_audit_turn",
    "left_to_ask",
    "next_card",
    "part_of",
]

HIDDEN_SHARE = 0.2
REST_AFTER_SKIP = 20  # answers


def chance(seed: int, purpose: str, key: str) -> float:
    """Return a number in [0, 1) that is fixed for a seed, a purpose and a key, and looks random across keys.

    Examples
    --------
    >>> chance(0, "audit", "12") == chance(0, "audit", "12")
    True
    """
    digest = blake2b(f"{purpose}\0{key}".encode(), key=str(seed).encode(), digest_size=8).digest()
    return int.from_bytes(digest) / 2**64


def hides_suggestion(seed: int, card: PlannedCard) -> bool:
    """Say whether a card withholds its suggestion: every audit card and a random fifth of the others.

    A blind repeat has none to withhold.
    """
    return card.kind is CardKind.AUDIT or chance(seed, "hide", card.unit) < HIDDEN_SHARE


def is_audit_turn(seed: int, given: int, first_batch: int, share: float) -> bool:
    """Say whether the card after `given` answers is an audit card."""
    return given >= first_batch and chance(seed, "turn", str(given)) < share


def part_of(plan: Plan | None) -> str:
    """Return in words what a plan asks about, "" for everything."""
    return plan.part.words if plan and plan.part else ""


def left_to_ask(plan: Plan, ledger: Ledger) -> int:
    """Return how many units are still to be asked, of those that were when the plan was made.

    Of a part, only answers that were given on its cards are known to be in it; a new plan counts the others.
    """
    settled = ledger.since(plan.answers_through)
    if part := part_of(plan):
        answers = (ledger.answers.get(unit) for unit in settled)
        settled = {answer.uuid for answer in answers if answer and answer.data.get("part") == part}
    return max(0, plan.askable - len(settled))


def _as_ranked(cards: Sequence[PlannedCard], _: Ledger) -> Sequence[PlannedCard]:
    return cards


def next_card(
    plan: Plan,
    ledger: Ledger,
    others: set[str],
    arranged: Arrange = _as_ranked,
    spread: Collection[str] = frozenset(),
) -> PlannedCard | None:
    """Return the card to ask, or None when the plan holds no open one.

    Parameters
    ----------
    plan
        The plan in force; it may be older than the ledger.
    ledger
        Everything said so far, with settings.
    others
        Units on the screens of other annotators.
    arranged
        Puts the open ranked cards in the order in which they are wanted.
    spread
        Members of clusters that were given a label: while they have none else they are not worth a ranked question, but
        are judged in audit order.
    """
    settings = ledger.settings
    if settings is None:
        return None
    closed = ledger.settled() | others
    reserve = [card for card in plan.reserve if card.unit not in closed]
    if reserve and not plan.part and is_audit_turn(settings.seed, ledger.given, plan.first_batch, settings.audit):
        return reserve[0]
    worth = [
        card
        for card in plan.cards
        if card.unit not in closed and not (card.unit in spread and is_bare(card.unit, ledger))
    ]
    ranked = arranged(worth, ledger)
    return _first_rested([*ranked, *reserve], ledger)


def _first_rested(cards: Iterable[PlannedCard], ledger: Ledger) -> PlannedCard | None:
    resting: list[tuple[int, PlannedCard]] = []
    for card in cards:
        answer = ledger.answers.get(card.unit)
        if answer is None or ledger.given - ledger.place(answer) > REST_AFTER_SKIP:
            return card
        resting.append((ledger.place(answer), card))
    # nothing is left but items skipped a moment ago: the one skipped first
    return min(resting, key=lambda pair: pair[0])[1] if resting else None
