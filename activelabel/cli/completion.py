"""What the shell offers when Tab is pressed: names that exist, found without a numeric library."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import typer  # noqa: TC002 - Typer reads the annotation when the program runs

from activelabel.errors import ActivelabelError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from activelabel.learning.registry import Kind

__all__ = ["algorithms", "class_names", "goals", "label_files", "label_kinds", "projects"]


def algorithms(kind: Kind, *, several: bool = False) -> Callable[[str], list[tuple[str, str]]]:
    """Return what completes the names of a kind of algorithm, each with what it does.

    Parameters
    ----------
    kind
        As in the registry.
    several
        Names may follow each other with commas between them.

    Examples
    --------
    >>> [name for name, _ in algorithms("strategy")("marg")]
    ['margin', 'margin-diversity']
    >>> [name for name, _ in algorithms("clusterer", several=True)("birch,k-")]
    ['birch,k-means']
    """

    def complete(incomplete: str) -> list[tuple[str, str]]:
        from activelabel.learning.registry import KINDS

        before, comma, begun = incomplete.rpartition(",") if several else ("", "", incomplete)
        named = before.split(",")
        return [
            (f"{before}{comma}{name}", entry.summary)
            for name, entry in KINDS[kind].items()
            if name.startswith(begun) and name not in named
        ]

    return complete


def class_names(context: typer.Context, incomplete: str) -> list[str]:
    """Return the classes of the project that the line names, or of the default one."""
    from activelabel.project.layout import find_project
    from activelabel.project.recorded import ledger_of

    named = context.params.get("project")
    try:
        # while a line is completed, its words are not paths yet in every version of Typer
        classes = ledger_of(find_project(named and Path(named))).classes.values()
    except ActivelabelError:
        # a line that names no project yet has no classes; the command itself will say so
        return []
    return _beginning(incomplete, (known.name for known in classes))


def projects(incomplete: str) -> list[str]:
    """Return the project folders whose path begins so; none leaves it to the shell, which offers all folders."""
    folder, begun = os.path.split(incomplete)
    try:
        beside = sorted(entry.name for entry in os.scandir(folder or ".") if entry.is_dir())
    except OSError:
        return []
    found = (os.path.join(folder, name) for name in _beginning(begun, beside))
    return [path for path in found if (Path(path) / "labels.db").is_file()]


def label_files(incomplete: str) -> list[str]:
    """Return the name that was begun with each ending that labels can be exported to.

    Examples
    --------
    >>> label_files("out/labels.c")
    ['out/labels.csv']
    """
    from activelabel.reporting.exports.formats import FORMATS

    folder, name = os.path.split(incomplete)
    stem, dot, begun = name.rpartition(".")
    stem, begun = (stem, begun) if dot else (name or "labels", "")
    return [os.path.join(folder, f"{stem}.{suffix}") for suffix in _beginning(begun, FORMATS)]


def label_kinds(incomplete: str) -> list[str]:
    """Return the kinds of labels to export."""
    from activelabel.reporting.exports.labels import What

    return _beginning(incomplete, What)


def goals(incomplete: str) -> list[str]:
    """Return what labels can be good at; of the last the name of a class is to be added."""
    return _beginning(incomplete, ("accuracy", "macro-f1", "recall:"))


def _beginning(begun: str, names: Iterable[str]) -> list[str]:
    return [str(name) for name in names if name.startswith(begun)]
