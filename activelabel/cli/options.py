"""Options that several commands share, and how their words become values."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from activelabel.errors import WrongUse

if TYPE_CHECKING:
    from activelabel.project.inspection import Wishes

__all__ = [
    "Columns",
    "Data",
    "Delimiter",
    "Encoding",
    "Group",
    "Ident",
    "Ignore",
    "Image",
    "Json",
    "Nearest",
    "Optimise",
    "Pixels",
    "Project",
    "Seed",
    "Text",
    "names_in",
    "wishes",
]

Project: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--project", "-p", metavar="DIR", help="The project. Default: this folder, else ./activelabel-project."
    ),
]
Data: TypeAlias = Annotated[
    Path, typer.Argument(metavar="DATA", help="CSV, TSV, JSONL, Parquet, .npy, .npz, or a folder of pictures.")
]
Columns: TypeAlias = list[str]
Text: TypeAlias = Annotated[
    Columns | None, typer.Option("--text", metavar="COL", help="A column of text (repeatable).")
]
Image: TypeAlias = Annotated[
    str | None, typer.Option("--image", metavar="COL", help="The column of paths to pictures.")
]
Pixels: TypeAlias = Annotated[str, typer.Option("--pixels", metavar="HxW", help="The numbers are a picture of H x W.")]
Ident: TypeAlias = Annotated[str | None, typer.Option("--id", metavar="COL", help="The column that names each row.")]
Ignore: TypeAlias = Annotated[
    Columns | None, typer.Option("--ignore", metavar="COL", help="A column to keep but not to learn from (repeatable).")
]
Group: TypeAlias = Annotated[
    str, typer.Option("--group", metavar="COL", help="Rows of one value stay on one side of a split.")
]
Encoding: TypeAlias = Annotated[str, typer.Option(help="Of the file's text.")]
Delimiter: TypeAlias = Annotated[str, typer.Option(help="Between cells; default: what the file shows.")]
Nearest: TypeAlias = Annotated[
    float, typer.Option(min=1.0, max=100.0, help="Cluster propagation: only this percentile nearest to each centre.")
]
Optimise: TypeAlias = Annotated[
    str,
    typer.Option(metavar="GOAL", help="What labels are to be good at: accuracy, macro-f1, or recall:CLASS."),
]
Json: TypeAlias = Annotated[bool, typer.Option("--json", help="Print JSON on standard output.")]
Seed: TypeAlias = Annotated[int, typer.Option(min=0, help="Of all randomness.")]


def names_in(text: str) -> tuple[str, ...]:
    """Return the names in a list with commas between them.

    Examples
    --------
    >>> names_in("ham, spam,")
    ('ham', 'spam')
    """
    return tuple(name.strip() for name in text.split(",") if name.strip())


def wishes(
    texts: Columns | None,
    image: str | None,
    pixels: str,
    ident: str | None,
    label: str | None,
    ignored: Columns | None,
    group: str,
    encoding: str,
    delimiter: str,
) -> Wishes:
    """Return what is wished of a data file.

    Raises
    ------
    WrongUse
        If `pixels` is no size.
    """
    from activelabel.project.inspection import Wishes

    return Wishes(
        texts=tuple(texts or ()),
        image=image,
        pixels=_size(pixels),
        id=ident,
        label=label,
        ignored=tuple(ignored or ()),
        group=group,
        encoding=encoding,
        delimiter=delimiter,
    )


def _size(text: str) -> tuple[int, int] | None:
    if not text:
        return None
    height, _, width = text.lower().partition("x")
    if not (height.isdigit() and width.isdigit() and int(height) * int(width) > 0):
        raise WrongUse(f"--pixels is {text!r}", "write height x width, as in --pixels 8x8")
    return int(height), int(width)
