"""A session without a second process: the learner takes a step, then the asker asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from activelabel.session.replies import Chosen, NewClass

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from activelabel.errors import ActivelabelError
    from activelabel.records.cards import Card
    from activelabel.records.progress import Progress
    from activelabel.session.asker import Asker
    from activelabel.session.learner import Learner
    from activelabel.session.outcome import Outcome
    from activelabel.session.replies import Reply

__all__ = ["GoldAnnotator", "InStep"]


class InStep:
    """The questions of an asker whose learner works between two cards: the same answers give the same cards.

    Parameters
    ----------
    asker, learner
        Of one project.
    every
        Answers between two steps of the learner.
    """

    def __init__(self, asker: Asker, learner: Learner, every: int = 1) -> None:
        self._asker = asker
        self._learner = learner
        self._every = every
        self.tell: Callable[[Card, Reply, float], Outcome] = asker.tell
        self.progress: Callable[[], Progress] = asker.progress

    def ask(self) -> Card | None:
        """Return the next card, from a plan that has seen all answers whenever a step is due."""
        if self._asker.ledger.given % self._every == 0:
            self._learner.step()
        return self._asker.ask()


class GoldAnnotator:
    """Answers every card with what is known to be right.

    Parameters
    ----------
    known
        Unit -> class name.
    on_saved
        Called with the item and what was said, once it is on disk.
    """

    def __init__(self, known: Mapping[str, str], on_saved: Callable[[str, str], None]) -> None:
        self._known = known
        self._on_saved = on_saved

    def answer(self, card: Card, progress: Progress) -> Reply:
        """Return the right class; a class that does not exist yet is added."""
        name = self._known[card.item.unit]
        found = next((known.id for known in progress.classes if known.name == name), None)
        return Chosen(found) if found else NewClass(name)

    def acknowledge(self, item_id: str, said: str) -> None:
        """Pass on that the answer is on disk."""
        self._on_saved(item_id, said)

    def refuse(self, error: ActivelabelError) -> None:
        """Fail: a right answer is never refused but for a disk that cannot be written to.

        Raises
        ------
        ActivelabelError
            The error.
        """
        raise error
