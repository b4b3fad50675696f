"""Where a command may write a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from activelabel.errors import ProjectError
from activelabel.project.files import written_aside
from activelabel.project.readers.partitions import is_part_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO

    from activelabel.project.layout import Layout
    from activelabel.records.settings import Settings

__all__ = ["check_place", "write_whole"]


def check_place(out: Path, layout: Layout, settings: Settings, *, force: bool) -> None:
    """Raise ProjectError if the file cannot be made there; nothing is changed."""
    if not out.parent.is_dir():
        raise ProjectError(f"there is no folder {out.parent}", "make it, or give another place")
    if is_part_of(out, Path(settings.data)):
        raise ProjectError(f"this is, or would be, the project's own data: {out}", "give another name")
    if not out.exists():
        return
    if not out.is_file():
        raise ProjectError(f"not a regular file: {out}", "give another name")
    # --force replaces what was written for people, never what labels are about
    if any(path.exists() and out.samefile(path) for path in (layout.labels, layout.config)):
        raise ProjectError(f"this is the project's own data: {out}", "give another name")
    if not force:
        raise ProjectError(f"there is a file already: {out}", "give another name, or --force to replace it")


def write_whole(out: Path, write: Callable[[BinaryIO], object]) -> None:
    """Have a file written, whole or not at all.

    Raises
    ------
    ProjectError
        If it cannot be; what was there is still there.
    """
    try:
        with written_aside(out) as file:
            write(file)
    except OSError as error:
        raise ProjectError(f"cannot be written ({error.strerror}): {out}", "what was there is as it was") from error
