"""What `simulate` found, as tables and as a curve drawn in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.table import Table
from rich.text import Text

from activelabel.cli.render.safe import safe
from activelabel.project.wording import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from activelabel.session.book import Figure
    from activelabel.session.simulate import Result

__all__ = ["book_table", "curve_table", "plot"]

HEIGHT: Final = 14
MARKS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def curve_table(results: Sequence[Result], full: Sequence[float]) -> Table:
    """Return accuracy by labels: per cent, the mean over splits and its standard deviation.

    Below that stands the macro-F1 of each contender, and the recall of the class it is to find, if there is one.
    """
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column(Text("% right after", "faint"), no_wrap=True, ratio=1)
    for point in results[0].curve:
        table.add_column(Text(str(point.labels), "faint"), justify="right", no_wrap=True)
    table.add_column(Text("s a question", "faint"), justify="right")
    for mark, result in zip(MARKS, results, strict=False):
        means = [Text(f"{100 * _mean(point.accuracy):.1f}") for point in result.curve]
        spreads = [Text(f"±{100 * _deviation(point.accuracy):.1f}", "faint") for point in result.curve]
        name = Text(f"{mark}  {safe(result.contender.name)}", "field")
        table.add_row(name, *means, Text(f"{_mean(result.seconds):.3f}"))
        table.add_row(Text(""), *spreads, Text(""))
        for measure, values in _others(result):
            table.add_row(
                Text(f"   {measure}", "faint"), *(Text(f"{100 * _mean(each):.1f}", "faint") for each in values)
            )
    spread = f"{100 * _mean(full):.1f} ±{100 * _deviation(full):.1f}"
    table.caption = Text(f"all labels: {spread}, over {counted(len(full), 'split')}")
    table.caption_justify = "left"
    return table


def _others(result: Result) -> list[tuple[str, list[tuple[float, ...]]]]:
    """Return the measures beside accuracy, each with its values at every point of the curve."""
    found = [("macro-F1", [point.macro_f1 for point in result.curve])]
    if all(point.recall for point in result.curve):
        wanted = safe(result.contender.algorithms.optimise.partition(":")[2])
        found.append((f"recall of {wanted}", [point.recall for point in result.curve]))
    return found


def plot(results: Sequence[Result], full: float, console: Console) -> Text:
    """Return the curves as characters, one letter a contender, `*` where they meet, a line at all labels."""
    curves = {mark: result.curve for mark, result in zip(MARKS, results, strict=False)}
    points = [(point.labels, _mean(point.accuracy)) for curve in curves.values() for point in curve]
    most, low = max(labels for labels, _ in points), min(value for _, value in points)
    high = max(full, *(value for _, value in points))
    width = max(20, min(console.width, 100) - 8)
    grid = [[" "] * width for _ in range(HEIGHT)]

    def height(value: float) -> int:
        return round((HEIGHT - 1) * (high - value) / max(high - low, 1e-9))

    grid[height(full)] = ["-"] * width
    for mark, curve in curves.items():
        for point in curve:
            x, y = round((width - 1) * point.labels / most), height(_mean(point.accuracy))
            grid[y][x] = mark if grid[y][x] in " -" else "*"
    lines = [f"{high - (high - low) * y / (HEIGHT - 1):6.3f} {''.join(row).rstrip()}" for y, row in enumerate(grid)]
    axis = f"{'':6} 0{'labels':^{width - len(str(most)) - 1}}{most}"
    return Text("\n".join([*lines, axis]))


def book_table(figures: Sequence[Figure]) -> Table:
    """Return the six figures of the textbook beside ours."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    heads = ("the digits, k = 50", "published", "ours", f"ours, mean of {len(figures[0].ours)} runs")
    for head in heads:
        table.add_column(Text(head, "faint"), justify="left" if head is heads[0] else "right")
    for figure in figures:
        several = f"{_mean(figure.ours):.4f} ±{_deviation(figure.ours):.4f}"
        table.add_row(Text(figure.name), Text(f"{figure.published:.4f}"), Text(f"{figure.ours[0]:.4f}"), Text(several))
    return table


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _deviation(values: Sequence[float]) -> float:
    mean = _mean(values)
    return float((sum((value - mean) ** 2 for value in values) / len(values)) ** 0.5)
