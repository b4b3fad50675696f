"""Options that several commands share, and how their words become values."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import typer

from activelabel.cli.completion import algorithms, goals, label_files, projects
from activelabel.errors import WrongUse

if TYPE_CHECKING:
    from activelabel.learning.registry import Kind
    from activelabel.project.inspection import Wishes

__all__ = [
    "ANSWERED",
    "BEYOND",
    "COMPARED",
    "DATA",
    "ENDING",
    "EXPERIMENT",
    "LEARNING",
    "PROGRAMS",
    "START",
    "TRYING",
    "Annotator",
    "Answers",
    "Cluster",
    "Clusterer",
    "Clusterers",
    "Columns",
    "Data",
    "Delimiter",
    "Encoding",
    "Exact",
    "Force",
    "Group",
    "Ident",
    "Ignore",
    "Image",
    "Json",
    "Learner",
    "Learners",
    "Nearest",
    "Optimise",
    "Out",
    "Pixels",
    "Plain",
    "Project",
    "Propagator",
    "Propagators",
    "Sample",
    "Seed",
    "Strategies",
    "Strategy",
    "Text",
    "WhatIf",
    "names_in",
    "wishes",
]

START, ANSWERED, TRYING = "Start here", "What was answered", "Algorithms and settings"
PROGRAMS = "For other programs"
"""Groups of commands in the help of the program."""
DATA, LEARNING = "What is in the data", "How it asks and learns"
COMPARED, EXPERIMENT, ENDING = "What is compared", "The experiment", "When it ends"
BEYOND = "Beyond one machine (docs/partitions.md)"
"""Groups of options in the help of a command that has many."""

Project: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--project",
        "-p",
        metavar="DIR",
        help="The project. Default: this folder, else ./activelabel-project.",
        autocompletion=projects,
    ),
]
Data: TypeAlias = Annotated[
    Path,
    typer.Argument(
        metavar="DATA",
        help="CSV, TSV, JSONL, Parquet, .npy, .npz; a folder of pictures, or of Parquet files; 'x/*.parquet'; a URL.",
    ),
]
Cluster: TypeAlias = Annotated[
    str,
    typer.Option(
        "--cluster",
        metavar="local|tcp://...",
        help="Parquet: have Dask read the files, here or by the workers of a scheduler.",
        rich_help_panel=BEYOND,
    ),
]
Columns: TypeAlias = list[str]
Text: TypeAlias = Annotated[
    Columns | None, typer.Option("--text", metavar="COL", help="A column of text (repeatable).", rich_help_panel=DATA)
]
Image: TypeAlias = Annotated[
    str | None, typer.Option("--image", metavar="COL", help="The column of paths to pictures.", rich_help_panel=DATA)
]
Pixels: TypeAlias = Annotated[
    str, typer.Option("--pixels", metavar="HxW", help="The numbers are a picture of H x W.", rich_help_panel=DATA)
]
Ident: TypeAlias = Annotated[
    str | None, typer.Option("--id", metavar="COL", help="The column that names each row.", rich_help_panel=DATA)
]
Ignore: TypeAlias = Annotated[
    Columns | None,
    typer.Option(
        "--ignore", metavar="COL", help="A column to keep but not to learn from (repeatable).", rich_help_panel=DATA
    ),
]
Group: TypeAlias = Annotated[
    str,
    typer.Option("--group", metavar="COL", help="Rows of one value stay on one side of a split.", rich_help_panel=DATA),
]
Encoding: TypeAlias = Annotated[str, typer.Option(metavar="NAME", help="Of the file's text.", rich_help_panel=DATA)]
Delimiter: TypeAlias = Annotated[
    str, typer.Option(metavar="CHAR", help="Between cells; default: what the file shows.", rich_help_panel=DATA)
]
Nearest: TypeAlias = Annotated[
    float,
    typer.Option(
        min=1.0,
        max=100.0,
        metavar="PERCENT",
        help="Cluster propagation: only so many of a cluster, the nearest to its centre.",
        rich_help_panel=LEARNING,
    ),
]
Sample: TypeAlias = Annotated[
    int | None,
    typer.Option(
        min=10,
        metavar="N",
        help="Group N rows that stand for all; the others follow their neighbours. Default: all.",
        rich_help_panel=LEARNING,
    ),
]
Optimise: TypeAlias = Annotated[
    str,
    typer.Option(
        metavar="GOAL",
        help="What labels are to be good at: accuracy, macro-f1, or recall:CLASS.",
        autocompletion=goals,
        rich_help_panel=LEARNING,
    ),
]


def _named(kind: Kind, words: str) -> Any:
    complete = algorithms(kind)
    return typer.Option(metavar="NAME", help=words, autocompletion=complete, rich_help_panel=LEARNING)


def _compared(kind: Kind, words: str) -> Any:
    complete = algorithms(kind, several=True)
    return typer.Option(metavar="A,B", help=words, autocompletion=complete, rich_help_panel=COMPARED)


Clusterer: TypeAlias = Annotated[str, _named("clusterer", "Who groups like items.")]
Strategy: TypeAlias = Annotated[str, _named("strategy", "Who chooses the questions.")]
Propagator: TypeAlias = Annotated[str, _named("propagator", "Who carries labels to like items.")]
Learner: TypeAlias = Annotated[str, _named("learner", "Who predicts the rest.")]
Clusterers: TypeAlias = Annotated[str, _compared("clusterer", "Who groups like items.")]
Strategies: TypeAlias = Annotated[str, _compared("strategy", "Who chooses the questions.")]
Propagators: TypeAlias = Annotated[str, _compared("propagator", "Who carries labels to like items.")]
Learners: TypeAlias = Annotated[str, _compared("learner", "Who predicts the rest.")]
WhatIf: TypeAlias = Annotated[
    str,
    typer.Option(
        "--what-if",
        metavar="A,B",
        help="Try other strategies on the answers: random, margin ...",
        autocompletion=algorithms("strategy", several=True),
    ),
]
Json: TypeAlias = Annotated[bool, typer.Option("--json", help="Print JSON on standard output.")]
Seed: TypeAlias = Annotated[int, typer.Option(min=0, help="Of all randomness.")]
Annotator: TypeAlias = Annotated[str, typer.Option(metavar="NAME", help="Who answers; default: your user name.")]
Plain: TypeAlias = Annotated[bool, typer.Option("--plain", help="One fact a line, nothing redrawn.")]
Answers: TypeAlias = Annotated[
    str, typer.Option(metavar="FILE|-", help="Answers as lines instead of keys; - is standard input.")
]
Out: TypeAlias = Annotated[
    Path,
    typer.Argument(metavar="OUT", help="A file ending in .csv, .tsv, .jsonl or .parquet.", autocompletion=label_files),
]
Exact: TypeAlias = Annotated[bool, typer.Option("--exact", help="CSV: leave cells that a spreadsheet would run.")]
Force: TypeAlias = Annotated[bool, typer.Option("--force", help="Replace a file that is there.")]


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
