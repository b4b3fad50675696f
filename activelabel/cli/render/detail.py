"""The rest of a report: propagated labels by kind and confidence, the answers of people, and figures that mislead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from activelabel.cli.render.class_table import columns
from activelabel.cli.render.fields import field_rows, headed
from activelabel.cli.render.look_at import effect_words
from activelabel.project.wording import counted
from activelabel.reporting.shares import between, percent, share_words

if TYPE_CHECKING:
    from activelabel.cli.render.paper import Paper
    from activelabel.reporting.propagated import Propagated, PropagatedPart
    from activelabel.reporting.quality import Quality
    from activelabel.reporting.summary import Accuracy

__all__ = ["accuracy_detail", "propagated_detail", "quality_detail"]

MOST_NAMED = 10  # items in a list; all of them are in the JSON


def accuracy_detail(found: Accuracy, paper: Paper) -> list[Text]:
    """Return what stands behind the accuracy, and the figures that are none."""
    rows: list[Text] = []
    if found.counted and found.right and found.counted != found.right:
        rows += field_rows("accuracy", f"{share_words(found.counted)} of the audit answers, as counted", paper)
    if found.macro_f1:
        f1 = found.macro_f1
        rows += field_rows("macro-F1", f"{f1.value:.2f} ({f1.low:.2f}-{f1.high:.2f})", paper)
    else:
        more = found.answers_until_macro_f1
        how = (
            f"about {counted(more, 'more audit answer')} would tell" if more else "an audit answer of each class would"
        )
        rows += field_rows("macro-F1", f"not known yet: {how}", paper)
    if found.biased:
        words = f"cross-validation {percent(found.biased.cross_validation)} %, on labels that were chosen"
        words += f"; confidence {percent(found.biased.confidence)} %, the model's own word"
        rows += field_rows("biased", words, paper)
    return rows


def propagated_detail(found: Propagated, paper: Paper) -> list[Text]:
    """Return the kinds of propagated labels and their bands of confidence, a row each."""
    if not found.parts:
        return []
    table = [("propagated", "items", "confidence", "right", "audit")]
    table += [
        (
            _name(part),
            f"{part.items:,}",
            "-" if part.confidence is None else f"{percent(part.confidence)} %",
            share_words(part.right),
            f"{part.right.n if part.right else 0:,}",
        )
        for part in found.parts
    ]
    rows = columns(table, paper)
    if found.probed:
        probed = found.probed
        words = f"{probed.right:,} of {probed.drawn:,} members looked at were right"
        rows += field_rows("clusters", f"{words}; {percent(probed.bound)} % of all at least", paper)
    return rows


def quality_detail(found: Quality, paper: Paper) -> list[Text]:
    """Return how good the answers of people are."""
    rows: list[Text] = []
    if found.wrong is not None:
        words = (
            f"about {counted(found.wrong, 'label')} wrong, as the others see it; too many where models misjudge much"
        )
        rows += field_rows("mistakes", words, paper)
    if found.repeated and found.ceiling:
        same = found.repeated
        words = (
            f"kappa {same.kappa:.2f} ({same.low:.2f} to {same.high:.2f}) with oneself, from {counted(same.n, 'repeat')}"
        )
        rows += field_rows("asked again", words, paper)
        words = (
            f"no model is measured above {percent(found.ceiling.value)} % ({between(found.ceiling)}) by such answers"
        )
        rows += field_rows("ceiling", words, paper)
    if words := effect_words(found):
        rows += field_rows("suggested", words, paper)
    doubted = [f"{one.item}: {one.given}, the others say {one.believed}" for one in found.contradicted]
    rows += _listed("labels that the others contradict", doubted, paper)
    odd = [f"{one.item}: {one.seconds:.1f} s, usual {one.usual:.1f} s ({one.annotator})" for one in found.odd_paces]
    return [*rows, *_listed("answers far faster or slower than usual", odd, paper)]


def _name(part: PropagatedPart) -> str:
    return part.by or f"{round(100 * part.low)}-{round(100 * part.high)} % sure"


def _listed(title: str, items: list[str], paper: Paper) -> list[Text]:
    shown = [Text(paper.clip(f"  {paper.foreign(item)}", paper.width)) for item in items[:MOST_NAMED]]
    hidden = len(items) - len(shown)
    more = [Text(f"  {paper.ellipsis} {hidden:,} more: --json", "faint")] if hidden else []
    return headed(title, [*shown, *more])
