"""What stands before a data-set card for programs, in the form of Hugging Face: YAML that their libraries read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from activelabel.records.kinds import LabelKind, Modality
from activelabel.reporting.exports.sheet import CellKind
from activelabel.reporting.markdown import in_yaml

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from activelabel.reporting.exports.sheet import Column

__all__ = ["LICENSE", "front_matter", "size_category"]

LICENSE = "choose-a-license"
"""Which licence data is under is its owner's to say: the hub refuses this word, so that nobody forgets to."""

TASKS = {
    Modality.TEXT: "text-classification",
    Modality.IMAGE: "image-classification",
    Modality.TABLE: "tabular-classification",
    Modality.VECTORS: "other",
}
TYPES = {CellKind.TEXT: "string", CellKind.COUNT: "int64", CellKind.SHARE: "float64"}
CREATORS = {
    LabelKind.HUMAN: "expert-generated",
    LabelKind.IMPORTED: "found",
    LabelKind.PROPAGATED: "machine-generated",
    LabelKind.PREDICTED: "machine-generated",
}
SIZES = ("1K", "10K", "100K", "1M", "10M", "100M", "1B", "10B", "100B", "1T")


def front_matter(
    name: str,
    modality: Modality,
    items: int,
    columns: Sequence[Column],
    classes: Sequence[str],
    kinds: Collection[LabelKind],
) -> str:
    """Return the block, from its first line of dashes to its last.

    Parameters
    ----------
    name
        Of the data set.
    modality
        What its items are.
    items
        How many.
    columns
        Of the exported file; the one called ``label`` holds the classes.
    classes
        Their names, in order of creation.
    kinds
        Kinds of labels that occur.
    """
    creators = sorted({CREATORS[kind] for kind in kinds}) or ["no-annotation"]
    lines = [
        "---",
        f"pretty_name: {in_yaml(name)}",
        f"license: {LICENSE}  # yours to say: https://huggingface.co/docs/hub/repositories-licenses",
        *_listed("annotations_creators", creators),
        *_listed("task_categories", [TASKS[modality]]),
        *_listed("size_categories", [size_category(items)]),
        "configs:",
        "- config_name: default",
        "  data_files:",
        "  - split: train",
        "    path: labels.parquet",
        "dataset_info:",
        "  features:",
    ]
    for column in columns:
        lines.append(f"  - name: {in_yaml(column.name)}")
        if column.name == "label" and classes:
            lines += ["    dtype:", "      class_label:", "        names:"]
            lines += [f"          '{number}': {in_yaml(known)}" for number, known in enumerate(classes)]
        else:
            lines.append(f"    dtype: {TYPES[column.kind]}")
    return "\n".join([*lines, "---"])


def size_category(items: int) -> str:
    """Return the class of size in which the hub lists a data set.

    Examples
    --------
    >>> size_category(999), size_category(1_000), size_category(12_345), size_category(10**12)
    ('n<1K', '1K<n<10K', '10K<n<100K', 'n>1T')
    """
    place = len(str(items)) - len("1000")
    if place < 0:
        return "n<1K"
    return f"{SIZES[place]}<n<{SIZES[place + 1]}" if place + 1 < len(SIZES) else "n>1T"


def _listed(key: str, values: Sequence[str]) -> list[str]:
    return [f"{key}:", *(f"- {value}" for value in values)]
