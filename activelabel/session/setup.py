"""A new project: built beside its place and renamed into it, so that it is there whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING
from uuid import uuid4

from activelabel.errors import BadData, ProjectError, WrongUse
from activelabel.project.config import DEFAULT_CONFIG
from activelabel.project.files import sync_folder
from activelabel.project.layout import Layout
from activelabel.project.ledger import Ledger
from activelabel.project.plan import PlanWriter
from activelabel.project.settings import settings_to_json
from activelabel.project.store import Draft, Store
from activelabel.records.events import LabelClass
from activelabel.records.kinds import EventKind
from activelabel.session.classes.keys import next_class_key
from activelabel.session.classes.names import checked_name
from activelabel.session.clock import utc_now
from activelabel.session.goals import goal_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from activelabel.project.dataset import Dataset
    from activelabel.records.settings import Settings
    from activelabel.session.workshop import Workshop

__all__ = ["check_place", "checked_classes", "create_project", "with_defined"]

NOTHING: Mapping[str, str] = MappingProxyType({})


def check_place(root: Path) -> None:
    """Raise ProjectError if a project cannot be made at `root`; nothing is changed."""
    if Layout(root).labels.exists():
        hint = "label it with `activelabel label`, or give another --project DIR"
        raise ProjectError(f"there is a project already: {root}", hint)
    if root.is_symlink() and not root.exists():
        raise ProjectError(f"a link that leads nowhere is there: {root}", "give another --project DIR")
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise ProjectError(f"something else is there: {root}", "give another --project DIR")
    above = next(folder for folder in (root, *root.absolute().parents) if folder.exists())
    if not above.is_dir():
        raise ProjectError(f"this is a file, not a folder: {above}", "give another --project DIR")
    if not os.access(above, os.W_OK | os.X_OK):
        raise ProjectError(f"no permission to write there: {above}", "give another --project DIR")


def checked_classes(names: Iterable[str]) -> list[LabelClass]:
    """Return new classes of these names with their keys.

    Raises
    ------
    WrongUse
        If one cannot be the name of a class, or two look alike.
    """
    known: list[LabelClass] = []
    for name in names:
        kept = checked_name(name, known)
        known.append(LabelClass(uuid4().hex[:12], kept, next_class_key(kept, {other.key for other in known})))
    return known


def create_project(
    root: Path,
    settings: Settings,
    classes: Sequence[str],
    annotator: str,
    build: Callable[[Settings, Path], Dataset] | None = None,
    definitions: Mapping[str, str] = NOTHING,
) -> Workshop:
    """Make a project with its first plan, so that the first session waits for nothing.

    Parameters
    ----------
    root
        Where; it must not exist or be an empty folder.
    settings
        What was found and asked for.
    classes
        Names of classes known in advance, in the order of their keys.
    annotator
        Who decided this.
    build
        Reads the data into the cache of the project; by default as `Dataset.build` does alone.
    definitions
        Class name -> what belongs to it; a class that is not among the others is added behind them.

    Raises
    ------
    ProjectError, BadData, WrongUse
        If it cannot be made, or the class to find is none of its classes; then nothing is left behind.
    """
    check_place(root)
    try:
        with _aside(root) as folder:
            return _fill(Layout(folder), settings, classes, annotator, build, definitions)
    except OSError as error:
        hint = "nothing was written; free some space, or give another --project DIR"
        raise ProjectError(f"no project can be made there ({error.strerror or error}): {root}", hint) from error


@contextmanager
def _aside(root: Path) -> Iterator[Path]:
    """Yield a folder that takes its place at `root` when the block ends well, and of which nothing is left when not."""
    made = [folder for folder in root.absolute().parents if not folder.exists()]
    # an empty folder may be the one that the person stands in: it is filled, not replaced
    inside = root.exists()
    # named before it is made: a signal may come at any line, and what it leaves must be known by name
    aside = (root if inside else root.parent) / f".activelabel-{uuid4().hex[:8]}"
    try:
        root.parent.mkdir(parents=True, exist_ok=True)
        aside.mkdir(mode=0o700)
        yield aside
        if inside:
            _move_into(root, aside)
        else:
            aside.chmod(0o755)
            aside.replace(root)
        sync_folder(root if inside else root.parent)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        for folder in made:
            with contextlib.suppress(OSError):
                folder.rmdir()
        raise


def _move_into(root: Path, aside: Path) -> None:
    # folders first, then labels.db, which makes it a project, then the settings
    for part in sorted(aside.iterdir(), key=lambda part: (part.is_dir(), part.name), reverse=True):
        part.replace(root / part.name)
    aside.rmdir()


def _fill(
    layout: Layout,
    settings: Settings,
    classes: Sequence[str],
    annotator: str,
    build: Callable[[Settings, Path], Dataset] | None,
    definitions: Mapping[str, str],
) -> Workshop:
    # numeric libraries are loaded here, after all that can be refused without them was refused
    from activelabel.session.planning import Planner
    from activelabel.session.workshop import open_workshop

    for folder in (layout.cache, layout.exports, layout.reports, layout.locks):
        folder.mkdir()
    workshop = open_workshop(layout, settings, build)
    found = workshop.dataset.labels()
    drafts = [Draft(EventKind.SETTINGS, settings_to_json(workshop.dataset.settings))]
    known = _known_classes(with_defined(classes, definitions), found, settings)
    goal_of(settings.algorithms.optimise, [each.name for each in known])
    texts = {name.casefold(): text for name, text in definitions.items()}
    drafts += [_addition(each, texts.get(each.name.casefold(), "")) for each in known]
    drafts += [
        Draft(EventKind.IMPORTED, {"class": c.id, "units": [workshop.dataset.unit(row) for row in found[c.name]]})
        for c in known
        if c.name in found
    ]
    with Store.create(layout.labels) as store:
        ledger = Ledger(store.append(annotator, utc_now(), drafts))
    layout.config.write_text(DEFAULT_CONFIG, encoding="utf-8")
    Planner(workshop, PlanWriter(layout)).make(ledger)
    return workshop


def with_defined(classes: Sequence[str], definitions: Mapping[str, str]) -> list[str]:
    """Return the names of classes, behind them those that are only defined.

    Examples
    --------
    >>> with_defined(["Ham"], {"ham": "wanted", "spam": "not wanted"})
    ['Ham', 'spam']
    """
    listed = {name.casefold() for name in classes}
    return [*classes, *(name for name in definitions if name.casefold() not in listed)]


def _addition(added: LabelClass, text: str) -> Draft:
    data = {"class": added.id, "name": added.name, "key": added.key}
    return Draft(EventKind.CLASS_ADDED, {**data, "text": text} if text else data)


def _known_classes(classes: Sequence[str], found: Iterable[str], settings: Settings) -> list[LabelClass]:
    given = [known.name for known in checked_classes(classes)]
    try:
        return checked_classes([*given, *(name for name in found if name not in given)])
    except WrongUse as error:
        column = settings.roles.label
        hint = f"mend them in the file, or make the project with --ignore {column}"
        raise BadData(f"{error}: column {column!r} of {settings.data}", hint) from None
