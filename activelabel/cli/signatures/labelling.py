"""Commands that make a project and take answers."""

from __future__ import annotations

from typing import Annotated

import typer

from activelabel.cli.options import (
    Data,
    Delimiter,
    Encoding,
    Group,
    Ident,
    Ignore,
    Image,
    Nearest,
    Optimise,
    Pixels,
    Project,
    Seed,
    Text,
    names_in,
    wishes,
)

__all__ = ["app"]

app = typer.Typer()


@app.command(epilog="Example: activelabel init mails.csv --text body --classes ham,spam --project mails")
def init(
    data: Data,
    project: Project = None,
    text: Text = None,
    image: Image = None,
    pixels: Pixels = "",
    ident: Ident = None,
    label: Annotated[
        str | None,
        typer.Option("--label", metavar="COL", help="A column of labels that is there already; '' for none."),
    ] = None,
    ignore: Ignore = None,
    group: Group = "",
    classes: Annotated[str, typer.Option(metavar="A,B,C", help="The classes, if they are known.")] = "",
    clusterer: Annotated[str, typer.Option(help="Who groups like items.")] = "default",
    clusters: Annotated[int | None, typer.Option(min=1, help="How many groups.")] = None,
    strategy: Annotated[str, typer.Option(help="Who chooses the questions.")] = "default",
    propagator: Annotated[str, typer.Option(help="Who carries labels to like items.")] = "default",
    nearest: Nearest = 100.0,
    learner: Annotated[str, typer.Option(help="Who predicts the rest.")] = "default",
    optimise: Optimise = "accuracy",
    audit: Annotated[
        float, typer.Option(min=0.0, max=1.0, help="Share of questions drawn at random, to judge by.")
    ] = 0.2,
    seed: Seed = 0,
    encoding: Encoding = "utf-8",
    delimiter: Delimiter = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what was found; write nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask whether what was found is right.")] = False,
) -> None:
    """Look at a data set and make a project of it."""
    from activelabel.cli.commands.init import Choices, run
    from activelabel.records import Algorithms

    wished = wishes(text, image, pixels, ident, label, ignore, group, encoding, delimiter)
    named = Algorithms(clusterer, clusters, strategy, propagator, nearest, learner, optimise)
    run(data, project, wished, Choices(names_in(classes), named, audit, seed, dry_run, yes))


@app.command(epilog="Example: activelabel label --project mails --max 50")
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
    where: Annotated[
        str, typer.Option(metavar="LINE", help="Only items that fit, as in 'length > 200' (docs/filters.md).")
    ] = "",
    suggested: Annotated[
        str, typer.Option("--class-suggested", metavar="CLASS", help="Only items that the model takes to be of it.")
    ] = "",
    cluster: Annotated[int | None, typer.Option(min=0, metavar="N", help="Only items of this cluster.")] = None,
) -> None:
    """Answer cards: one key an answer, saved before the next card is shown."""
    from activelabel.cli.commands.label import How, run
    from activelabel.session.parts import Part

    part = Part(where.strip(), suggested.strip(), cluster)
    run(project, annotator=annotator, most=most, how=How(plain, answers, new_classes), part=part)


@app.command(epilog="Example: activelabel undo 3 --project mails")
def undo(
    count: Annotated[int, typer.Argument(metavar="[N]", min=1, help="How many answers.")] = 1,
    project: Project = None,
    annotator: Annotated[str, typer.Option(metavar="NAME", help="Whose; default: your user name.")] = "",
) -> None:
    """Take the last answers back, and what was propagated from them."""
    from activelabel.cli.commands.undo import undo as run

    run(count, project, annotator=annotator)
