"""Commands that make a project and take answers."""

from pathlib import Path
from typing import Annotated

import typer

from activelabel.cli.options import (
    ANSWERED,
    BEYOND,
    DATA,
    ENDING,
    LEARNING,
    PROGRAMS,
    START,
    Annotator,
    Answers,
    Cluster,
    Clusterer,
    Data,
    Delimiter,
    Encoding,
    Group,
    Ident,
    Ignore,
    Image,
    Json,
    Learner,
    Nearest,
    Optimise,
    Pixels,
    Plain,
    Project,
    Propagator,
    Sample,
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
    sample: Sample = None,
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
    cluster: Cluster = "",
    working_set: Annotated[
        int | None,
        typer.Option(
            "--working-set",
            min=10,
            metavar="N",
            help="Parquet: keep N units drawn at random, not all. Default with --cluster: 100000.",
            rich_help_panel=BEYOND,
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what was found; write nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask whether what was found is right.")] = False,
) -> None:
    """Look at a data set and make a project of it.

    The first thing with data of your own. It says what it takes each column for, and asks before it writes.
    """
    from activelabel.cli.commands.init import Choices, run
    from activelabel.records.settings import Algorithms

    wished = wishes(text, image, pixels, ident, label, ignore, group, encoding, delimiter)
    named = Algorithms(clusterer, clusters, strategy, propagator, nearest, learner, optimise, sample)
    choices = Choices(names_in(classes), guidelines, named, audit, seed, dry_run, yes, cluster, working_set)
    run(data, project, wished, choices)


@app.command(epilog="Example: activelabel label --project penguins --budget 20m --until 95%", rich_help_panel=START)
def label(
    project: Project = None,
    annotator: Annotator = "",
    most: Annotated[
        int,
        typer.Option("--max", min=0, metavar="N", help="Stop after N answers; 0 is no limit.", rich_help_panel=ENDING),
    ] = 0,
    budget: Annotated[
        str,
        typer.Option(
            metavar="TIME",
            help="Stop in time, as in 20m, 90s or 1h30m; what teaches most in a second comes first.",
            rich_help_panel=ENDING,
        ),
    ] = "",
    until: Annotated[
        str,
        typer.Option(
            metavar="SHARE",
            help="Stop when at least so many are right, as in 95%: a bound that may be looked at any time.",
            rich_help_panel=ENDING,
        ),
    ] = "",
    at_least: Annotated[
        int,
        typer.Option(
            min=0,
            metavar="N",
            help="Stop when each class has N labels; what is short comes first.",
            rich_help_panel=ENDING,
        ),
    ] = 0,
    plain: Plain = False,
    answers: Answers = "",
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
    """Answer cards: one key an answer, saved before the next card is shown.

    As often as you like: Ctrl-D leaves, and the same command goes on where you were. On a card ? shows all keys.
    A session ends when you leave it, when nothing is left to ask, or by whichever end is met first.
    """
    from activelabel.cli.commands.label import Ends, How, run
    from activelabel.session.parts import Part

    ends = Ends(most, budget, until, at_least)
    part = Part(where.strip(), suggested.strip(), cluster)
    run(project, annotator=annotator, ends=ends, how=How(plain, answers, new_classes), part=part)


@app.command(epilog="Example: activelabel next --json --project penguins", rich_help_panel=PROGRAMS)
def next(  # noqa: A001 - the word that a person types
    project: Project = None,
    annotator: Annotator = "",
    as_json: Json = False,
    stream: Annotated[
        bool, typer.Option("--stream", help="Go on: answers as JSON lines on standard input, a learner beside it.")
    ] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Give the card that is held back, and draw anew.")] = False,
    no_learn: Annotated[bool, typer.Option("--no-learn", help="Never learn from new answers first.")] = False,
) -> None:
    """Print one question, for a script or another front end; it stays until it is answered.

    Where ten answers or more were not learnt from, or no card is planned, it learns first.
    """
    from activelabel.cli.commands.next import Wish, run

    run(project, Wish(as_json, stream, fresh, learn=not no_learn), annotator=annotator)


@app.command(
    epilog="""Example: activelabel answer '{"card": "3f2a...", "label": "Adelie"}' --project penguins""",
    rich_help_panel=PROGRAMS,
)
def answer(
    message: Annotated[
        str, typer.Argument(metavar="[JSON]", help="What to answer to which card; default: standard input.")
    ] = "",
    project: Project = None,
    annotator: Annotator = "",
    as_json: Json = False,
) -> None:
    """Answer the card that `next` printed, and print what was saved as JSON.

    The other half of `next`, for the same scripts and front ends.
    """
    from activelabel.cli.commands.answer import run

    run(message, project, annotator=annotator, as_json=as_json)


@app.command(
    epilog="Example: activelabel review --project penguins --class Adelie --since 2d", rich_help_panel=ANSWERED
)
def review(
    project: Project = None,
    suspects: Annotated[
        bool, typer.Option("--suspects", help="Labels that the model disbelieves, worst first.")
    ] = False,
    disputed: Annotated[bool, typer.Option("--disputed", help="Answers of several people that differ.")] = False,
    flagged: Annotated[bool, typer.Option("--flagged", help="Items marked with Ctrl-F.")] = False,
    noted: Annotated[bool, typer.Option("--noted", help="Items with a note.")] = False,
    not_sure: Annotated[bool, typer.Option("--not-sure", help="Items answered with not sure.")] = False,
    bad: Annotated[bool, typer.Option("--bad", help="Items called bad.")] = False,
    skipped: Annotated[bool, typer.Option("--skipped", help="Items skipped last time.")] = False,
    class_name: Annotated[str, typer.Option("--class", metavar="NAME", help="Labels of this class.")] = "",
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Answers of this annotator.")] = "",
    since: Annotated[str, typer.Option(metavar="2d|3h|DATE", help="Answers from then on.")] = "",
    search: Annotated[str, typer.Option(metavar="TEXT", help="Items that show this, case and accents aside.")] = "",
    annotator: Annotated[str, typer.Option(metavar="NAME", help="Who reviews; default: your user name.")] = "",
    plain: Plain = False,
    answers: Answers = "",
    listed: Annotated[bool, typer.Option("--list", help="Print the answers, one a line, and change nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print them as JSON, one a line.")] = False,
) -> None:
    """Walk through past answers and change what is wrong; all that was said before is kept.

    When you doubt some of your labels: those the model disbelieves, then those people differ about, or a filter's.
    """
    from activelabel.cli.commands.label import How
    from activelabel.cli.commands.review import run
    from activelabel.session.selection import Filters

    wanted = Filters(suspects, disputed, flagged, noted, not_sure, bad, skipped, class_name, by, since, search)
    form = "json" if as_json else "lines" if listed else ""
    run(project, wanted, annotator=annotator, how=How(plain, answers), form=form)


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
