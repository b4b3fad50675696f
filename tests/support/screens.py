"""Pictures of screens for the README: real sessions on the sample data, in a real terminal, drawn as SVG.

python tests/support/screens.py        writes docs/screens/*.svg anew
"""

import io
import shutil
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from rich.console import Console
from rich.style import Style
from rich.terminal_theme import MONOKAI
from rich.text import Text

ROOT = Path(__file__).parents[2]
SCREENS = ROOT / "docs" / "screens"

# as Rich draws it, but with the reader's own monospaced font: a picture that is read offline fetches nothing
FRAME = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font-size: {char_height}px; line-height: {line_height}px; font-variant-east-asian: full-width; }}
.{unique_id}-title {{ font-size: 18px; font-weight: bold; font-family: sans-serif; }}
{styles}
</style>
<defs><clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" /></clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g></g></svg>
"""


@dataclass(frozen=True)
class Scene:
    """A picture of a session on a sample: how many known answers came before, what is pressed, and what must be seen.

    Cards are skipped until one has `card` on it; then the keys are pressed, and `there` says that the picture is whole.
    """

    name: str
    title: str
    data: str
    answers: int
    card: str = "suggestion:"
    keys: str = ""
    there: str = "Ctrl-D leave"
    command: str = "label"
    size: tuple[int, int] = (100, 28)


AUSTEN, PENGUINS, DIGITS = ("austen.csv", 60), ("penguins.csv", 25), ("digits.csv", 40)
SCENES = (
    Scene("uncertain", "an uncertain card, and why it is asked", *AUSTEN),
    Scene(
        "precedents",
        "= shows what you decided nearby, and the words that pull",
        *AUSTEN,
        keys="=",
        there="any other key",
    ),
    Scene("cluster", "Tab shows what is like it, to be answered in one", *AUSTEN, keys="\t", there="one by one"),
    Scene("second-look", "a label that your other labels contradict", *AUSTEN, "you said", command="review"),
    Scene("find", "/ finds a class while it is typed", *AUSTEN, keys="/pe", there="find: pe"),
    Scene("row", "a row of a table", *PENGUINS),
    Scene("digit", "pixels, drawn by the terminal", *DIGITS),
    Scene("help", "? shows every class and every key", *DIGITS, "", "?", "Keys and classes"),
)
MOST_SKIPPED = 30


def played(data, answers, root):
    """Make a project of a sample and answer so many of its cards as its own labels do."""
    from activelabel.project.claims import Claims
    from activelabel.project.dataset import Dataset
    from activelabel.project.inspection import Wishes, inspect
    from activelabel.project.layout import Layout
    from activelabel.project.plan import PlanReader
    from activelabel.project.store import Store
    from activelabel.session.asker import Asker
    from activelabel.session.clock import utc_now
    from activelabel.session.instep import GoldAnnotator, InStep
    from activelabel.session.learner import Learner
    from activelabel.session.loop import run
    from activelabel.session.setup import create_project

    pixels = (8, 8) if data == "digits.csv" else None
    settings = inspect(ROOT / "sample_data" / data, Wishes(ignored=("label",), pixels=pixels)).settings
    create_project(root, replace(settings, data=str(ROOT / "sample_data" / data)), (), "you")
    layout = Layout(root)
    dataset = Dataset.open(layout.cache, settings) or Dataset.build(settings, layout.cache)
    truth = {dataset.unit(row): name for row, name in enumerate(dataset.column("label"))}
    ticks = iter(range(10**9))
    with ExitStack() as stack:
        store = stack.enter_context(Store(layout.labels))
        claims = Claims(layout.claims)
        stack.callback(claims.close)
        learner = Learner(layout)
        stack.callback(learner.close)
        asker = Asker(store, PlanReader(layout), claims, "you", utc_now)
        gold = GoldAnnotator(truth, lambda *_: None)
        run(InStep(asker, learner, 5), gold, lambda: 2.0 * next(ticks), answers)
        while learner.step():
            pass
        asker.leave()


def drawn(screen, title, name):
    """Return a screen of the terminal's model as SVG."""
    width, height = screen.columns, screen.lines
    console = Console(record=True, width=width, height=height, file=io.StringIO(), force_terminal=True)
    for row in range(height):
        text = Text(end="")
        for style, cells in groupby((screen.buffer[row][column] for column in range(width)), style_of):
            text.append("".join(cell.data for cell in cells), style)
        console.print(text, soft_wrap=True)
    return console.export_svg(title=title, theme=MONOKAI, code_format=FRAME, unique_id=f"screen-{name}")


def style_of(cell):
    """Return how a cell of the terminal's model is drawn."""
    return Style(
        color=colour_of(cell.fg),
        bgcolor=colour_of(cell.bg),
        bold=cell.bold,
        underline=cell.underscore,
        reverse=cell.reverse,
        italic=cell.italics,
    )


def colour_of(name):
    """Return a colour of the terminal's model by the name Rich has for it."""
    if name == "default":
        return None
    return f"#{name}" if len(name) == 6 and all(digit in "0123456789abcdef" for digit in name) else RICH_NAMES[name]


RICH_NAMES = {"brown": "yellow"} | {
    name: name for name in ("black", "red", "green", "blue", "magenta", "cyan", "white", "yellow")
}


def taken(scene, root):
    """Return the picture of a scene on a project that was played for it."""
    from support.terminal import Terminal

    arguments = ["-m", "activelabel", scene.command, "--project", root, "--annotator", "you"]
    terminal = Terminal(arguments, *scene.size, {"COLORTERM": "truecolor"})
    for _ in range(MOST_SKIPPED):
        screen = whole(terminal)
        if scene.card in screen and "Ctrl-D leave" in screen:
            break
        # an offer to label a whole cluster is closed, a card is skipped
        terminal.press("\x1b" if "Esc" in screen else " ")
        terminal.reads_while(lambda before=screen: terminal.display == before)
    for key in scene.keys:
        terminal.press(key)
    terminal.shows(scene.there)
    picture = drawn(terminal.model, scene.title, scene.name)
    terminal.child.close(force=True)
    return picture


def whole(terminal):
    """Return the screen once a card or a menu is drawn whole."""
    terminal.reads_while(lambda: not any(words in terminal.display for words in ("Ctrl-D leave", "Esc:")))
    terminal.listens(0.3)  # a menu is laid over the card that it is about
    return terminal.display


def main():
    """Write all pictures anew."""
    SCREENS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for scene in SCENES:
            kept, root = Path(folder) / scene.data, Path(folder) / scene.name
            if not kept.exists():
                played(scene.data, scene.answers, kept)
            shutil.copytree(kept, root)
            (SCREENS / f"{scene.name}.svg").write_text(taken(scene, root), encoding="utf-8")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "tests"))
    main()
