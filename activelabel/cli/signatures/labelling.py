"""Commands that make a project and take answers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from activelabel.cli.options import (
    ANSWERED,
    DATA,
    LEARNING,
    START,
    Clusterer,
    Data,
    Delimiter,
    Encoding,
    Group,
    Ident,
    Ignore,
    Image,
    Learner,
    Nearest,
    Optimise,
    Pixels,
    Project,
    Propagator,
    Seed,
    Strategy,
    Text,
    names_in,
    wishes,
)

__all__ = ["app"]

app = typer.Typer()


@app.command(
    epilog="Example: activelabel init sample_data/penguins.csv --ignore label --project penguins",
    rich_help_panel=START,
)
def init(
    data: Data,
    project: Project = None,
    text: Text = None,
    image: Image = None,
    pixels: Pixels = "",
    ident: Ident = None,
    label: Annotated[
        str | None,
        typer.Option(
            "--label",
            metavar="COL",
            help="A column of labels that is there already; '' for none.",
            rich_help_panel=DATA,
        ),
    ] = None,
    ignore: Ignore = None,
    group: Group = "",
    classes: Annotated[str, typer.Option(metavar="A,B,C", help="The classes, if they are known.")] = "",
    guidelines: Annotated[
        Path | None,
        typer.Option("--guidelines", metavar="FILE", help="What belongs to each class, a line each: NAME: text."),
    ] = None,
    clusterer: Clusterer = "default",
    clusters: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="How many groups.", rich_help_panel=LEARNING)
    ] = None,
    strategy: Strategy = "default",
    propagator: Propagator = "default",
    nearest: Nearest = 100.0,
    learner: Learner = "default",
    optimise: Optimise = "accuracy",
    audit: Annotated[
        float,
        typer.Option(
            min=0.0,
            max=1.0,
            metavar="SHARE",
            help="Share of questions drawn at random, to judge by.",
            rich_help_panel=LEARNING,
        ),
    ] = 0.2,
    seed: Seed = 0,
    encoding: Encoding = "utf-8",
    delimiter: Delimiter = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what was found; write nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask whether what was found is right.")] = False,
) -> None:
    """Look at a data set and make a project of it.

    The first thing with data of your own. It says what it takes each column for, and asks before it writes.
    """
    from activelabel.cli.commands.init import Choices, run
    from activelabel.records import Algorithms

    wished = wishes(text, image, pixels, ident, label, ignore, group, encoding, delimiter)
    named = Algorithms(clusterer, clusters, strategy, propagator, nearest, learner, optimise)
    run(data, project, wished, Choices(names_in(classes), guidelines, named, audit, seed, dry_run, yes))


@app.command(epilog="Example: activelabel label --project penguins --max 50", rich_help_panel=START)
def label(
    project: Project = None,
    annotator: Annotated[str, typer.Option(metavar="NAME", help="Who answers; default: your user name.")] = "",
    most: Annotated[int, typer.Option("--max", min=0, metavar="N", help="Stop after N answers; 0 is no limit.")] = 0,
    plain: Annotated[bool, typer.Option("--plain", help="One fact a line, nothing redrawn.")] = False,
    answers: Annotated[
        str, typer.Option(metavar="FILE|-", help="Answers as lines instead of keys; - is standard input.")
    ] = "",
    new_classes: Annotated[
        bool, typer.Option("--new-classes", help="With --answers: unknown classes are added.")
    ] = False,
) -> None:
    """Answer cards: one key an answer, saved before the next card is shown.

    As often as you like: Ctrl-D leaves, and the same command goes on where you were. On a card ? shows all keys.
    """
    from activelabel.cli.commands.label import run

    run(project, annotator=annotator, most=most, plain=plain, answers=answers, new_classes=new_classes)


@app.command(epilog="Example: activelabel undo 3 --project penguins", rich_help_panel=ANSWERED)
def undo(
    count: Annotated[int, typer.Argument(metavar="[N]", min=1, help="How many answers.")] = 1,
    project: Project = None,
    annotator: Annotated[str, typer.Option(metavar="NAME", help="Whose; default: your user name.")] = "",
) -> None:
    """Take the last answers back, and what was propagated from them.

    For what you regret after you have left; while you label, Backspace does the same.
    """
    from activelabel.cli.commands.undo import undo as run

    run(count, project, annotator=annotator)
