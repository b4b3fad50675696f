"""A card for the labelled data set, in Markdown: what is in it, how it came about, how right it is, what it is not.

All figures are those of the report. What only people know (licence, source, use) is left to them, visibly.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from activelabel.project.wording import counted, joined
from activelabel.records.kinds import LabelKind, Modality
from activelabel.records.progress import HEADLINE_FROM, Estimate
from activelabel.reporting.front_matter import front_matter
from activelabel.reporting.markdown import in_markdown, table
from activelabel.reporting.people import less, people
from activelabel.reporting.shares import between, percent, share_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from activelabel.project.ledger import Ledger
    from activelabel.reporting.exports.sheet import Column
    from activelabel.reporting.people import People
    from activelabel.reporting.summary import Summary

__all__ = ["Exported", "data_card"]

YOURS = "[More Information Needed]"  # what the form of Hugging Face says where something is missing
MOST_COLUMNS = 30
OTHERS = ("not-sure", "bad-item", "skip", "")
WORDS = {"not-sure": "not sure", "bad-item": "bad item", "skip": "skipped", "": "without a label"}


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export of all labels holds.

    Attributes
    ----------
    columns
        Of the file.
    counts
        (class, kind of label) -> items; where there is no label, ("", ``skip``, ``not-sure``, ``bad-item`` or "").
    """

    columns: tuple[Column, ...]
    counts: Counter[tuple[str, str]]


def data_card(summary: Summary, ledger: Ledger, exported: Exported, *, names: bool) -> str:
    """Return the card.

    Parameters
    ----------
    summary, ledger
        The figures of the report, and what was said.
    exported
        What the data set holds.
    names
        Say by name who answered; else by number.
    """
    found = people(ledger)
    name = PurePath(summary.data.path).stem
    classes = [known.name for known in ledger.classes.values()]
    kinds = [kind for kind in LabelKind if any(said == kind for _, said in exported.counts)]
    head = front_matter(name, Modality(summary.data.modality), summary.data.items, exported.columns, classes, kinds)
    sections = (
        head,
        f"# Dataset card for {in_markdown(name)}",
        _described(summary, kinds),
        _structure(summary, ledger, exported, kinds),
        _creation(summary, ledger, found, names=names),
        _errors(summary, exported, found),
        _limits(summary),
        _provenance(summary),
    )
    return "\n\n".join(sections) + "\n"


def _described(summary: Summary, kinds: Sequence[LabelKind]) -> str:
    data = summary.data
    duplicates = f", of which {counted(data.duplicates, 'repeats another', 'repeat others')}" if data.duplicates else ""
    said = f"Labels are {joined(kinds)}; each row says which, and they are never mixed." if kinds else "No labels yet."
    return f"""## Dataset description

{counted(data.items, f"{data.modality} item")}{duplicates}, labelled with activelabel. {said}

- **License:** {YOURS}
- **Source of the data:** {YOURS}
- **Intended use:** {YOURS}
- **Personal and sensitive information:** {YOURS}"""


def _structure(summary: Summary, ledger: Ledger, exported: Exported, kinds: Sequence[LabelKind]) -> str:
    rows = []
    for known in summary.classes:
        each = [exported.counts[known.name, kind] for kind in kinds]
        rows.append((in_markdown(known.name), *(f"{count:,}" for count in each), f"{sum(each):,}"))
    others = [(WORDS[said], exported.counts["", said]) for said in OTHERS if exported.counts["", said]]
    blank = [""] * len(kinds)
    rows += [(f"*{words}*", *blank, f"{count:,}") for words, count in others]
    counts = table(("class", *kinds, "items"), rows)
    meanings = [
        f"- **{in_markdown(known.name)}**: {in_markdown(known.definition)}"
        for known in ledger.classes.values()
        if known.definition
    ]
    defined = "\n\nWhat belongs to the classes:\n\n" + "\n".join(meanings) if meanings else ""
    return f"""## Dataset structure

`activelabel export labels.parquet` writes the file beside this card, one row an item.
Its columns are {_columns(exported)}.
`kind` is the kind of the label, `confidence` its probability where a machine gave it, `via` the item it comes from.

{counts}{defined}"""


def _columns(exported: Exported) -> str:
    """Return the names of the columns, or how many there are where nobody would read them all."""
    if len(exported.columns) > MOST_COLUMNS:
        return f"named in `dataset_info` above, {len(exported.columns):,} of them"
    return joined([f"**{in_markdown(column.name)}**" for column in exported.columns])


def _creation(summary: Summary, ledger: Ledger, found: People, *, names: bool) -> str:
    settings, counts = ledger.settings, summary.answers
    strategy = summary.origin.algorithms.strategy
    chosen = (
        "drawn at random" if strategy == "random" else "those that teach a model most, so they are no random sample"
    )
    audit = f"{100 * settings.audit:.0f} % of the questions" if settings else "Some questions"
    each = {"skipped": counts.skipped, "not sure": counts.not_sure, "bad items": counts.bad}
    others = "".join(f", {count:,} {words}" for words, count in each.items() if count)
    who = [
        f"- {in_markdown(annotator) if names else f'annotator {number}'}: {counted(answers, 'answer')}"
        for number, (annotator, answers) in enumerate(found.answers.items(), start=1)
    ]
    return f"""## Dataset creation

### Annotation process

People gave {counted(counts.labels, "label")}{others}{_when(ledger)}.
The items they were asked about were chosen by the strategy `{strategy}`: {chosen}.
{audit} were drawn at random and looked like all others: this audit sample alone says how right labels and model are.
On it, and on a random fifth of the other cards, no suggestion was shown.

### Who are the annotators?

{chr(10).join(who) or "Nobody has answered yet."}

### Agreement

- With themselves, when asked again without being told: {_agreed(found.themselves, "nobody was asked again")}
- With each other, on items that two people labelled: {_agreed(found.each_other, "there is none")}"""


def _when(ledger: Ledger) -> str:
    days = sorted(event.time[:10] for event in ledger.said)
    if not days:
        return ""
    return f" on {days[0]}" if days[0] == days[-1] else f" between {days[0]} and {days[-1]}"


def _errors(summary: Summary, exported: Exported, found: People) -> str:
    by_kind: Counter[str] = Counter()
    for (_, kind), count in exported.counts.items():
        by_kind[kind] += count
    propagated, right = summary.propagated.right, summary.accuracy.right
    rests = {
        LabelKind.HUMAN: (found.wrong, "labels asked for again"),
        LabelKind.IMPORTED: (None, ""),
        LabelKind.PROPAGATED: (
            less(propagated) if propagated else None,
            "audit answers that a label would have reached",
        ),
        LabelKind.PREDICTED: (less(right) if right else None, "audit answers"),
    }
    rows = [
        (kind, f"{by_kind[kind]:,}", *_wrong(wrong), f"{wrong.n:,} {what}" if wrong else "nothing")
        for kind, (wrong, what) in rests.items()
        if by_kind[kind]
    ]
    return f"""## Estimated label errors

{table(("kind of label", "items", "wrong", "95 % interval", "rests on"), rows)}

Propagated and predicted labels are judged against what people said, by models that had not seen the answer in question;
of predicted ones the figure is that of the model for an item drawn at random. Human labels are judged by themselves: a
mistake that a person makes every time is not seen.{_contradicted(summary)}"""


def _contradicted(summary: Summary) -> str:
    if summary.quality is None or summary.quality.wrong is None:
        return ""
    if not summary.quality.wrong:
        return "\nThe other labels speak against none of them."
    wrong = counted(summary.quality.wrong, "human or imported label")
    return f"\nThe other labels speak against about {wrong}, which is too many where models misjudge much."


def _limits(summary: Summary) -> str:
    right = summary.accuracy
    known = [
        "- Items were chosen: shares of classes among human labels are not those of the data. Only the audit sample is "
        "random.",
        "- Whoever evaluates a model on human labels alone measures hard items; whoever trains one on predicted labels "
        "learns this model's mistakes.",
        "- Exact duplicates were asked about once and share their label.",
    ]
    if right.not_sure:
        among = f"- People were not sure of {counted(right.not_sure, 'audit item')}; the errors above leave them out."
        known.append(among)
    if right.right is None or right.right.n < HEADLINE_FROM:
        known.append(f"- There are fewer than {HEADLINE_FROM} audit answers: how right the labels are is hardly known.")
    return "## Bias, risks and limitations\n\n" + "\n".join(known)


def _provenance(summary: Summary) -> str:
    named, origin, made = summary.origin.algorithms, summary.origin, summary.provenance
    some = f" on {named.sample:,} rows" if named.sample else ""
    libraries = ", ".join(f"{library} {version}" for library, version in made.libraries.items())
    algorithms = (
        f"clusterer {named.clusterer}{some}, strategy {named.strategy}, propagator {named.propagator}, "
        f"learner {named.learner} ({origin.learner or 'nothing learnt yet'}), optimised for {named.optimise}"
    )
    parts = {
        "software": f"activelabel {made.activelabel}, Python {made.python}, {libraries}",
        "data": f"{in_markdown(PurePath(summary.data.path).name)}, fingerprint {made.fingerprint}",
        "events": f"all up to {origin.answers_through}; plan {origin.generation}",
        "algorithms": in_markdown(algorithms),
        "seed": str(made.seed),
    }
    return "## Provenance\n\n" + "\n".join(f"- {name}: {words}" for name, words in parts.items())


def _agreed(share: Estimate | None, unknown: str) -> str:
    if share is None:
        return f"not known, {unknown}."
    return f"{share_words(share)} the same (95 % interval, {counted(share.n, 'pair')})."


def _wrong(share: Estimate | None) -> tuple[str, str]:
    if share is None:
        return "not known", "-"
    # from few answers the interval is all that can be said
    shown = f"{percent(share.value, decimals=1)} %" if share.n >= HEADLINE_FROM else "-"
    return shown, f"{between(share, decimals=1)} %"
