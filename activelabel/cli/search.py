"""The search for a class: what is typed, which group is open, what is found, and which of it is marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from activelabel.cli.find import Fit, fit, searched
from activelabel.cli.groups import Group, grouped, path_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from activelabel.records.events import LabelClass
    from activelabel.records.progress import Progress

__all__ = ["Found", "Search"]

MOST_USEFUL: Final = 3  # classes before the groups: more would push the groups off a small screen


@dataclass(frozen=True, slots=True)
class Found:
    """A class or a group that was found.

    shown is its name within the open group; key is that of a class. labels and classes count what is in it; known is
    the class, None for a group, whose path is `group`. how says how it fits, `Fit.NONE` where nothing was typed.
    """

    shown: str
    labels: int
    key: str = ""
    known: LabelClass | None = None
    group: tuple[str, ...] = ()
    classes: int = 1
    how: Fit = Fit.NONE


class Search:
    """A search among the classes of a project.

    What fits equally well is in order of use: what this person chose last and most often, then what has most labels,
    then what was made first. What was typed before leads first to what was chosen then. Names that are a letter off are
    found only where none holds what was typed.

    Parameters
    ----------
    progress
        The classes, their counts, and what the person is used to.
    what_for
        What is to be done to the class, in a word or two.

    Attributes
    ----------
    text
        What is typed.
    path
        The open group, () for none.
    found
        What fits, best first; with nothing typed, what is most useful, then the groups, then the other classes.
    marked
        The place of what Enter would take.

    Examples
    --------
    >>> from activelabel.records.events import LabelClass
    >>> from activelabel.records.progress import Progress
    >>> names = ["ham", "fruit/apple", "fruit/pear"]
    >>> search = Search(Progress(0, 9, {}, tuple(LabelClass(name, name, "") for name in names)))
    >>> [found.shown for found in search.found]
    ['fruit/', 'ham']
    >>> search.steer("Enter"), [found.shown for found in search.found]
    (True, ['apple', 'pear'])
    """

    def __init__(self, progress: Progress, what_for: str = "find") -> None:
        self.what_for = what_for
        self._classes = progress.classes
        self._counts = progress.counts
        self._recent = progress.recent
        self._typed = progress.typed
        self.path: tuple[str, ...] = ()
        self.text = ""
        self.found: tuple[Found, ...] = ()
        self.marked = 0
        self.type("")

    @property
    def label(self) -> str:
        """What stands before the line that is typed."""
        return f"{self.what_for} in {'/'.join(self.path)}/:" if self.path else f"{self.what_for}:"

    @property
    def typed(self) -> str:
        """What is to be remembered of what was typed, the open group in front; "" where nothing was."""
        path, rest = self._scope()
        return searched("/".join([*path, rest])) if rest.strip() else ""

    @property
    def taken(self) -> LabelClass | None:
        """The marked class; None where a group is marked, or nothing was found."""
        return self.found[self.marked].known if self.found else None

    @property
    def is_settled(self) -> bool:
        """Whether only the first can be meant: its name was typed, or no other name holds what was typed."""
        if not self.found or self.found[0].known is None:
            return False
        literal = [found.how for found in self.found[:2] if found.how <= Fit.INSIDE]
        return literal[:1] == [Fit.WHOLE] or len(literal) == 1

    def type(self, text: str) -> None:
        """Find what fits a text; the first of it is marked."""
        self.text, self.marked = text, 0
        path, rest = self._scope()
        inside = self._inside(path)
        self.found = tuple(self._fitting(rest, inside, path) if rest.strip() else self._useful(inside, path))

    def mark(self, place: int) -> None:
        """Mark what is at a place, the nearest there is."""
        self.marked = max(0, min(place, len(self.found) - 1))

    def steer(self, key: str) -> bool:
        """Follow a key that types nothing, and say whether it was one.

        Up and Down move the mark; Enter and Right open the marked group; Left and Backspace, with nothing typed, close
        the open one.
        """
        if key in {"Up", "Down"}:
            self.mark(self.marked + (1 if key == "Down" else -1))
        elif key in {"Enter", "Right"}:
            self._open()
        elif key == "Left" or (key == "Backspace" and not self.text):
            self._close()
        else:
            return False
        return True

    def _open(self) -> None:
        group = self.found[self.marked].group if self.found else ()
        if group:
            self.path = group
            self.type("")

    def _close(self) -> None:
        if self.text or not self.path:
            return
        left, self.path = self.path, self.path[:-1]
        self.type("")
        self.mark(next((place for place, one in enumerate(self.found) if one.group == left), 0))

    def _scope(self) -> tuple[tuple[str, ...], str]:
        """Return the group that is searched and the text to search for: `fruit/ap` is `ap` in the group `fruit`."""
        path, rest = self.path, self.text
        while "/" in rest:
            head, _, tail = rest.partition("/")
            if head != head.strip() or tail[:1] in {" ", "/"}:
                break
            groups, _ = grouped(self._inside(path), len(path))
            # the one that is written so, rather than one that differs by an accent
            named = min(groups, key=lambda group: fit(head, group.path[-1]), default=None)
            if named is None or fit(head, named.path[-1]) > Fit.LAST:
                break
            path, rest = named.path, tail
        return path, rest

    def _inside(self, path: tuple[str, ...]) -> Sequence[LabelClass]:
        if not path:
            return self._classes
        folded, depth = [part.casefold() for part in path], len(path)
        paths = [[part.casefold() for part in path_of(known.name)] for known in self._classes]
        return [
            known
            for known, parts in zip(self._classes, paths, strict=True)
            if len(parts) > depth and parts[:depth] == folded
        ]

    def _useful(self, inside: Sequence[LabelClass], path: tuple[str, ...]) -> list[Found]:
        groups, alone = grouped(inside, len(path))
        used = [known for known in self._by_use(inside) if self._counts.get(known.id) or known.id in self._recent]
        first = used[:MOST_USEFUL] if groups else []
        rest = [known for known in self._by_use(alone) if known not in first]
        return [
            *map(self._class_found, first),
            *map(self._group_found, groups),
            *map(self._class_found, rest),
        ]

    def _fitting(self, text: str, inside: Sequence[LabelClass], path: tuple[str, ...]) -> list[Found]:
        remembered = self._typed.get(self.typed)
        fitting = []
        for known in self._by_use(inside):
            how = fit(text, _within(known, len(path)))
            if known.id == remembered:
                how = min(how, Fit.CHOSEN)
            if how is not Fit.NONE:
                fitting.append(self._class_found(known, how))
        groups, _ = grouped(inside, len(path))
        fitting += [self._group_found(group, Fit.GROUP) for group in groups if fit(text, group.path[-1]) <= Fit.START]
        fitting.sort(key=lambda found: found.how)
        # whoever typed no mistake wants none corrected
        worst = Fit.SCATTERED if fitting and fitting[0].how <= Fit.INSIDE else Fit.TYPO
        return [found for found in fitting if found.how <= worst]

    def _by_use(self, classes: Sequence[LabelClass]) -> list[LabelClass]:
        return sorted(classes, key=lambda known: (-self._recent.get(known.id, 0.0), -self._counts.get(known.id, 0)))

    def _class_found(self, known: LabelClass, how: Fit = Fit.NONE) -> Found:
        shown = _within(known, len(self.path))
        return Found(shown, self._counts.get(known.id, 0), known.key, known, how=how)

    def _group_found(self, group: Group, how: Fit = Fit.NONE) -> Found:
        labels = sum(self._counts.get(known.id, 0) for known in group.classes)
        shown = "/".join(group.path[len(self.path) :]) + "/"
        return Found(shown, labels, group=group.path, classes=len(group.classes), how=how)


def _within(known: LabelClass, depth: int) -> str:
    return "/".join(path_of(known.name)[depth:]) if depth else known.name
