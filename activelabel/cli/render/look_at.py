"""What a report says to look at: labels in doubt, odd answers, what suggestions did, the class that does worst."""

from __future__ import annotations

from typing import TYPE_CHECKING

from activelabel.cli.render.fields import field_rows
from activelabel.cli.render.shares import share_words
from activelabel.project.wording import counted
from activelabel.records import HEADLINE_FROM

if TYPE_CHECKING:
    from rich.text import Text

    from activelabel.cli.render.paper import Paper
    from activelabel.reporting.quality import Quality
    from activelabel.reporting.summary import Summary

__all__ = ["effect_words", "look_rows"]


def look_rows(summary: Summary, paper: Paper) -> list[Text]:
    """Return a row for each thing to look at; none where nothing stands out."""
    found = [*(_doubtful(summary.quality) if summary.quality else []), *_worst_class(summary)]
    rows: list[Text] = []
    for words in found:
        rows += field_rows("" if rows else "look at", words, paper)
    return rows


def effect_words(quality: Quality) -> str:
    """Return what showing suggestions did, with its interval; "" where that is not known."""
    effect = quality.suggestions.effect
    if effect is None:
        return ""
    low, value, high = (round(100 * part) for part in (effect.low, effect.value, effect.high))
    return f"{value:+} points ({low:+} to {high:+}): answers follow suggestions that are shown"


def _doubtful(quality: Quality) -> list[str]:
    found = []
    if doubted := len(quality.contradicted):
        verb = "contradicts" if doubted == 1 else "contradict"
        found.append(f"{counted(doubted, 'label')} {verb} the others: activelabel report --detail")
    if odd := len(quality.odd_paces):
        found.append(f"{counted(odd, 'answer')} far faster or slower than usual")
    effect = quality.suggestions.effect
    if effect and effect.is_clear:
        found.append(effect_words(quality))
    return found


def _worst_class(summary: Summary) -> list[str]:
    known = [one for one in summary.classes if one.recall and one.recall.n >= HEADLINE_FROM]
    worst = min(known, key=lambda one: one.recall.value if one.recall else 1.0, default=None)
    if worst is None or worst.recall is None or worst.recall.value == 1.0 or len(summary.classes) < 2:
        return []
    return [f"class {worst.name}: {share_words(worst.recall)} of it found"]
