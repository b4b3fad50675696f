"""`status`: how far a project is, in a few lines read from the events and the plan alone."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from activelabel.cli.console import open_streams
from activelabel.cli.render.progress import accuracy_words, repeat_words, time_words
from activelabel.cli.render.safe import safe
from activelabel.project.layout import find_project
from activelabel.project.pool import last_sweep, pool_of_project
from activelabel.project.recorded import ledger_of, plan_of
from activelabel.project.wording import counted
from activelabel.records.progress import Progress
from activelabel.reporting.tally import answer_counts, time_spent

if TYPE_CHECKING:
    from pathlib import Path

    from activelabel.project.layout import Layout
    from activelabel.project.ledger import Ledger
    from activelabel.project.plan import Plan
    from activelabel.reporting.tally import AnswerCounts, TimeSpent

__all__ = ["status"]

MOST_CLASSES = 12  # listed one by one
GROWN = 1.25  # times the labels of the last sweep: what the model doubts is elsewhere by then


def status(project: Path | None, *, as_json: bool) -> None:
    """Print how far the project is.

    Raises
    ------
    WrongUse, ProjectError
        If there is no such project.
    """
    streams = open_streams()
    layout = find_project(project)
    ledger, plan = ledger_of(layout), plan_of(layout)
    if as_json:
        streams.emit(json.dumps(_plain(layout, ledger, plan), indent=2, ensure_ascii=False))
        return
    for line in _lines(layout, ledger, plan):
        streams.emit(safe(line))


def _plain(layout: Layout, ledger: Ledger, plan: Plan | None) -> dict[str, object]:
    """Return the same facts under the names they have in `report --json`."""
    return {
        "project": str(layout.root),
        "answers": asdict(answer_counts(ledger)),
        "time": asdict(time_spent(ledger)),
        "left": _left(ledger, plan),
        "pool": _pool(layout),
        "plan": None
        if plan is None
        else {
            "generation": plan.generation,
            "answers_through": plan.answers_through,
            "unseen": _unseen(ledger, plan),
            **asdict(plan.measures),
        },
    }


def _lines(layout: Layout, ledger: Ledger, plan: Plan | None) -> list[str]:
    counts = answer_counts(ledger)
    left = _left(ledger, plan)
    lines = [
        f"{layout.root}: {counts.in_force:,} answered" + (f", {left:,} left" if left is not None else ""),
        *_pool_lines(layout, counts.labels + counts.imported),
        _labels(counts),
        *filter(None, [repeat_words(counts)]),
        _time(time_spent(ledger)),
    ]
    if plan is None:
        lines.append("nothing is planned yet: `activelabel label` starts the learner")
        return lines
    measures = plan.measures
    progress = Progress(
        counts.in_force, left or 0, {}, (), measures.accuracy, measures.audited, measures.known, plan.model_labels
    )
    lines += [accuracy_words(progress), f"propagated: {measures.propagated:,}"] if plan.model_labels else []
    return [*lines, _source(ledger, plan)]


def _pool_lines(layout: Layout, labels: int) -> list[str]:
    """Return what of a bigger pool the figures are about; nothing where there is none."""
    pool = pool_of_project(layout)
    if pool is None:
        return []
    swept = last_sweep(layout)
    visitors = f" and {len(pool.visitors):,} found in sweeps" if pool.visitors else ""
    lines = [
        f"of a pool of {counted(pool.items, 'row')}: counts are of the working set, drawn at random{visitors}; "
        "the share right is of the pool"
    ]
    if swept:
        each = ", ".join(f"{name}: {count:,}" for name, count in list(swept["classes"].items())[:MOST_CLASSES])
        lines.append(f"the whole pool, by {counted(swept['labels'], 'label')}: {each} ({swept['out']})")
        if labels >= GROWN * swept["labels"]:
            lines.append(
                f"{counted(labels - swept['labels'], 'label')} since then: a new look is due, activelabel sweep"
            )
    return lines


def _pool(layout: Layout) -> dict[str, object] | None:
    pool = pool_of_project(layout)
    if pool is None:
        return None
    return {"items": pool.items, "units": pool.units, "visitors": len(pool.visitors), "sweep": last_sweep(layout)}


def _labels(counts: AnswerCounts) -> str:
    each = ", ".join(f"{name}: {count:,}" for name, count in counts.by_class.items()) or "no classes yet"
    if len(counts.by_class) > MOST_CLASSES:
        seen = sum(count > 0 for count in counts.by_class.values())
        each = f"{counts.labels:,}, in {seen:,} of {len(counts.by_class):,} classes"
    others = [("imported", counts.imported), ("skipped", counts.skipped), ("not sure", counts.not_sure)]
    rest = "".join(f"; {count:,} {name}" for name, count in [*others, ("bad", counts.bad)] if count)
    return f"labels: {each}{rest}"


def _time(spent: TimeSpent) -> str:
    if spent.median is None or spent.cards_an_hour is None:
        return "time: none yet"
    return f"time: {time_words(spent.seconds)}, {spent.median:.1f} s a card, {spent.cards_an_hour:,.0f} cards an hour"


def _source(ledger: Ledger, plan: Plan) -> str:
    unseen = _unseen(ledger, plan)
    behind = f", which has not seen the last {counted(unseen, 'answer')}" if unseen else ""
    return f"figures from plan {plan.generation}{behind}; all of them: activelabel report"


def _left(ledger: Ledger, plan: Plan | None) -> int | None:
    return max(0, plan.askable - len(ledger.since(plan.answers_through))) if plan else None


def _unseen(ledger: Ledger, plan: Plan) -> int:
    return sum(event.counter > plan.answers_through for event in ledger.said)
