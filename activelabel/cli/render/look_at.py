"""What a report says to look at: labels in doubt, odd answers, what suggestions did, the class that does worst."""

from __future__ import annotations

from typing import TYPE_CHECKING

from activelabel.cli.render.fields import field_rows
from activelabel.project.wording import counted
from activelabel.reporting.shares import share_words

if TYPE_CHECKING:
    from rich.text import Text

    from activelabel.cli.render.paper import Paper
    from activelabel.reporting.quality import Quality
    from activelabel.reporting.summary import Summary

__all__ = ["effect_words", "look_rows"]

MOST = 3  # things to look at; more than that is for another day, and for --detail


def look_rows(summary: Summary, paper: Paper) -> list[Text]:
    """Return a row for each thing to look at, what matters most first; none where nothing stands out."""
    found = [*_doubtful(summary.quality), *_worst_class(summary), *_odd(summary.quality)]
    rows: list[Text] = []
    for words in found[:MOST]:
        rows += field_rows("" if rows else "look at", words, paper)
    return rows


def effect_words(quality: Quality) -> str:
    """Return what showing suggestions did, with its interval; "" where that is not known."""
    effect = quality.suggestions.effect
    if effect is None:
        return ""
    low, value, high = (round(100 * part) for part in (effect.low, effect.value, effect.high))
    return f"{value:+} points ({low:+} to {high:+}): answers follow suggestions that are shown"


def _doubtful(quality: Quality | None) -> list[str]:
    if quality is None or not quality.contradicted:
        return []
    doubted = len(quality.contradicted)
    verb = "contradicts" if doubted == 1 else "contradict"
    return [f"{counted(doubted, 'label')} {verb} the others: activelabel review --suspects"]


def _odd(quality: Quality | None) -> list[str]:
    if quality is None:
        return []
    effect, odd = quality.suggestions.effect, len(quality.odd_paces)
    found = [effect_words(quality)] if effect and effect.is_clear else []
    return [*found, f"{counted(odd, 'answer')} far faster or slower than usual"] if odd else found


def _worst_class(summary: Summary) -> list[str]:
    right = summary.accuracy.right
    if right is None:
        return []
    # clearly worse than all together, however few answers say so
    worse = [(one.recall, one.name) for one in summary.classes if one.recall and one.recall.high < right.value]
    if not worse:
        return []
    recall, name = min(worse, key=lambda pair: pair[0].high)
    return [f"class {name}: {share_words(recall)} of it found"]
