"""The group of commands about classes."""

from typing import Annotated, TypeAlias

import typer

from activelabel.cli.completion import class_names
from activelabel.cli.options import Json, Project
from activelabel.errors import WrongUse
from activelabel.session.classes.edits import ClassEdit, Verb, parse_names

__all__ = ["app"]

app = typer.Typer()

Annotator: TypeAlias = Annotated[
    str, typer.Option("--annotator", metavar="NAME", help="Who decides it; default: your user name.")
]
Name: TypeAlias = Annotated[
    str, typer.Argument(metavar="CLASS", help="The name of a class.", autocompletion=class_names)
]


@app.callback(invoke_without_command=True, epilog="Example: activelabel classes --project penguins")
def classes(context: typer.Context, project: Project = None, as_json: Json = False) -> None:
    """List the classes with their keys, labels, definitions and examples, or edit them.

    Edits are events: `activelabel undo` takes the last one back.
    """
    from activelabel.cli.commands.classes import list_classes

    if context.invoked_subcommand is None:
        list_classes(project, as_json=as_json)
    elif project or as_json:
        raise WrongUse(
            f"an option before {context.invoked_subcommand!r}", f"give it after {context.invoked_subcommand!r}"
        )


@app.command(epilog="Example: activelabel classes rename Gentoo gentoo --project penguins")
def rename(
    old: Annotated[str, typer.Argument(metavar="OLD", help="Its name now.", autocompletion=class_names)],
    new: Annotated[str, typer.Argument(metavar="NEW", help="Its name from now on.")],
    project: Project = None,
    annotator: Annotator = "",
) -> None:
    """Give a class another name; its labels and its key stay."""
    _edit(ClassEdit(Verb.RENAME, (old,), (new,)), project, annotator)


@app.command(epilog="Example: activelabel classes merge Adelie Chinstrap --into small --project penguins")
def merge(
    names: Annotated[
        list[str], typer.Argument(metavar="CLASS...", help="Names of the classes.", autocompletion=class_names)
    ],
    into: Annotated[str, typer.Option(metavar="NAME", help="What they are from now on: one of them, or a new name.")],
    project: Project = None,
    annotator: Annotator = "",
) -> None:
    """Make one class of several; all their labels count for it, and nothing is asked again."""
    _edit(ClassEdit(Verb.MERGE, tuple(names), (into,)), project, annotator)


@app.command(epilog="Example: activelabel classes split small --into Adelie,Chinstrap --project penguins")
def split(
    name: Name,
    into: Annotated[str, typer.Option(metavar="A,B", help="The parts, new or not; the class itself may be one.")],
    project: Project = None,
    annotator: Annotator = "",
) -> None:
    """Split a class up; its labels, and no others, are asked again."""
    _edit(ClassEdit(Verb.SPLIT, (name,), parse_names(into)), project, annotator)


@app.command(epilog="Example: activelabel classes define gentoo 'white over the eye' --project penguins")
def define(
    name: Name,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What belongs to it, in a sentence or two.")],
    project: Project = None,
    annotator: Annotator = "",
) -> None:
    """Say what belongs to a class: the help on the cards shows it."""
    _edit(ClassEdit(Verb.DEFINE, (name,), (text,)), project, annotator)


@app.command(epilog="Example: activelabel classes example gentoo ITEM --project penguins")
def example(
    name: Name,
    item: Annotated[str, typer.Argument(metavar="ITEM", help="The id that its card shows.")],
    project: Project = None,
    annotator: Annotator = "",
) -> None:
    """Make an item an example of a class: the help on the cards shows it."""
    _edit(ClassEdit(Verb.EXAMPLE, (name,), (item,)), project, annotator)


@app.command(epilog="Example: activelabel classes key gentoo g --project penguins")
def key(
    name: Name,
    new: Annotated[str, typer.Argument(metavar="KEY", help="One character.")],
    project: Project = None,
    annotator: Annotator = "",
) -> None:
    """Give a class another key."""
    _edit(ClassEdit(Verb.KEY, (name,), (new,)), project, annotator)


@app.command(epilog="Example: activelabel classes add emperor --project penguins")
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Its name.")],
    project: Project = None,
    annotator: Annotator = "",
) -> None:
    """Add a class; it gets the next free key."""
    _edit(ClassEdit(Verb.ADD, (name,)), project, annotator)


def _edit(edit: ClassEdit, project: Project, annotator: str) -> None:
    from activelabel.cli.commands.classes import edit_classes

    edit_classes(edit, project, annotator=annotator)
