"""The session: a card, a reply, on disk, the next card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from activelabel.errors import ActivelabelError
from activelabel.session.replies import Stop

if TYPE_CHECKING:
    from collections.abc import Callable

    from activelabel.records.cards import Card
    from activelabel.records.progress import Progress
    from activelabel.session.annotator import Annotator
    from activelabel.session.outcome import Outcome
    from activelabel.session.replies import Reply

__all__ = ["Questions", "run"]


class Questions(Protocol):
    """Where cards come from and replies go: an `Asker`, or a test's list."""

    def ask(self) -> Card | None:
        """Return the next card, or None when there is none now."""
        ...

    def tell(self, card: Card, reply: Reply, seconds: float) -> Outcome:
        """Record a reply."""
        ...

    def progress(self) -> Progress:
        """Return what stands around the card."""
        ...


def run(
    questions: Questions,
    annotator: Annotator,
    clock: Callable[[], float],
    limit: int | None = None,
    refill: Callable[[], bool] = lambda: False,
    is_over: Callable[[Card, int], bool] = lambda _card, _answered: False,
) -> int:
    """Ask until the annotator stops, the pool is used up, or `limit` cards were answered; return how many were.

    Parameters
    ----------
    questions, annotator
        The two sides.
    clock
        Gives seconds from any start; it never goes back.
    limit
        Answers to take at most; None for no limit.
    refill
        Called when there is no card now: waits for more and says whether there may be some.
    is_over
        Given the next card and how many were answered, says whether to end instead of showing it.
    """
    answered = 0
    while limit is None or answered < limit:
        card = questions.ask()
        if card is None:
            if refill():
                continue
            break
        if is_over(card, answered):
            break
        shown = clock()
        reply = annotator.answer(card, questions.progress())
        if isinstance(reply, Stop):
            break
        try:
            outcome = questions.tell(card, reply, clock() - shown)
        except ActivelabelError as error:
            annotator.refuse(error)
            continue
        if outcome.said:
            annotator.acknowledge(outcome.item, outcome.said)
        # what is taken back may have been said in an earlier session
        answered = max(0, answered + outcome.answers)
    return answered
