"""Commands that say what is known and hand it out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from activelabel.cli.options import Json, Project, names_in

__all__ = ["app"]

app = typer.Typer()


@app.command(epilog="Example: activelabel status --project mails")
def status(project: Project = None, as_json: Json = False) -> None:
    """Say in a few lines how far a project is."""
    from activelabel.cli.commands.status import status as run

    run(project, as_json=as_json)


@app.command(epilog="Example: activelabel report --project mails --json")
def report(
    project: Project = None,
    test: Annotated[Path | None, typer.Option("--test", metavar="FILE", help="A file with labels to judge by.")] = None,
    label: Annotated[str, typer.Option("--label", metavar="COL", help="Its column of labels.")] = "label",
    what_if: Annotated[
        str, typer.Option("--what-if", metavar="A,B", help="Strategies to try on the answers: random, margin ...")
    ] = "",
    card: Annotated[
        Path | None, typer.Option("--card", metavar="FILE", help="Write a Markdown card for the data set.")
    ] = None,
    no_names: Annotated[bool, typer.Option("--no-names", help="The card: number those who answered.")] = False,
    force: Annotated[bool, typer.Option("--force", help="The card: replace a file that is there.")] = False,
    as_json: Json = False,
) -> None:
    """Say how good the labels and the model are, how sure that is, and whether to go on."""
    from activelabel.cli.commands.data_card import CardWish
    from activelabel.cli.commands.report import report as run

    wish = CardWish(card, not no_names, force) if card else None
    run(project, test=test, label=label, as_json=as_json, strategies=names_in(what_if), card=wish)


@app.command(epilog="Example: activelabel export labels.csv --project mails --what human")
def export(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="A file ending in .csv, .jsonl or .parquet.")],
    project: Project = None,
    what: Annotated[str, typer.Option(help="human, propagated, predicted or all.")] = "all",
    exact: Annotated[bool, typer.Option("--exact", help="CSV: leave cells that a spreadsheet would run.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
) -> None:
    """Write the labels as a file; every row says what kind of label it is and where it comes from."""
    from activelabel.cli.commands.export import export as run

    run(out, project, what=what, exact=exact, force=force)


@app.command(epilog="Example: activelabel config --project mails")
def config(project: Project = None) -> None:
    """Show the settings of a project: those of everybody and those that may differ between people."""
    from activelabel.cli.commands.config import run

    run(project)


@app.command(epilog="Example: activelabel replay --project mails")
def replay(project: Project = None, as_json: Json = False) -> None:
    """Go through a project again from its events, and say whether its questions follow from its answers."""
    from activelabel.cli.commands.replay import run

    raise typer.Exit(run(project, as_json=as_json))
