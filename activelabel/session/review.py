"""Past answers walked through one by one, and changed where they should be: the questions of `review`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from activelabel.errors import WrongUse
from activelabel.records.kinds import CardKind
from activelabel.session.outcome import Outcome
from activelabel.session.replies import Accepted, ClassEdit, Flagged, Noted, Redo, Reply, Skipped, Undo

if TYPE_CHECKING:
    from collections.abc import Sequence

    from activelabel.records.cards import Card
    from activelabel.records.progress import Progress
    from activelabel.session.again import Again
    from activelabel.session.asker import Asker

__all__ = ["Review"]


@dataclass(frozen=True, slots=True)
class Step:
    """A card that was left, or an edit of the classes, which leaves the card where it is.

    said is the uuid of what was recorded, "" for nothing.
    """

    said: str = ""
    moves: bool = True


class Review:
    """A walk along a list of past answers, over an asker that records what is changed.

    Space goes on and records nothing, as does Enter, but for labels that the model disbelieves: that those were kept is
    worth knowing. Backspace goes one card back, and takes back what was said to it. A change is a new answer; nothing
    is deleted.

    Parameters
    ----------
    asker
        Of the annotator who looks at them.
    found
        The answers, in the order to show them.
    """

    def __init__(self, asker: Asker, found: Sequence[Again]) -> None:
        self._asker = asker
        self._found = tuple(found)
        self._steps: list[Step] = []
        self._taken_back: list[Step] = []

    @property
    def message(self) -> str:
        """One line about the last action, shown with the next card."""
        return self._asker.message

    @message.setter
    def message(self, words: str) -> None:
        self._asker.message = words

    def ask(self) -> Card | None:
        """Return the next card, None at the end of the list.

        Raises
        ------
        ProjectError
            If what its item showed is lost.
        """
        self._asker.look_again()
        return self._asker.card_of(self._found[self._place]) if self._place < len(self._found) else None

    def progress(self) -> Progress:
        """Return what stands around the card, with its place in the list."""
        return replace(self._asker.progress(), place=(self._place + 1, len(self._found)))

    def tell(self, card: Card, reply: Reply, seconds: float) -> Outcome:
        """Go on, or back, or record a reply; when this returns it is on disk.

        Raises
        ------
        NotSaved
            If it did not reach the disk. The card stays.
        WrongUse
            If the reply cannot be meant for this card: nothing to keep, or to go back to.
        """
        if isinstance(reply, Undo):
            return self._back(card)
        if isinstance(reply, Redo):
            return self._forth(card)
        if isinstance(reply, Skipped) or (isinstance(reply, Accepted) and self._is_kept_in_silence(card)):
            return self._pass(card)
        outcome = self._asker.tell(card, reply, seconds)
        last = self._asker.ledger.undoable(self._asker.annotator)
        if last and not isinstance(reply, Noted | Flagged):
            self._steps.append(Step(last.uuid, not isinstance(reply, ClassEdit)))
            self._taken_back.clear()
        return outcome

    @property
    def _place(self) -> int:
        return sum(step.moves for step in self._steps)

    def _is_kept_in_silence(self, card: Card) -> bool:
        again, classes = self._found[self._place], self._asker.ledger.classes
        if again.planned or card.kind is not CardKind.SECOND_LOOK or not card.answered:
            return False
        return not card.answered[0].class_id or card.answered[0].class_id in classes

    def _pass(self, card: Card) -> Outcome:
        self._steps.append(Step())
        self._taken_back.clear()
        self.message = ""
        said = ", ".join(dict.fromkeys(given.said for given in card.answered))
        return Outcome(card.item.id, said or "(not answered)", 1)

    def _back(self, card: Card) -> Outcome:
        if not self._steps:
            raise WrongUse("this is the first card of the review", "activelabel undo takes back what was said before")
        last = self._steps[-1]
        if not last.said:
            self._steps.pop()
            self.message = "one card back"
            return Outcome(card.item.id, "(back)", -1)
        outcome = self._asker.tell(card, Undo(), 0.0)
        if self._asker.ledger.withdrawn(last.said):
            self._taken_back.append(self._steps.pop())
        return outcome

    def _forth(self, card: Card) -> Outcome:
        if not self._taken_back:
            raise WrongUse("there is nothing to bring back", "Ctrl-R brings back what Backspace took back")
        outcome = self._asker.tell(card, Redo(), 0.0)
        if not self._asker.ledger.withdrawn(self._taken_back[-1].said):
            self._steps.append(self._taken_back.pop())
        return outcome
