"""A report on one screen: how good, how sure, go on or stop, what to look at; and all of it, as long as it is.

Every figure comes from the summary as it is; nothing is computed here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from activelabel.cli.render.class_table import class_rows, confusion_rows
from activelabel.cli.render.detail import accuracy_detail, propagated_detail, quality_detail
from activelabel.cli.render.fields import HEAD, field_rows, headed
from activelabel.cli.render.learning_curve import curve_rows
from activelabel.cli.render.look_at import look_rows
from activelabel.cli.render.progress import repeat_words, time_words
from activelabel.cli.render.text import wrapped
from activelabel.cli.render.what_if import what_if_rows
from activelabel.project.wording import counted
from activelabel.records.progress import HEADLINE_FROM
from activelabel.reporting.shares import between, percent, share_words
from activelabel.reporting.summary import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from activelabel.cli.render.paper import Paper
    from activelabel.records.progress import Estimate
    from activelabel.reporting.summary import Accuracy, Summary

__all__ = ["detail_lines", "summary_lines"]

CURVE = "share right by answers given"
SIGN = 13
VERDICTS = {
    Verdict.GO_ON: "worth going on",
    Verdict.STOP: "you can stop",
    Verdict.UNKNOWN: "too early to say",
    Verdict.DONE: "done",
}
SAYS = {True: "says stop", False: "says go on", None: "not known"}


def summary_lines(summary: Summary, paper: Paper) -> list[Text]:
    """Return the report as one screen: as many classes and points of the curve as its height leaves room for.

    Parameters
    ----------
    summary
        The figures.
    paper
        What can be drawn on; no row is wider, unless it is very narrow.
    """
    last = [_source(summary, paper, "all of it: --detail")]
    rows = _joined([*_head(summary, paper, brief=True), what_if_rows(summary.what_if, paper)])
    # a line for the prompt, one for the source, and an empty one before it and before the table
    room = paper.height - len(rows) - 4
    every = len(summary.classes)
    table = class_rows(summary.classes, paper, every if every < room else room - 2)
    curve = headed(CURVE, curve_rows(summary.curve, paper))
    return _joined([rows, table, curve if len(curve) < room - len(table) else [], last])


def detail_lines(summary: Summary, paper: Paper) -> list[Text]:
    """Return all of the report, however many rows that takes."""
    quality = summary.quality
    return _joined(
        [
            *_head(summary, paper),
            accuracy_detail(summary.accuracy, paper),
            class_rows(summary.classes, paper),
            confusion_rows(summary.confusion, paper) if summary.confusion else [],
            headed(CURVE, curve_rows(summary.curve, paper)),
            what_if_rows(summary.what_if, paper),
            propagated_detail(summary.propagated, paper),
            quality_detail(quality, paper) if quality else [],
            [_source(summary, paper)],
        ]
    )


def _head(summary: Summary, paper: Paper, *, brief: bool = False) -> list[list[Text]]:
    good = [*_how_good(summary, paper), *_go_on(summary, paper, brief=brief), *look_rows(summary, paper)]
    return [[_title(summary, paper)], good, _facts(summary, paper)]


def _joined(parts: Iterable[list[Text]]) -> list[Text]:
    rows: list[Text] = []
    for part in filter(None, parts):
        rows += [*([Text()] if rows else []), *part]
    return rows


def _title(summary: Summary, paper: Paper) -> Text:
    data = summary.data
    items = counted(data.items, f"{data.modality} item")
    items += f" of a pool of {data.drawn_from:,}" if data.drawn_from else ""
    items += f", {counted(data.duplicates, 'duplicate')}" if data.duplicates else ""
    words = f" {paper.dot} ".join((summary.project, data.path.rpartition("/")[2], items))
    return Text(paper.clip(paper.foreign(words), paper.width), "title")


def _how_good(summary: Summary, paper: Paper) -> list[Text]:
    found = summary.accuracy
    rows = field_rows("how good", _good_words(found), paper, "suggestion")
    if found.worst and found.best:
        bounds = f"{percent(found.worst.value)} % if all of them are wrong, {percent(found.best.value)} % if all right"
        rows += field_rows("", f"{found.not_sure} of the audit answers are not sure: {bounds}", paper)
    if found.known:
        rows += field_rows("", f"{percent(found.known.value)} % right, by the known answers (plan's figure)", paper)
    if summary.test:
        unknown = f", {summary.test.unknown:,} of classes not known here" if summary.test.unknown else ""
        where = f"{counted(summary.test.rows, 'row')} of {summary.test.path}"
        words = f"{share_words(summary.test.right)} on {where}{unknown}"
        rows += field_rows("held out", words, paper)
    return [*rows, *field_rows("how sure", _sure_words(found), paper)]


def _good_words(found: Accuracy) -> str:
    right = found.right
    if right is None:
        return f"not known yet: there is no audit answer; {HEADLINE_FROM} of them would tell"
    if not found.headline:
        more = f"{found.answers_needed} more of them give one number"
        return f"somewhere in {between(right)} % right (from {_answers(right.n)}; {more})"
    f1 = "" if found.macro_f1 is None else f"; macro-F1 {found.macro_f1.value:.2f}"
    return f"{percent(right.value)} % right ({between(right)}, from {_answers(right.n)}){f1}"


def _answers(count: int) -> str:
    return counted(count, "audit answer")


def _sure_words(found: Accuracy) -> str:
    if found.right is None:
        return "nothing is known yet"
    half = 100 * _half(found.right)
    if not found.answers_until_narrow:
        return f"to {half:.1f} points either way"
    return f"to {half:.1f} points either way; about {found.answers_until_narrow:,} more audit answers for under 5"


def _half(estimate: Estimate) -> float:
    return (estimate.high - estimate.low) / 2


def _go_on(summary: Summary, paper: Paper, *, brief: bool) -> list[Text]:
    advice = summary.advice
    rows = field_rows("go on?", f"{VERDICTS[advice.verdict]}: {advice.because}", paper, "suggestion")
    for sign in advice.signs:
        room = max(paper.width - HEAD - SIGN, 1)
        said = paper.foreign(f"{SAYS[sign.says_stop]}: {sign.because}")
        words = [paper.clip(said, room)] if brief else wrapped(said, room)
        names = [sign.name, *[""] * len(words)]
        rows += [Text(f"{'':<{HEAD}}{name:<{SIGN}}{part}") for name, part in zip(names, words, strict=False)]
    return rows


def _facts(summary: Summary, paper: Paper) -> list[Text]:
    counts, spent, carried = summary.answers, summary.time, summary.propagated
    states = {"imported": counts.imported, "skipped": counts.skipped, "not sure": counts.not_sure, "bad": counts.bad}
    each = [counted(counts.labels, "label"), *(f"{count:,} {name}" for name, count in states.items() if count)]
    each += [counted(counts.notes, "note")] if counts.notes else []
    each += [f"{counts.undone:,} taken back"] if counts.undone else []
    rows = field_rows("answers", f" {paper.dot} ".join(each), paper)
    if words := repeat_words(counts):
        rows += field_rows("", words, paper)
    if spent.median is not None and spent.cards_an_hour is not None:
        pace = f"{spent.median:.1f} s a card, {spent.cards_an_hour:,.0f} cards an hour"
        rows += field_rows("time", f"{time_words(spent.seconds)}; {pace}", paper)
    if carried.units:
        right = f"{share_words(carried.right)} rightly, from {_answers(carried.right.n)}" if carried.right else ""
        words = f"{counted(carried.items, 'item')}, {right or 'how many rightly is not known'}"
        rows += field_rows("propagated", words, paper)
    return rows


def _source(summary: Summary, paper: Paper, *more: str) -> Text:
    origin = summary.origin
    words = f"plan {origin.generation}, all events to {origin.answers_through}"
    named = origin.algorithms
    aim = "" if named.optimise == "accuracy" else f" for {named.optimise}"
    chosen = f"asks {origin.strategy}{aim}, carries {named.propagator}, learns {origin.learner or 'nothing yet'}"
    return Text(paper.clip(paper.foreign(f" {paper.dot} ".join((*more, words, chosen))), paper.width), "faint")
