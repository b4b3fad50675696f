"""How long until the first card of a resumed project is on screen, beside `activelabel --help`; small and big pools.

    python benchmarks/first_card.py [--rows 1000 100000 1000000] [--runs 9]

Both are whole processes in a pseudo-terminal, timed from their start to the moment the card's status line (or the end
of the help) has been read; they take turns, so that the machine's mood falls on both. Printed are medians in seconds,
and of each turn how much later the card came than the help (`later`), and how many times as late (`ratio`). Byte code
is compiled beforehand, as it is from the second start on.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pexpect
from init_time import write_numbers

COMMAND = ["-m", "activelabel"]


def seconds_until(words: str, *arguments: str) -> float:
    """Return the seconds from the start of a command until these words are in its output."""
    started = time.perf_counter()
    child = pexpect.spawn(sys.executable, [*COMMAND, *arguments], dimensions=(24, 120), encoding="utf-8", timeout=60)
    child.expect_exact(words)
    took = time.perf_counter() - started
    child.close(force=True)
    return took


def project_of(rows: int, folder: Path) -> Path:
    """Make a project with some answers and let its learner catch up; return its folder."""
    data, root = folder / f"{rows}.csv", folder / f"project{rows}"
    write_numbers(data, rows, 64)
    run = [sys.executable, *COMMAND]
    subprocess.run(
        [*run, "init", data, "--project", root, "--classes", "a,b", "--yes"], check=True, capture_output=True
    )
    answers = folder / "answers"
    answers.write_text("a\nb\n" * 10)
    subprocess.run([*run, "label", "--project", root, "--answers", answers], check=True, capture_output=True)
    return root


def compared(root: Path, runs: int) -> dict[str, float]:
    """Return the medians of the first card of a project and of the help, of their differences and of their ratios."""
    words = {" left": ("label", "--project", str(root)), "settings of a": ("--help",)}
    turns = [[seconds_until(end, *arguments) for end, arguments in words.items()] for _ in range(runs + 1)]
    pairs = turns[1:]  # the first turn compiles what was never loaded, and fills the disk's cache
    cards, helps = zip(*pairs, strict=True)
    return {
        "first_card": statistics.median(cards),
        "help": statistics.median(helps),
        "later": statistics.median(card - help_ for card, help_ in pairs),
        "ratio": statistics.median(card / help_ for card, help_ in pairs),
    }


def main() -> None:
    """Measure and print JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000, 100_000])
    parser.add_argument("--runs", type=int, default=9)
    given = parser.parse_args()
    found: dict[str, object] = {}
    with tempfile.TemporaryDirectory() as folder:
        for rows in given.rows:
            found[str(rows)] = compared(project_of(rows, Path(folder)), given.runs)
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
