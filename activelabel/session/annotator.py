"""Anything that answers: a person at a terminal, lines of a file, the gold labels of a simulation, a test's list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from activelabel.errors import ActivelabelError
    from activelabel.project.search import Hits
    from activelabel.records.cards import Card, Precedent
    from activelabel.records.contents import ItemRecord
    from activelabel.records.events import LabelClass
    from activelabel.records.progress import Progress
    from activelabel.session.classes.edits import ClassEdit
    from activelabel.session.clusters.nouns import ClusterView
    from activelabel.session.replies import Reply

__all__ = ["Aids", "Annotator"]


class Annotator(Protocol):
    """Answers cards, one at a time, and is told what became of each answer."""

    def answer(self, card: Card, progress: Progress) -> Reply:
        """Show the card with what stands around it, and return one reply."""
        ...

    def acknowledge(self, item_id: str, said: str) -> None:
        """Be told that a reply to `item_id` is on disk; `said` is the class name, ``(skip)``, ``(not sure)`` ...

        An edit of the classes is about no item: `item_id` is "" then.

        Called after COMMIT has returned and before the next card is drawn.
        """
        ...

    def refuse(self, error: ActivelabelError) -> None:
        """Be told that the last reply could not be carried out; nothing was saved and the card stays."""
        ...


class Aids(Protocol):
    """What a person can ask for beside a card; an `Asker` has it."""

    def precedents(self, card: Card) -> tuple[Precedent, ...]:
        """Return the nearest items that this person has decided, those of the contested classes first."""
        ...

    def search(self, typed: str) -> Hits:
        """Return the items whose id begins with what was typed, or whose text contains it."""
        ...

    def classes(self) -> tuple[LabelClass, ...]:
        """Return the classes there are, in the order they were made."""
        ...

    def answers_given(self) -> int:
        """Return how many answers this person has given in the project, those taken back too."""

    def cluster(self, card: Card) -> ClusterView | None:
        """Return the cluster of the item on a card; None where it is in none, or that is not ready."""
        ...

    def welcome_clusters(self) -> None:
        """Be told that this person can be asked about whole clusters."""
        ...

    def was_away(self, seconds: float) -> None:
        """Be told that the person was elsewhere, with the terminal, for the last `seconds`: no clock counts those."""
        ...

    def foreseen(self, card: Card, edit: ClassEdit) -> str:
        """Return what an edit of the classes would come to, in a sentence; nothing is recorded.

        Raises
        ------
        WrongUse
            If it cannot be made.
        """
        ...

    def example(self, item_id: str) -> ItemRecord | None:
        """Return an item that was given as an example of a class; None if it is not known."""
        ...
