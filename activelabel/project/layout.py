"""Every path in a project directory, named once.

my-project/
  activelabel.toml     what may differ between people: keys, pace
  labels.db            what people said; back this up, nothing else matters
  cache/               what the machine worked out: delete at will, it is rebuilt
  exports/ reports/    what you asked for
  locks/               held by processes that are alive
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path
from urllib.parse import quote

from activelabel.errors import ProjectError, WrongUse

__all__ = ["COPY", "COPY_FACTS", "DEFAULT_PROJECT", "Layout", "find_project"]

DEFAULT_PROJECT = "activelabel-project"
COPY, COPY_FACTS = "dataset", "meta.json"
LONGEST_NAME = 150  # characters of a person's name in a file name, of which file systems allow 255


@dataclass(frozen=True, slots=True)
class Layout:
    """The places of one project.

    Examples
    --------
    >>> Layout(Path("birds")).labels.as_posix()
    'birds/labels.db'
    """

    root: Path
    part_key: str = ""

    def part(self, key: str) -> Layout:
        """Return the places of the same project with plans of their own, for the part of it that has this key.

        Examples
        --------
        >>> Layout(Path("birds")).part("ab12").plan.as_posix(), Layout(Path("birds")).part("").plan.as_posix()
        ('birds/cache/parts/ab12/plan.json', 'birds/cache/plan.json')
        """
        return replace(self, part_key=key)

    @property
    def labels(self) -> Path:
        """The database of events."""
        return self.root / "labels.db"

    @property
    def config(self) -> Path:
        """The settings that may differ between people."""
        return self.root / "activelabel.toml"

    @property
    def cache(self) -> Path:
        """The folder of all that can be rebuilt."""
        return self.root / "cache"

    @property
    def plans(self) -> Path:
        """The folder of the plan in force and what belongs to it."""
        return self.cache / "parts" / self.part_key if self.part_key else self.cache

    @property
    def plan(self) -> Path:
        """The plan in force."""
        return self.plans / "plan.json"

    @property
    def contents(self) -> Path:
        """What planned cards show, appended to and never rewritten."""
        return self.plans / "contents.jsonl"

    def clusters(self, key: str) -> Path:
        """Return the file of the clustering that was made from what `key` stands for."""
        return self.cache / f"clusters-{key}.jsonl"

    @property
    def claims(self) -> Path:
        """The database of what is on whose screen."""
        return self.cache / "claims.db"

    @property
    def copy_facts(self) -> Path:
        """What the project's copy of the data was made from, and what was learned on the way."""
        return self.cache / COPY / COPY_FACTS

    @property
    def sweep(self) -> Path:
        """What the last look at the whole pool has told."""
        return self.cache / "sweep.json"

    @property
    def views(self) -> Path:
        """The folder of pictures larger than their thumbnails, one JPEG file for each unit that was planned."""
        return self.cache / "views"

    @property
    def locks(self) -> Path:
        """The folder of locks."""
        return self.root / "locks"

    @property
    def learner_lock(self) -> Path:
        """The lock of whoever writes the plan."""
        return self.locks / (f"learner-{self.part_key}" if self.part_key else "learner")

    def annotator_lock(self, annotator: str) -> Path:
        """Return the lock of an annotator's sessions; any name makes one file name.

        Examples
        --------
        >>> Layout(Path("birds")).annotator_lock("ann/bob").name
        'annotator-ann%2Fbob'
        """
        name = quote(annotator, safe="")
        if len(name) > LONGEST_NAME:
            name = f"{name[:LONGEST_NAME]}-{blake2b(annotator.encode(), digest_size=8).hexdigest()}"
        return self.locks / f"annotator-{name}"

    @property
    def learner_log(self) -> Path:
        """What went wrong in the learner, if anything did."""
        return self.plans / "learner.log"

    @property
    def exports(self) -> Path:
        """The folder for labels as files."""
        return self.root / "exports"

    @property
    def reports(self) -> Path:
        """The folder for reports."""
        return self.root / "reports"


def find_project(given: Path | None) -> Layout:
    """Return the project that a command means: the one given, else the current folder, else the default name.

    Raises
    ------
    WrongUse
        If there is no project there. Nothing is created.
    ProjectError
        If there is one but its database is missing.
    """
    for root in [given] if given else [Path(), Path(DEFAULT_PROJECT)]:
        layout = Layout(root)
        if layout.labels.is_file():
            return layout
        if layout.cache.is_dir() and layout.config.is_file():
            raise ProjectError(f"the labels are missing: {layout.labels}", "put labels.db back from a backup")
    place = given or Path()
    hint = "make one with `activelabel init DATA`, or name one with --project DIR"
    raise WrongUse(f"no activelabel project here: {place.absolute() if place == Path() else place}", hint)
