"""Commands to get to know the program and its algorithms with."""

from pathlib import Path
from typing import Annotated

import typer

from activelabel.cli.completion import projects
from activelabel.cli.options import (
    DATA,
    EXPERIMENT,
    START,
    TRYING,
    Clusterers,
    Delimiter,
    Encoding,
    Group,
    Ident,
    Ignore,
    Image,
    Json,
    Learners,
    Nearest,
    Optimise,
    Pixels,
    Plain,
    Propagators,
    Sample,
    Strategies,
    Text,
    names_in,
    wishes,
)

__all__ = ["app"]

app = typer.Typer()


@app.command(epilog="Example: activelabel demo", rich_help_panel=START)
def demo(
    project: Annotated[
        Path,
        typer.Option("--project", "-p", metavar="DIR", help="Where to put the project.", autocompletion=projects),
    ] = Path("activelabel-demo"),
    plain: Plain = False,
) -> None:
    """Label handwritten digits with the number keys, and see how good the model already is.

    Two minutes, with nothing to set up: forty cards and the report. Without a terminal it answers itself.
    """
    from activelabel.cli.commands.demo import run

    run(project, plain=plain)


@app.command(
    epilog="Example: activelabel simulate sample_data/digits.csv --pixels 8x8 --strategy default,margin,random",
    rich_help_panel=TRYING,
)
def simulate(
    data: Annotated[Path | None, typer.Argument(metavar="[DATA]", help="A file with all its labels.")] = None,
    label: Annotated[
        str, typer.Option("--label", metavar="COL", help="Its column of labels.", rich_help_panel=DATA)
    ] = "label",
    budget: Annotated[
        int, typer.Option(min=1, metavar="N", help="Labels to ask for.", rich_help_panel=EXPERIMENT)
    ] = 50,
    seeds: Annotated[
        int, typer.Option(min=1, metavar="N", help="Splits to average over.", rich_help_panel=EXPERIMENT)
    ] = 10,
    test_size: Annotated[
        float,
        typer.Option(
            min=0.01, max=0.99, metavar="SHARE", help="Share of rows that only judge.", rich_help_panel=EXPERIMENT
        ),
    ] = 0.25,
    strategy: Strategies = "default",
    clusterer: Clusterers = "default",
    propagator: Propagators = "default",
    learner: Learners = "default",
    nearest: Nearest = 100.0,
    sample: Sample = None,
    optimise: Optimise = "accuracy",
    rows: Annotated[
        int,
        typer.Option(
            min=0, metavar="N", help="Use a random sample of this many rows; 0 is all.", rich_help_panel=EXPERIMENT
        ),
    ] = 0,
    wrong: Annotated[
        float,
        typer.Option(
            metavar="SHARE",
            help="Make this share of the answers wrong, from 0 to under 0.5.",
            rich_help_panel=EXPERIMENT,
        ),
    ] = 0.0,
    text: Text = None,
    image: Image = None,
    pixels: Pixels = "",
    ident: Ident = None,
    ignore: Ignore = None,
    group: Group = "",
    encoding: Encoding = "utf-8",
    delimiter: Delimiter = "",
    json: Annotated[str, typer.Option("--json", metavar="FILE|-", help="Write the figures as JSON.")] = "",
    book: Annotated[
        bool, typer.Option("--book", help="The textbook's experiment on the digits, instead of DATA.")
    ] = False,
) -> None:
    """Let known labels answer, and compare ways to ask, cluster, propagate and learn on the same splits.

    Before you choose an algorithm, or to learn how many answers such data takes. Names are given with commas between.
    """
    from activelabel.cli.commands.simulate import Trial, run, run_book

    if book:
        run_book(json)
        return
    wished = wishes(text, image, pixels, ident, label, ignore, group, encoding, delimiter)
    named = (names_in(strategy), names_in(clusterer), names_in(propagator), names_in(learner))
    run(data, wished, Trial(named, budget, seeds, test_size, rows, nearest, wrong, optimise, sample), json)


@app.command(epilog="Example: activelabel algorithms", rich_help_panel=TRYING)
def algorithms(as_json: Json = False) -> None:
    """List every algorithm that can be named: what it is, when to use it, what it costs, what it was worth.

    When the default is not to decide: any of them can be given to init and to simulate.
    """
    from activelabel.cli.commands.algorithms import run

    run(as_json=as_json)
