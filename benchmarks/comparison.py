"""What `label_efficiency.py` found, as Markdown and as a figure: each set, the mean over sets, ours beside rivals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from contenders import OURS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["ahead_of", "draw", "set_tables", "summary"]

RIVALS = ("margin", "representatives")
ALLOWED = 0.02
"""How far behind a rival is still alright; beyond that and two standard errors a set is said to fail."""
AXES_A_ROW = 4


def set_tables(found: dict[str, Any]) -> str:
    """Return mean and standard deviation of every contender on every set, at each number of labels."""
    lines = []
    for name, result in found.items():
        looks = result["labels"]
        lines += _head(name, looks)
        for contender, curve in result["contenders"].items():
            cells = (f"{mean:.3f} ±{sd:.3f}" for mean, sd in zip(curve["mean"], curve["sd"], strict=True))
            lines.append(_row(contender, cells))
        lines += [_row("all labels", [f"{result['all labels']:.3f}", *[""] * (len(looks) - 1)]), ""]
    return "\n".join(lines)


def summary(found: dict[str, Any]) -> str:
    """Return the means over sets, how far ours is ahead of each rival on each set, and the sets where it is not enough.

    A set counts at the numbers of labels that its pool allows.
    """
    looks = sorted({look for result in found.values() for look in result["labels"]})
    names = next(iter(found.values()))["contenders"]
    at = {look: [result for result in found.values() if look in result["labels"]] for look in looks}
    lines = _head("mean over sets", looks)
    for contender in names:
        lines.append(
            _row(contender, (f"{np.mean([_mean(it, contender, look) for it in at[look]]):.3f}" for look in looks))
        )
    lines += [_row("sets", (str(len(at[look])) for look in looks)), ""]
    for rival in RIVALS:
        lines += [*_difference_table(found, rival, looks), ""]
    return "\n".join([*lines, *_failures(found)])


def ahead_of(result: dict[str, Any], rival: str) -> dict[int, tuple[float, float]]:
    """Return the mean paired difference of ours to a rival and its standard error, at each number of labels.

    Examples
    --------
    >>> curves = {"activelabel": {"each": [[0.9], [0.8]]}, "margin": {"each": [[0.7], [0.7]]}}
    >>> ahead_of({"labels": [10], "contenders": curves}, "margin")
    {10: (0.15, 0.05)}
    """
    curves = result["contenders"]
    apart = np.subtract(curves[OURS]["each"], curves[rival]["each"])
    errors = apart.std(axis=0, ddof=1) / np.sqrt(len(apart))
    rounded = zip(apart.mean(axis=0).round(6).tolist(), errors.round(6).tolist(), strict=True)
    return dict(zip(result["labels"], rounded, strict=True))


def draw(found: dict[str, Any], path: Path) -> None:
    """Draw one small plot a data set."""
    import matplotlib as mpl

    mpl.use("svg")
    import matplotlib.pyplot as plt

    wide = min(len(found), AXES_A_ROW)
    high = -(-len(found) // wide)
    figure, axes = plt.subplots(high, wide, figsize=(4 * wide, 3.2 * high), squeeze=False, layout="constrained")
    for axis in axes.flat[len(found) :]:
        axis.set_axis_off()
    for axis, (name, result) in zip(axes.flat, found.items(), strict=False):
        for contender, curve in result["contenders"].items():
            style = {"linewidth": 2.4} if contender == OURS else {"linewidth": 1.2, "linestyle": "--"}
            axis.plot(result["labels"], curve["mean"], label=contender, **style)
        axis.axhline(result["all labels"], color="grey", linewidth=0.8, label="logistic regression, all labels")
        axis.set(title=name, xlabel="labels", ylabel="accuracy")
    axes[0][0].legend(fontsize="x-small", loc="lower right")
    mpl.rcParams["svg.hashsalt"] = "activelabel"
    figure.savefig(path, metadata={"Date": None})


def _difference_table(found: dict[str, Any], rival: str, looks: list[int]) -> Iterator[str]:
    """Yield how far ours is ahead of a rival on each set with its standard error, and the mean over sets."""
    yield from _head(f"{OURS} - {rival}", looks)
    ahead = {name: ahead_of(result, rival) for name, result in found.items()}
    for name, by_look in ahead.items():
        yield _row(
            name, (f"{by_look[look][0]:+.3f} ±{by_look[look][1]:.3f}" if look in by_look else "" for look in looks)
        )
    means = (np.mean([by_look[look][0] for by_look in ahead.values() if look in by_look]) for look in looks)
    yield _row("mean", (f"{mean:+.3f}" for mean in means))


def _failures(found: dict[str, Any]) -> Iterator[str]:
    """Yield one line for each set and number of labels where ours is too far behind, or one that says there is none."""
    worse = [
        f"- {name} at {look}: {mean:+.3f} ±{error:.3f} to {rival}"
        for rival in RIVALS
        for name, result in found.items()
        for look, (mean, error) in ahead_of(result, rival).items()
        if mean < -(ALLOWED + 2 * error)
    ]
    line = f"more than {ALLOWED:.2f} behind {' or '.join(RIVALS)}, beyond two standard errors of the paired difference"
    yield f"{line}: {'' if worse else 'nowhere'}".rstrip()
    yield from worse


def _mean(result: dict[str, Any], contender: str, look: int) -> float:
    return float(result["contenders"][contender]["mean"][result["labels"].index(look)])


def _head(name: str, looks: list[int]) -> list[str]:
    return [_row(name, map(str, looks)), f"|---|{'---|' * len(looks)}"]


def _row(name: str, cells: Any) -> str:
    return f"| {name} | {' | '.join(cells)} |"
