"""What labels are to be good at, from the words a person gives."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from activelabel.errors import WrongUse
from activelabel.learning.protocols import Goal
from activelabel.project.classes import kept_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from activelabel.project.ledger import Ledger

__all__ = ["check_measure", "goal_of", "goal_today"]

ALL_CLASSES = ("accuracy", "macro-f1")
RECALL = "recall"


def check_measure(optimise: str) -> None:
    """Raise WrongUse unless this is `accuracy`, `macro-f1` or `recall:` with the name of a class, known or not."""
    measure, _, name = optimise.partition(":")
    if optimise not in ALL_CLASSES and not (measure == RECALL and name.strip()):
        raise WrongUse(f"nothing named {optimise!r} to optimise", "accuracy, macro-f1, or recall:CLASS")


def goal_of(optimise: str, names: Sequence[str]) -> Goal:
    """Return the goal, the class of `recall:CLASS` by its place among the names of classes.

    Raises
    ------
    WrongUse
        If the words mean nothing, or there is no such class.

    Examples
    --------
    >>> goal_of("recall:Spam", ["ham", "spam"])
    Goal(measure='recall', target=1)
    """
    check_measure(optimise)
    measure, _, name = optimise.partition(":")
    if not name:
        return Goal(measure)
    folded = [known.casefold() for known in names]
    wanted = kept_name(name).casefold()
    if wanted not in folded:
        near = get_close_matches(wanted, folded, n=1)
        known = f"try {names[folded.index(near[0])]!r}" if near else f"the classes are: {', '.join(names)}"
        hint = known if names else "there are no classes yet; list them: --classes A,B,C"
        raise WrongUse(f"no class named {name!r} to optimise the recall of", hint)
    return Goal(measure, folded.index(wanted))


def goal_today(optimise: str, ledger: Ledger) -> Goal:
    """Return the goal in the classes of today: the class that was named may have another name, or be part of another.

    Once it was split up there is no such class, and what is left to be good at is accuracy.

    Raises
    ------
    WrongUse
        If the words mean nothing.
    """
    check_measure(optimise)
    name = kept_name(optimise.partition(":")[2])
    if not name:
        return Goal(optimise)
    known = ledger.classes.get(ledger.once_called(name) or "") or ledger.find_class(name)
    if known is None:
        return Goal(ALL_CLASSES[0])
    return Goal(RECALL, list(ledger.classes).index(known.id))
