"""A new project: built beside its place and renamed into it, so that it is there whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from activelabel.errors import ProjectError
from activelabel.project.config import DEFAULT_CONFIG
from activelabel.project.files import sync_folder
from activelabel.project.layout import Layout
from activelabel.project.ledger import Ledger
from activelabel.project.plan import PlanWriter
from activelabel.project.settings import settings_to_json
from activelabel.project.store import Draft, Store
from activelabel.records import EventKind, LabelClass
from activelabel.session.class_keys import next_class_key
from activelabel.session.clock import utc_now
from activelabel.session.names import checked_name

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from activelabel.records import Settings
    from activelabel.session.workshop import Workshop

__all__ = ["check_place", "create_project"]


def check_place(root: Path) -> None:
    """Raise ProjectError if a project cannot be made at `root`; nothing is changed."""
    if Layout(root).labels.exists():
        hint = "label it with `activelabel label`, or give another --project DIR"
        raise ProjectError(f"there is a project already: {root}", hint)
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise ProjectError(f"something else is there: {root}", "give another --project DIR")


def create_project(
    root: Path,
    settings: Settings,
    classes: Sequence[str],
    annotator: str,
    on_rows: Callable[[int], None] | None = None,
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
    on_rows
        Told how many rows were read so far.

    Raises
    ------
    ProjectError, BadData
        If it cannot be made; then nothing is left behind.
    """
    check_place(root)
    root.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{root.name}.", dir=root.parent))
    try:
        workshop = _fill(Layout(aside), settings, classes, annotator, on_rows)
        aside.chmod(0o755)
        aside.replace(root)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
    sync_folder(root.parent)
    return workshop


def _fill(
    layout: Layout,
    settings: Settings,
    classes: Sequence[str],
    annotator: str,
    on_rows: Callable[[int], None] | None,
) -> Workshop:
    # numeric libraries are loaded here, after all that can be refused without them was refused
    from activelabel.session.planning import Planner
    from activelabel.session.workshop import open_workshop

    for folder in (layout.cache, layout.exports, layout.reports, layout.locks):
        folder.mkdir()
    workshop = open_workshop(layout, settings, on_rows)
    found = workshop.dataset.labels()
    drafts = [Draft(EventKind.SETTINGS, settings_to_json(workshop.dataset.settings))]
    known = _classes([*classes, *(name for name in found if name not in classes)])
    drafts += [Draft(EventKind.CLASS_ADDED, {"class": c.id, "name": c.name, "key": c.key}) for c in known]
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


def _classes(names: Sequence[str]) -> list[LabelClass]:
    known: list[LabelClass] = []
    for name in names:
        kept = checked_name(name, known)
        known.append(LabelClass(uuid4().hex[:12], kept, next_class_key(kept, {other.key for other in known})))
    return known
