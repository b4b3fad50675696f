"""A file that a command writes for a person: where it may be, and how it gets there whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from activelabel.errors import ProjectError
from activelabel.project.files import written_aside
from activelabel.reporting.exports.formulas import defused_sheet

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from activelabel.reporting.exports.formats import Format
    from activelabel.reporting.exports.sheet import Sheet

__all__ = ["check_place", "write_sheet"]


def check_place(out: Path, spared: Iterable[Path], *, force: bool) -> None:
    """Raise ProjectError if the file cannot be made there; nothing is changed.

    Parameters
    ----------
    out
        The file to make.
    spared
        Files that it never takes the place of, even by force.
    force
        Whether it may replace a file that is there.
    """
    if not out.parent.is_dir():
        raise ProjectError(f"there is no folder {out.parent}", "make it, or give another place")
    if not out.exists():
        return
    if not out.is_file():
        raise ProjectError(f"not a regular file: {out}", "give another name")
    if any(path.exists() and out.samefile(path) for path in spared):
        raise ProjectError(f"this is the project's own data: {out}", "give another name")
    if not force:
        raise ProjectError(f"there is a file already: {out}", "give another name, or --force to replace it")


def write_sheet(out: Path, form: Format, sheet: Sheet, *, exact: bool) -> None:
    """Write a sheet aside and put it in its place; cells that a spreadsheet would run are defused unless `exact`.

    Raises
    ------
    ProjectError
        If it cannot be written; what was there is still there.
    """
    try:
        with written_aside(out) as file:
            form.write(file, defused_sheet(sheet) if form.spreadsheet and not exact else sheet)
    except OSError as error:
        raise ProjectError(f"cannot be written ({error.strerror}): {out}", "what was there is as it was") from error
