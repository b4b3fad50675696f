"""Names, options and help of every command; what they do is in `commands/`, one module each.

Modules of commands are imported when their command runs, so that `--help` and the first card stay fast.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from activelabel import __version__
from activelabel.errors import WrongUse

if TYPE_CHECKING:
    from activelabel.project.inspection import Wishes

__all__ = ["app"]

ABOUT = "Label a data set in the terminal: a few dozen answers, a trained classifier, and how good both are."

app = typer.Typer(
    name="activelabel",
    help=ABOUT,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)

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


def _list(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"activelabel {__version__}")
        raise typer.Exit


@app.callback(help=ABOUT)
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    """Read the options that come before a command."""


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

    wishes = _wishes(text, image, pixels, ident, label, ignore, group, encoding, delimiter)
    named = Algorithms(clusterer, clusters, strategy, propagator, nearest, learner, optimise)
    run(data, project, wishes, Choices(_list(classes), named, audit, seed, dry_run, yes))


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
) -> None:
    """Answer cards: one key an answer, saved before the next card is shown."""
    from activelabel.cli.commands.label import run

    run(project, annotator=annotator, most=most, plain=plain, answers=answers, new_classes=new_classes)


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
    as_json: Json = False,
) -> None:
    """Say how good the labels and the model are, how sure that is, and whether to go on."""
    from activelabel.cli.commands.report import report as run

    run(project, test=test, label=label, as_json=as_json)


@app.command(epilog="Example: activelabel undo 3 --project mails")
def undo(
    count: Annotated[int, typer.Argument(metavar="[N]", min=1, help="How many answers.")] = 1,
    project: Project = None,
    annotator: Annotated[str, typer.Option(metavar="NAME", help="Whose; default: your user name.")] = "",
) -> None:
    """Take the last answers back, and what was propagated from them."""
    from activelabel.cli.commands.undo import undo as run

    run(count, project, annotator=annotator)


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
    wishes = _wishes(text, image, pixels, ident, label, ignore, group, encoding, delimiter)
    named = (_list(strategy), _list(clusterer), _list(propagator), _list(learner))
    run(data, wishes, Trial(named, budget, seeds, test_size, rows, nearest, wrong, optimise), json)


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


@app.command(epilog="Example: activelabel algorithms")
def algorithms(as_json: Json = False) -> None:
    """List every algorithm that can be named: what it is, when to use it, what it costs."""
    from activelabel.cli.commands.algorithms import run

    run(as_json=as_json)


@app.command(epilog="Example: activelabel config --project mails")
def config(project: Project = None) -> None:
    """Show the settings of a project: those of everybody and those that may differ between people."""
    from activelabel.cli.commands.config import run

    run(project)


def _wishes(
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
