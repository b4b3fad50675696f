"""The program as Typer sees it: what it is called, and where its commands are.

Names, options and help are in `signatures/`; what commands do is in `commands/`, one module each, imported when its
command runs, so that `--help` and the first card stay fast. For the same reason annotations are objects, here and in
`signatures/`: Typer would evaluate text four times a command.
"""

from typing import Annotated

import typer

from activelabel import __version__
from activelabel.cli.options import ANSWERED
from activelabel.cli.signatures import classes, labelling, reading, trying

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
for commands in (labelling, reading, trying):
    app.add_typer(commands.app)
app.add_typer(classes.app, name="classes", rich_help_panel=ANSWERED)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"activelabel {__version__}")
        raise typer.Exit


@app.callback(help=ABOUT, epilog="Example: activelabel demo")
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    """Read the options that come before a command."""
