"""How time and memory grow with the rows: init, a step of the learner, a card, a report, an export, a prediction.

    python benchmarks/growth.py [--rows 1000 10000 100000] [--runs 1] [--from FILE ...] [--steps FILE] [--json FILE]
                                [--figure FILE] [--table FILE]

Each is a process of its own, timed from start to end, with the peak of its memory: imports included, whose part is
given as `imports`. The rows have 64 numbers, around fifty centres; forty answers were given, at random, since what they
say costs nothing. A step learns from all of them and plans anew; a card is `next --no-learn`, from the plan that is
there; the file that is predicted is as long as the project's. --rows goes up to 1000000, which takes several gigabytes
and the better part of an hour. --from draws figure and table of earlier runs' JSON, without running anything, and
--steps a third panel from the JSON of `step_time.py`: one step of ours beside that of peers.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from init_time import OURS, elsewhere, run, write_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.axes import Axes

COLUMNS = 64
ANSWERS = 40
IMPORTS = "import activelabel.cli.commands.report, activelabel.cli.commands.predict, activelabel.session.planning"
STEP = """
import sys
from pathlib import Path
from activelabel.project.layout import Layout
from activelabel.session.learner import step_once
layout = Layout(Path(sys.argv[1]))
layout.plan.unlink()
assert step_once(layout)
"""
MEGABYTE = 1e6
STEPS = {
    "step": "activelabel",
    "members": "its members, fitted and asked once",
    "label_spreading": "scikit-learn, label spreading",
}
NO_STEPS = {"first_step", "skipped_step", "members_ratio", "ratio", "memory_mb"}


def project_of(rows: int, folder: Path) -> tuple[Path, Path]:
    """Write data of so many rows and return it and the folder that a project of it is to be made in."""
    data = folder / f"{rows}.csv"
    elsewhere(write_numbers, data, rows, COLUMNS)
    return data, folder / f"project{rows}"


def grown(rows: int, folder: Path) -> Iterator[tuple[str, float, int]]:
    """Yield what was done, its seconds and its peak in bytes; each is done once."""
    data, root = project_of(rows, folder)
    at = ("--project", str(root))
    yield "init", *run(OURS, "init", str(data), *at, "--classes", "a,b", "--yes")
    answers = folder / "answers"
    answers.write_text("a\nb\n" * (ANSWERS // 2), encoding="utf-8")
    command = [sys.executable, "-m", "activelabel", "label", *at, "--answers", str(answers)]
    subprocess.run(command, check=True, capture_output=True)
    yield "step", *run(STEP, str(root))
    yield "card", *run(OURS, "next", "--no-learn", "--fresh", "--json", *at)
    yield "report", *run(OURS, "report", "--json", *at)
    yield "export", *run(OURS, "export", str(folder / f"labels{rows}.csv"), "--force", *at)
    yield "predict", *run(OURS, "predict", str(data), str(folder / f"predicted{rows}.csv"), "--force", *at)


def measure(sizes: list[int], runs: int) -> dict[str, Any]:
    """Return for each size and deed the median seconds and megabytes over so many runs."""
    found: dict[str, Any] = {}
    for rows in sizes:
        taken: dict[str, list[tuple[float, int]]] = {"imports": [run(IMPORTS) for _ in range(runs)]}
        for _ in range(runs):
            with tempfile.TemporaryDirectory() as folder:
                for deed, seconds, peak in grown(rows, Path(folder)):
                    taken.setdefault(deed, []).append((seconds, peak))
                    print(f"{rows:,} rows, {deed}: {seconds:.1f} s", file=sys.stderr, flush=True)
        found[str(rows)] = {
            deed: {
                "seconds": round(statistics.median(seconds for seconds, _ in those), 2),
                "megabytes": round(statistics.median(peak for _, peak in those) / MEGABYTE),
            }
            for deed, those in taken.items()
        }
    return found


def table(found: dict[str, Any]) -> str:
    """Return the figures as Markdown: a row a deed, a column a size."""
    deeds = next(iter(found.values()))
    lines = [f"| | {' | '.join(f'{int(rows):,} rows' for rows in found)} |", f"|---|{'---|' * len(found)}"]
    for deed in deeds:
        cells = (f"{sizes[deed]['seconds']:.1f} s, {sizes[deed]['megabytes']:,} MB" for sizes in found.values())
        lines.append(f"| {deed} | {' | '.join(cells)} |")
    return "\n".join(lines)


def draw(found: dict[str, Any], steps: dict[str, Any], path: Path) -> None:
    """Draw time and memory against rows, and a step beside others where there are some; axes in powers of ten."""
    import matplotlib as mpl

    mpl.use("svg")
    import matplotlib.pyplot as plt

    rows = [int(size) for size in found]
    panels = 3 if steps else 2
    figure, axes = plt.subplots(1, panels, figsize=(4 * panels, 3.2), layout="constrained")
    for axis, unit in zip(axes[:2], ("seconds", "megabytes"), strict=True):
        for deed in next(iter(found.values())):
            style = {"color": "grey", "linestyle": "--"} if deed == "imports" else {"marker": "o"}
            axis.plot(rows, [found[str(size)][deed][unit] for size in rows], label=deed, markersize=3, **style)
        axis.set(xscale="log", yscale="log", xlabel="rows", ylabel=unit)
    axes[0].legend(fontsize="x-small")
    if steps:
        _draw_steps(axes[2], steps)
    mpl.rcParams["svg.hashsalt"] = "activelabel"
    figure.savefig(path, metadata={"Date": None})


def _draw_steps(axis: Axes, steps: dict[str, Any]) -> None:
    """Draw the seconds of one step against rows, ours and those of others that were measured in the same run."""
    names = {name for size in steps.values() for name, value in size.items() if value is not None} - NO_STEPS
    for name in sorted(names, key=lambda name: (name != "step", name)):
        sizes = [size for size in steps if steps[size].get(name) is not None]
        style = {"linewidth": 2} if name == "step" else {"linestyle": ":"}
        seconds = [steps[size][name] for size in sizes]
        axis.plot(
            [int(size) for size in sizes], seconds, label=STEPS.get(name, name), marker="o", markersize=3, **style
        )
    axis.set(xscale="log", yscale="log", xlabel="rows", ylabel="seconds of one step")
    axis.legend(fontsize="x-small", framealpha=0.5)


def main() -> None:
    """Measure, print JSON, and write what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--from", type=Path, nargs="+", dest="earlier")
    parser.add_argument("--steps", type=Path)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--figure", type=Path)
    parser.add_argument("--table", type=Path)
    given = parser.parse_args()
    found: dict[str, Any] = {}
    for earlier in given.earlier or ():
        found |= json.loads(earlier.read_text("utf-8"))
    found = found or measure(sorted(given.rows), given.runs)
    print(json.dumps(found, indent=2))
    if given.json:
        given.json.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    if given.table:
        given.table.write_text(table(found) + "\n", encoding="utf-8")
    if given.figure:
        draw(found, json.loads(given.steps.read_text("utf-8")) if given.steps else {}, given.figure)


if __name__ == "__main__":
    main()
