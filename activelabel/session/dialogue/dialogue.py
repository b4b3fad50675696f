"""Questions and answers with a program: one card at a time, which stays until it is answered or given back.

An answer is recorded once however often it comes: it names its card by a token, and the event keeps the token.
"""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from activelabel.errors import ActivelabelError, StaleCard, UnknownClass, WrongUse
from activelabel.project.classes import kept_name
from activelabel.records.kinds import CardKind, EventKind
from activelabel.session.cards import as_it_stands
from activelabel.session.dialogue.messages import done_message, error_message, question_message, saved_message
from activelabel.session.dialogue.said import SIMPLE, parsed
from activelabel.session.replies import Chosen, NewClass, Noted
from activelabel.session.undo import decision_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from activelabel.project.ledger import Ledger
    from activelabel.records.cards import Card
    from activelabel.records.events import Event
    from activelabel.records.progress import Progress
    from activelabel.session.asker import Asker
    from activelabel.session.dialogue.held import Held
    from activelabel.session.dialogue.messages import Message, Voice
    from activelabel.session.dialogue.said import Said
    from activelabel.session.outcome import Outcome
    from activelabel.session.replies import Reply

__all__ = ["Dialogue", "converse"]

LEARN_AFTER: Final = 10  # answers that a plan has not seen
KINDS: Final = {"skip": EventKind.SKIP, "not_sure": EventKind.NOT_SURE, "bad": EventKind.BAD_ITEM}
SHOWN: Final = 60  # characters of a word that an error quotes


class Dialogue:
    """One annotator's side of a project, as messages.

    Parameters
    ----------
    asker
        Knows what comes next.
    held
        Keeps the card from one process to the next.
    voice
        How cards are told.
    clock
        Gives seconds since any start that later processes share.
    tell
        Records a reply; the asker's own unless somebody has to be told too.

    Attributes
    ----------
    card
        The one that is held; None before it is dealt.
    """

    def __init__(
        self,
        asker: Asker,
        held: Held,
        voice: Voice,
        clock: Callable[[], float],
        tell: Callable[[Card, Reply, float], Outcome] | None = None,
    ) -> None:
        self._asker = asker
        self._held = held
        self._voice = voice
        self._clock = clock
        self._tell = tell or asker.tell
        self.card: Card | None = None
        self._since = 0.0
        if found := held.find(asker.ledger):
            self.card, self._since = found

    @property
    def is_behind(self) -> bool:
        """Whether a step of the learner is due before the next card is dealt."""
        plan = self._asker.plan
        if self.card:
            return False
        said = self._asker.ledger.said
        return plan is None or sum(event.counter > plan.answers_through for event in said) >= LEARN_AFTER

    def question(self) -> Message | None:
        """Return the card that is held, else the next one; None when there is none now but may be one later.

        When nothing is left to ask the message says that it is done.
        """
        if self.card is None:
            self._deal()
        if self.card is None:
            return None if self._asker.more_to_come() else done_message(self._asker.progress())
        return question_message(as_it_stands(self.card, self._asker.ledger), self._asker.progress(), self._voice)

    def answer(self, text: str | bytes) -> Message:
        """Record an answer written as JSON; what is returned is on disk.

        Raises
        ------
        WrongUse
            If it is no answer, or one that this card cannot have.
        StaleCard
            If its card is not asked any more.
        NotSaved
            If it did not reach the disk. The card stays.
        """
        said = parsed(text)
        if said.what == "undo":
            return self._undo()
        if self.card is None or self.card.token != said.card:
            return self._repeated(said)
        card = as_it_stands(self.card, self._asker.ledger)
        reply = self._meant(said, card)
        seconds = self._clock() - self._since if said.seconds is None else said.seconds
        # whoever sends an answer again because it was not saved has the note saved already
        notes = [note.data["text"] for note in self._asker.ledger.notes.get(card.item.id, [])]
        if said.note and said.note not in notes[-1:]:
            self._tell(card, Noted(said.note), 0.0)
        outcome = self._tell(card, reply, seconds)
        self.give_back()
        return saved_message(outcome.item, outcome.said, self.progress())

    def progress(self) -> Progress:
        """Return what stands around the card."""
        return self._asker.progress()

    def announce(self, words: str) -> None:
        """Have the next question carry a line about what changed."""
        self._asker.message = words

    def give_back(self) -> None:
        """Hold no card: the next question is dealt anew. The same item may come again, for it is still the next."""
        self.card = None
        self._held.give_back()

    def _deal(self) -> None:
        card = self._asker.ask()
        if card is None:
            return
        self.card, self._since = replace(card, token=uuid4().hex), self._clock()
        self._held.keep(self.card, self._asker.ledger.counter, self._since)

    def _undo(self) -> Message:
        outcome = self._asker.take_back()
        self.give_back()
        # held at once: a later process would not know that this card is to come again
        self._deal()
        return saved_message(outcome.item, outcome.said, self.progress())

    def _meant(self, said: Said, card: Card) -> Reply:
        looks_again = card.kind is CardKind.SECOND_LOOK  # accepting keeps what was said before
        if said.what == "accept" and not looks_again and not self._voice.suggestion(card, self.progress()):
            raise WrongUse("there is no suggestion to accept on this card", "choose a class")
        if said.what in SIMPLE:
            return SIMPLE[said.what]
        known = self._asker.ledger.find_class(said.label)
        if known:
            return Chosen(known.id)
        if said.new_class:
            return NewClass(said.label)
        names = [known.name for known in self._asker.ledger.classes.values()]
        raise UnknownClass(f"no class named {said.label[:SHOWN]!r}", _nearest(said.label, names))

    def _repeated(self, said: Said) -> Message:
        """Acknowledge an answer that was recorded already; refuse every other that is not for the card that is held."""
        ledger, annotator = self._asker.ledger, self._held.annotator
        given = (event for event in reversed(ledger.said) if event.data.get("token") == said.card)
        event = next((event for event in given if event.annotator == annotator), None)
        if event is None:
            raise StaleCard(f"no such card is asked: {said.card[:SHOWN]!r}", "ask for the next one: activelabel next")
        if ledger.withdrawn(event.uuid):
            raise StaleCard("the answer to this card was taken back", "ask for it again: activelabel next")
        words = decision_words(event, ledger)
        if not _is_the_same(said, event, ledger):
            raise StaleCard(f"this card was answered already: {words}", 'take that back first: {"undo": true}')
        return saved_message(event.item, words, self.progress())


def converse(
    dialogue: Dialogue, lines: Iterable[bytes], say: Callable[[Message], None], refill: Callable[[], bool]
) -> None:
    """Ask and take answers until the lines end; a line that cannot be carried out leaves the card where it is.

    Parameters
    ----------
    dialogue
        The two sides.
    lines
        Answers, one a line.
    say
        Told each question once, and what became of each line.
    refill
        Called when there is no card now: waits for more and says whether there may be some.
    """
    asked = ""
    lines = iter(lines)
    while True:
        question = dialogue.question()
        while question is None and refill():
            question = dialogue.question()
        question = question or dialogue.question()
        if question and question["card"] != asked:
            asked = question["card"]
            say(question)
        line = next(lines, None)
        if line is None:
            return
        try:
            say(dialogue.answer(line))
        except ActivelabelError as error:
            say(error_message(error))


def _is_the_same(said: Said, event: Event, ledger: Ledger) -> bool:
    if said.what in KINDS:
        return event.kind is KINDS[said.what]
    if event.kind is not EventKind.LABEL:
        return False
    if said.what == "accept":
        return bool(event.data.get("suggestion", {}).get("class_id") == event.data["classes"][0])
    known = ledger.find_class(said.label)
    return known is not None and known.id in {event.data["classes"][0], ledger.class_of(event)}


def _nearest(name: str, names: list[str]) -> str:
    folded = {known.casefold(): known for known in names}
    near = get_close_matches(kept_name(name).casefold(), folded, n=1)
    return f'try {folded[near[0]]!r}, or add it: "new_class": true' if near else 'add it: "new_class": true'
