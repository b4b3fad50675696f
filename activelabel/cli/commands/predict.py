"""`predict`: labels for another file from the project's model, row by row as it is read."""

from __future__ import annotations

import json
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from typing import TYPE_CHECKING, Any

from activelabel.cli.commands.placing import check_place, write_whole
from activelabel.cli.console import open_streams
from activelabel.cli.progress_bar import counting, followed, waiting
from activelabel.errors import ProjectError, WrongUse
from activelabel.project.another_file import AnotherFile, rows_about
from activelabel.project.findings import listed
from activelabel.project.layout import find_project
from activelabel.project.readers.partitions import is_part_of
from activelabel.project.recorded import ledger_of
from activelabel.project.settings import settings_of
from activelabel.project.wording import counted
from activelabel.reporting.exports.formats import format_for
from activelabel.reporting.exports.formulas import defused_sheet
from activelabel.reporting.exports.labels import Labeller, Machine, What
from activelabel.reporting.exports.predicted import Forecast, Tally, predicted_sheet
from activelabel.session.predictor import fitted
from activelabel.session.workshop import open_workshop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from activelabel.project.ledger import Ledger
    from activelabel.records.progress import Estimate
    from activelabel.reporting.exports.sheet import Sheet
    from activelabel.session.predictor import Predictor

__all__ = ["MODELS", "How", "run"]

MODELS = ("all", "human")
ABOUT_CONFIDENCE = "how sure the model is of the labels it gave, not how often they are right"
DRAWN_LIKE = "for items drawn like those of the project"
VERSION = 1


@dataclass(frozen=True, slots=True)
class How:
    """How a file is labelled, and what is written of it.

    Attributes
    ----------
    model
        `all` learns as the learner does, `human` from labels that people gave to single items alone.
    encoding, delimiter
        Of the file's text; "" for the project's.
    labels_only
        Leave the columns of the file out, but for the one of ids.
    exact
        Leave cells that a spreadsheet would run as they are.
    force
        Replace a file that is there.
    as_json
        Print what was said as JSON.
    """

    model: str = "all"
    encoding: str = ""
    delimiter: str = ""
    labels_only: bool = False
    exact: bool = False
    force: bool = False
    as_json: bool = False


def run(data: Path, out: Path, project: Path | None, how: How) -> None:
    """Label a file and say what came of it.

    Raises
    ------
    WrongUse
        If there is no such project, model or format.
    BadData
        If the file cannot be read or does not have what the project learns from; nothing is written then.
    ProjectError
        If something is in the way or the labels cannot be written; what was there is still there.
    LearningError
        If no item has a label.
    """
    streams, form, layout = open_streams(), format_for(out), find_project(project)
    _check_model(how.model)
    ledger = ledger_of(layout)
    settings = settings_of(layout, ledger.settings)
    check_place(out, layout, settings, force=how.force)
    if is_part_of(out, data):
        raise ProjectError(f"this is the file that is to be labelled: {out}", "give another name")
    workshop = open_workshop(layout, settings)
    file = AnotherFile(workshop.dataset, data, how.encoding, how.delimiter)
    if file.missing:
        streams.say(f"no column {listed(file.missing)}: items of the project that are in this file are not known again")
    with waiting(streams.talk, "the model is fitted", on_screen=True):
        predictor = fitted(workshop, ledger, human_only=how.model == "human")
    tally = Tally()
    with counting(streams.talk, "rows labelled", partial(rows_about, data)) as on_rows:
        sheet = _sheet(file, predictor, ledger, tally, how, on_rows)
        sheet = defused_sheet(sheet) if form.spreadsheet and not how.exact else sheet
        write_whole(out, lambda file: form.write(file, sheet))
    with waiting(streams.talk, "the model is judged", on_screen=True):
        accuracy = predictor.accuracy(ledger)
    for line in _told(out, tally, accuracy):
        streams.say(line)
    if how.as_json:
        # in ASCII, which no terminal obeys: names of classes are foreign
        streams.emit(json.dumps(_summary((data, out), how.model, tally, accuracy), indent=2))


def _check_model(model: str) -> None:
    if model not in MODELS:
        near = get_close_matches(model, MODELS, n=1)
        hint = f"try {near[0]!r}" if near else f"one of {', '.join(MODELS)}"
        raise WrongUse(f"no model named {model!r}", hint)


def _sheet(
    file: AnotherFile, predictor: Predictor, ledger: Ledger, tally: Tally, how: How, on_rows: Callable[[int], None]
) -> Sheet:
    lesson, dataset = predictor.lesson, predictor.workshop.dataset
    if lesson.decision is None:
        raise ValueError("a model without a decision")
    machine = Machine(lesson.propagation, lesson.proba, 0, dataset.unit, lesson.decision)
    labeller = Labeller(ledger, machine, What.HUMAN if how.model == "human" else What.ALL)
    names = [known.name for known in ledger.classes.values()]
    forecast = Forecast(predictor.proba, lesson.decision, names, dataset, labeller)
    # vectors have no cells to carry along
    vectors = (
        {dataset.settings.roles.numbers[0]} if dataset.schema.width > len(dataset.settings.roles.numbers) > 0 else set()
    )
    columns = [] if how.labels_only else [name for name in file.names if name not in vectors]
    batches = followed(file.batches(), on_rows, lambda batch: len(batch.items))
    return predicted_sheet(batches, columns, forecast, tally, file.id_column if how.labels_only else "")


def _told(out: Path, tally: Tally, accuracy: Estimate | None) -> Iterator[str]:
    each = listed([f"{count:,} {name}" for name, count in tally.labels.most_common()])
    yield f"{out}: {counted(tally.rows, 'row')}" + (f" ({each})" if each else "")
    if tally.known:
        kinds = ", ".join(f"{count:,} {kind}" for kind, count in sorted(tally.known.items()))
        yield f"known from the project, and kept as they are there: {kinds}"
    if tally.blanks:
        yield f"{counted(tally.blanks, 'picture')} cannot be read and were taken for blank"
    if (sure := tally.mean_confidence) is not None:
        yield f"mean confidence {sure:.2f}: {ABOUT_CONFIDENCE}"
    if accuracy:
        share, low, high = (f"{100 * part:.0f}" for part in (accuracy.value, accuracy.low, accuracy.high))
        yield f"{share} % right ({low}-{high}, from {accuracy.n} audit answers) {DRAWN_LIKE}"


def _summary(paths: tuple[Path, Path], model: str, tally: Tally, accuracy: Estimate | None) -> dict[str, Any]:
    """Return what was said, in the documented form (docs/predict.md)."""
    data, out = paths
    right = accuracy and {
        "right": round(accuracy.value, 4),
        "low": round(accuracy.low, 4),
        "high": round(accuracy.high, 4),
        "answers": accuracy.n,
        "about": DRAWN_LIKE,
    }
    return {
        "version": VERSION,
        "data": str(data),
        "out": str(out),
        "model": model,
        "rows": tally.rows,
        "classes": dict(tally.labels.most_common()),
        "known": dict(sorted(tally.known.items())),
        "mean_confidence": None if tally.mean_confidence is None else round(tally.mean_confidence, 4),
        "about_confidence": ABOUT_CONFIDENCE,
        "accuracy": right,
        "blank_pictures": tally.blanks,
    }
