"""The parts of the README that are generated: transcripts, a card, keys, algorithms (pictures: `screens.py`).

python tests/support/readme.py        writes them anew
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
TRANSCRIPT = re.compile(r"(?<=<!-- transcript -->\n```console\n).*?(?=```)", re.DOTALL)


def transcripts(text):
    """Return the commands of each transcript, and what it says they print."""
    return [
        ([line[2:] for line in block.splitlines() if line.startswith("$ ")], block)
        for block in TRANSCRIPT.findall(text)
    ]


def played(commands):
    """Run the commands in a folder that holds the sample data, and return the transcript of it."""
    shown = []
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "sample_data").symlink_to(ROOT / "sample_data")
        for command in commands:
            runs = command.replace("activelabel ", f"{sys.executable} -m activelabel ", 1)
            done = subprocess.run(
                runs, shell=True, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True
            )
            # people see both streams; a pipe shows one
            seen = done.stdout if "|" in command else done.stderr + done.stdout
            shown.append(f"$ {command}\n{seen}")
    return "".join(shown)


def card():
    """Return the screen of a session without colours, after the demonstration has answered thirty questions."""
    from support.screens import whole
    from support.terminal import Terminal

    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "digits"
        demo = [sys.executable, "-m", "activelabel", "demo", "--project", project]
        subprocess.run(demo, stdin=subprocess.DEVNULL, capture_output=True, check=True)
        terminal = Terminal(["-m", "activelabel", "label", "--project", project], 76, 19, {"NO_COLOR": "1"})
        screen = whole(terminal)
        while "suggestion:" not in screen:
            # an offer to label a whole cluster is closed, a card that withholds its suggestion is skipped
            terminal.press("\x1b" if "Esc" in screen else " ")
            terminal.reads_while(lambda before=screen: terminal.display == before)
            screen = whole(terminal)
        terminal.child.close(force=True)
    kept = [line for line in screen.splitlines()[:-1] if line.strip()]
    return "\n".join(["```text", *kept, "```"])


def keys():
    """Return the table of keys."""
    from activelabel.cli.keys import DEFAULT_KEYS

    rows = [f"| `{key}` | {words} |" for key, words in DEFAULT_KEYS.help_table()]
    return "\n".join(["| key | what it does |", "|---|---|", *rows])


def algorithms():
    """Return the table of algorithms."""
    from activelabel.learning.catalogue.measured import figures
    from activelabel.learning.registry import KINDS

    def measured(kind, name):
        return "; ".join(f"{place} {said}" for place, said in figures(kind, name).items())

    rows = [
        f"| {kind} | `{name}` | {entry.summary} | {entry.when} | {measured(kind, name)} |"
        for kind, entries in KINDS.items()
        for name, entry in entries.items()
    ]
    return "\n".join(["| kind | name | what it does | when | measured |", "|---|---|---|---|---|", *rows])


def with_part(text, name, part):
    """Return the text with another generated part."""
    return re.sub(rf"(?<=<!-- {name} -->\n).*?(?=<!-- end -->)", lambda _: f"{part}\n", text, count=1, flags=re.DOTALL)


def main():
    """Write all generated parts of the README anew."""
    text = README.read_text(encoding="utf-8")
    for commands, block in transcripts(text):
        text = text.replace(block, played(commands))
    for name, part in (("card", card()), ("keys", keys()), ("algorithms", algorithms())):
        text = with_part(text, name, part)
    README.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "tests"))
    main()
