"""What an item shows, as rows: one way a modality, whatever the screen is."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from rich.text import Text

from activelabel.cli.render.picture import picture_rows, size_in_pixels
from activelabel.cli.render.table_row import field_rows
from activelabel.cli.render.text import wrapped
from activelabel.records.kinds import Modality

if TYPE_CHECKING:
    from activelabel.cli.render.paper import Paper
    from activelabel.records.contents import Content

__all__ = ["content_line", "content_rows", "picture_size"]

READABLE = 96  # cells a row of prose may take: the eye loses its line beyond
PROSE_FROM = 48  # characters from which a field of a text item reads better by itself than in a column


@lru_cache(maxsize=4)
def content_rows(content: Content, width: int, height: int, paper: Paper) -> tuple[Text | str, ...]:
    """Return all rows of an item's content, more than `height` of them where it is long.

    Parameters
    ----------
    content
        What the item shows.
    width, height
        The room in cells; a picture is drawn to fill it, text is only folded to the width.
    paper
        What can be drawn.

    Returns
    -------
    tuple[Text | str, ...]
        Strings where nothing is styled: a long text has thousands of rows, of which few are seen.
    """
    rows: list[Text | str] = []
    if (size := picture_size(content, width, height, paper)) and paper.cell:
        rows += [""] * -(-size[1] // paper.cell[1])
    elif content.picture is not None:
        rows += picture_rows(content.picture, width, _picture_height(content, height), paper)
    if content.path:
        rows.append(Text(paper.clip(paper.foreign(content.path), width), "faint"))
    if content.modality is Modality.TEXT:
        rows += _prose_rows(content.fields, min(width, READABLE), paper)
    else:
        rows += field_rows(content.fields, min(width, READABLE), paper)
    return tuple(rows) or (Text("(nothing to show)", "faint"),)


def picture_size(content: Content, width: int, height: int, paper: Paper) -> tuple[int, int] | None:
    """Return the width and height in pixels of a picture that the rows leave blank; None where they hold all."""
    if content.picture is None or paper.cell is None:
        return None
    return size_in_pixels(content.picture, width, _picture_height(content, height), paper.cell)


def _picture_height(content: Content, height: int) -> int:
    # one row is left for what is below the picture, or for the line that says how much that is
    return max(height - bool(content.path or content.fields), 1)


def _prose_rows(fields: tuple[tuple[str, str], ...], width: int, paper: Paper) -> list[Text | str]:
    rows: list[Text | str] = []
    short = []
    for place, (name, value) in enumerate(fields):
        if place > 0 and len(value) < PROSE_FROM and "\n" not in value:
            short.append((name, value))
            continue
        if len(fields) > 1:
            rows.append(Text(paper.clip(paper.foreign(name), width), "field"))
        rows += wrapped(paper.foreign(value, newlines=True), width)
    return [*rows, *([""] if rows and short else []), *field_rows(tuple(short), width, paper)]


def content_line(content: Content) -> str:
    r"""Return what an item shows as one line of foreign text, of any length; "" where it is only a picture or numbers.

    Examples
    --------
    >>> from activelabel.records.contents import Content
    >>> from activelabel.records.kinds import Modality
    >>> content_line(Content(Modality.TABLE, (("kind", "owl"), ("seen", ""))))
    'kind: owl'
    >>> content_line(Content(Modality.TEXT, (("text", "an owl\nat night"),)))
    'an owl at night'
    """
    fields = [(name, " ".join(value.split())) for name, value in content.fields if value.strip()]
    words = [value if len(content.fields) == 1 else f"{name}: {value}" for name, value in fields]
    return "; ".join(filter(None, (content.path, *words)))
