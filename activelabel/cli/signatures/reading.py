"""Commands that say what is known and hand it out."""

from pathlib import Path
from typing import Annotated

import typer

from activelabel.cli.completion import label_kinds
from activelabel.cli.options import (
    ANSWERED,
    START,
    TRYING,
    Cluster,
    Data,
    Exact,
    Force,
    Json,
    Out,
    Project,
    WhatIf,
    names_in,
)

__all__ = ["app"]

app = typer.Typer()


@app.command(epilog="Example: activelabel status --project penguins", rich_help_panel=ANSWERED)
def status(project: Project = None, as_json: Json = False) -> None:
    """Say in a few lines how far a project is.

    At any time, also while somebody labels; it only reads, and is there at once.
    """
    from activelabel.cli.commands.status import status as run

    run(project, as_json=as_json)


@app.command(epilog="Example: activelabel report --project penguins --json", rich_help_panel=START)
def report(
    project: Project = None,
    test: Annotated[Path | None, typer.Option("--test", metavar="FILE", help="A file with labels to judge by.")] = None,
    label: Annotated[str, typer.Option("--label", metavar="COL", help="Its column of labels.")] = "label",
    detail: Annotated[bool, typer.Option("--detail", help="All of it, however long.")] = False,
    what_if: WhatIf = "",
    card: Annotated[
        Path | None, typer.Option("--card", metavar="FILE", help="Write a Markdown card for the data set.")
    ] = None,
    no_names: Annotated[bool, typer.Option("--no-names", help="The card: number those who answered.")] = False,
    as_json: Json = False,
    full: Annotated[bool, typer.Option("--full", help="JSON: every point of the map too.")] = False,
    html: Annotated[
        str | None,  # a path forgets that a folder was named, where that is the current one
        typer.Option(
            "--html", metavar="FILE", help="Write a page; a name without a folder goes to reports/ in the project."
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a page or card that is there.")] = False,
    no_content: Annotated[
        bool, typer.Option("--no-content", help="Page and JSON: ids of items, not what they show.")
    ] = False,
) -> None:
    """Say how good the labels and the model are, how sure that is, and whether to go on.

    Whenever you wonder whether you have answered enough. It learns anew, which takes some seconds.
    """
    from activelabel.cli.commands.report import Wanted
    from activelabel.cli.commands.report import report as run

    wanted = Wanted(
        test=test,
        label=label,
        strategies=names_in(what_if),
        detail=detail,
        as_json=as_json,
        full=full,
        page=html,
        card=card,
        force=force,
        content=not no_content,
        names=not no_names,
    )
    run(project, wanted)


@app.command(epilog="Example: activelabel clusters 7 --project penguins", rich_help_panel=ANSWERED)
def clusters(
    number: Annotated[
        int | None, typer.Argument(metavar="[N]", min=0, help="One of them: its members, and what they show.")
    ] = None,
    project: Project = None,
    as_json: Json = False,
) -> None:
    """Show the groups of like items: how big, what was said of them, what the model says.

    To see what is in the data, and which groups one answer might settle (Tab on a card).
    """
    from activelabel.cli.commands.clusters import clusters as run

    run(project, number=number, as_json=as_json)


@app.command(epilog="Example: activelabel export labels.csv --project penguins --what human", rich_help_panel=ANSWERED)
def export(
    out: Out,
    project: Project = None,
    what: Annotated[
        str, typer.Option(metavar="KIND", help="human, propagated, predicted or all.", autocompletion=label_kinds)
    ] = "all",
    exact: Exact = False,
    force: Force = False,
) -> None:
    """Write the labels as a file; every row says what kind of label it is and where it comes from.

    When you want to use them elsewhere, as often as you like: it changes nothing in the project.
    """
    from activelabel.cli.commands.export import export as run

    run(out, project, what=what, exact=exact, force=force)


@app.command(
    epilog="Example: activelabel predict sample_data/penguins.csv predicted.csv --project penguins",
    rich_help_panel=ANSWERED,
)
def predict(
    data: Data,
    out: Out,
    project: Project = None,
    model: Annotated[
        str,
        typer.Option(metavar="KIND", help="Learn from all labels, or from those of people to single items: human."),
    ] = "all",
    labels_only: Annotated[
        bool, typer.Option("--labels-only", help="Leave the file's columns out, but for the one of ids.")
    ] = False,
    exact: Exact = False,
    force: Force = False,
    encoding: Annotated[str, typer.Option(metavar="NAME", help="Of the file's text; default: the project's.")] = "",
    delimiter: Annotated[str, typer.Option(metavar="CHAR", help="Between cells; default: the project's.")] = "",
    as_json: Json = False,
) -> None:
    """Label another file of the same columns with the project's model.

    When the model is good enough to be used on what came in since. Files of any length: it reads and writes as it goes.
    """
    from activelabel.cli.commands.predict import How, run

    run(data, out, project, How(model, encoding, delimiter, labels_only, exact, force, as_json))


@app.command(epilog="Example: activelabel sweep --project pool --cluster local", rich_help_panel=ANSWERED)
def sweep(
    out: Annotated[
        Path | None, typer.Argument(metavar="[OUT]", help="A folder; default: exports/pool in the project.")
    ] = None,
    project: Project = None,
    cluster: Cluster = "",
    force: Annotated[bool, typer.Option("--force", help="Replace labels that are there.")] = False,
    as_json: Json = False,
) -> None:
    """Label the whole pool of Parquet files, and find in it what the working set lacks.

    For a project with a working set, now and then: what the model doubts most joins what is asked about.
    """
    from activelabel.cli.commands.sweep import run

    run(out, project, cluster=cluster, force=force, as_json=as_json)


@app.command(epilog="Example: activelabel config --project penguins", rich_help_panel=TRYING)
def config(project: Project = None) -> None:
    """Show the settings of a project: those of everybody and those that may differ between people.

    To see what a project was made with, and which keys are in force; the activelabel.toml in it changes the latter.
    """
    from activelabel.cli.commands.config import run

    run(project)


@app.command(epilog="Example: activelabel replay --project penguins", rich_help_panel=ANSWERED)
def replay(project: Project = None, as_json: Json = False) -> None:
    """Go through a project again from its events, and say whether its questions follow from its answers.

    When a project has to be accounted for: whether what was asked was chosen as it says. What --budget or --at-least
    put first counts as asked otherwise, as what came after an undo or a kill does; parts of a project are passed over.
    """
    from activelabel.cli.commands.replay import run

    raise typer.Exit(run(project, as_json=as_json))
