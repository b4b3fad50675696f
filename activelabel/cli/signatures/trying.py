"""Commands to get to know the program and its algorithms with."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from activelabel.cli.options import (
    Delimiter,
    Encoding,
    Group,
    Ident,
    Ignore,
    Image,
    Json,
    Nearest,
    Optimise,
    Pixels,
    Text,
    names_in,
    wishes,
)

__all__ = ["app"]

app = typer.Typer()


@app.command(epilog="Example: activelabel demo")
def demo(
    project: Annotated[Path, typer.Option("--project", "-p", metavar="DIR", help="Where.")] = Path("activelabel-demo"),
    plain: Annotated[bool, typer.Option("--plain", help="One fact a line, nothing redrawn.")] = False,
) -> None:
    """Label handwritten digits with the number keys, and see how good the model already is.

    Without a terminal it answers itself.
    """
    from activelabel.cli.commands.demo import run

    run(project, plain=plain)


@app.command(
    epilog="Example: activelabel simulate sample_data/digits.csv --pixels 8x8 --strategy default,margin,random"
)
def simulate(
    data: Annotated[Path | None, typer.Argument(metavar="[DATA]", help="A file with all its labels.")] = None,
    label: Annotated[str, typer.Option("--label", metavar="COL", help="Its column of labels.")] = "label",
    budget: Annotated[int, typer.Option(min=1, help="Labels to ask for.")] = 50,
    seeds: Annotated[int, typer.Option(min=1, help="Splits to average over.")] = 10,
    test_size: Annotated[float, typer.Option(min=0.01, max=0.99, help="Share of rows that only judge.")] = 0.25,
    strategy: Annotated[str, typer.Option(metavar="A,B", help="Strategies to compare.")] = "default",
    clusterer: Annotated[str, typer.Option(metavar="A,B", help="Clusterers to compare.")] = "default",
    propagator: Annotated[str, typer.Option(metavar="A,B", help="Propagators to compare.")] = "default",
    learner: Annotated[str, typer.Option(metavar="A,B", help="Learners to compare.")] = "default",
    nearest: Nearest = 100.0,
    optimise: Optimise = "accuracy",
    rows: Annotated[int, typer.Option(min=0, help="Use a random sample of this many rows; 0 is all.")] = 0,
    wrong: Annotated[
        float, typer.Option(metavar="SHARE", help="Make this share of the answers wrong, from 0 to under 0.5.")
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
    """Let known labels answer, and compare ways to ask, cluster, propagate and learn on the same splits."""
    from activelabel.cli.commands.simulate import Trial, run, run_book

    if book:
        run_book(json)
        return
    wished = wishes(text, image, pixels, ident, label, ignore, group, encoding, delimiter)
    named = (names_in(strategy), names_in(clusterer), names_in(propagator), names_in(learner))
    run(data, wished, Trial(named, budget, seeds, test_size, rows, nearest, wrong, optimise), json)


@app.command(epilog="Example: activelabel algorithms")
def algorithms(as_json: Json = False) -> None:
    """List every algorithm that can be named: what it is, when to use it, what it costs."""
    from activelabel.cli.commands.algorithms import run

    run(as_json=as_json)
