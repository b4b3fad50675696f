"""Going to an item that the person looks for: a line is typed, what fits it is listed, one of the list comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from activelabel.errors import ActivelabelError
from activelabel.project.wording import counted
from activelabel.session.replies import GoTo

if TYPE_CHECKING:
    from activelabel.cli.face import Face
    from activelabel.project.search import Hits
    from activelabel.session.annotator import Aids

__all__ = ["go_to"]


def go_to(face: Face, aids: Aids) -> GoTo | None:
    """Return the wish to see the item that the person finds, None if they find none or close the search."""
    typed = face.ask("go to:")
    if not typed or not typed.strip():
        face.tell("")
        return None
    # the first search opens the data, which takes a moment
    face.tell("looking through the items ...")
    try:
        hits = aids.search(typed)
    except ActivelabelError as error:
        face.tell(f"{error}; {error.hint}")
        return None
    if not hits.shown:
        face.tell(f"no item whose id begins with, or whose text contains: {typed.strip()}")
        return None
    if hits.total == 1:
        return GoTo(hits.shown[0].id)
    place = face.choose(_title(typed.strip(), hits), [f"{hit.name}  {hit.line}" for hit in hits.shown])
    return None if place is None else GoTo(hits.shown[place].id)


def _title(typed: str, hits: Hits) -> str:
    more = hits.total - len(hits.shown)
    found = counted(len(hits.shown), "item") + (f" and {more:,} more" if more else "")
    return f"{found}: {typed}"
