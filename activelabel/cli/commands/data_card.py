"""`report --card`: a Markdown card for the labelled data set."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from activelabel.cli.commands.placing import write_whole
from activelabel.reporting.data_card import Exported, data_card
from activelabel.reporting.exports.labels import Labeller, Machine, What
from activelabel.reporting.exports.rows import column_names, from_dataset, labelled_sheet

if TYPE_CHECKING:
    from pathlib import Path

    from activelabel.project.dataset import Dataset
    from activelabel.project.ledger import Ledger
    from activelabel.reporting.summary import Summary
    from activelabel.session.lessons import Lesson

__all__ = ["write_data_card"]


def write_data_card(
    out: Path, dataset: Dataset, ledger: Ledger, lesson: Lesson, summary: Summary, *, names: bool
) -> None:
    """Write the card, whole or not at all; without `names` those who answered are numbered.

    `lesson` is what the answers taught, which says what an export would hold, and `summary` the figures of the report.

    Raises
    ------
    ProjectError
        If it cannot be written; what was there is still there.
    """
    text = data_card(summary, ledger, _exported(dataset, ledger, lesson), names=names)
    write_whole(out, lambda file: file.write(text.encode("utf-8", "replace")))


def _exported(dataset: Dataset, ledger: Ledger, lesson: Lesson) -> Exported:
    """Return what an export of all labels of the data holds."""
    # whose label a propagated one comes from is in the export, not on the card
    machine = Machine(lesson.propagation, lesson.proba, 0, str, lesson.decision)
    labeller = Labeller(ledger, machine, What.ALL)
    counts: Counter[tuple[str, str]] = Counter()
    for item, unit, row, _ in from_dataset(dataset):
        said = labeller.said(item, unit, row)
        if said:
            counts[said.label or "", said.kind or said.answer or ""] += 1
    names = column_names([next(from_dataset(dataset))])
    return Exported(labelled_sheet((), names, labeller, Counter()).columns, counts)
