"""What the next answers should bring, in as many words as there is room for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from activelabel.cli.render.progress import accuracy_words, time_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from activelabel.records.progress import Outlook, Progress

__all__ = ["outlook_words"]


def outlook_words(progress: Progress, fits: Callable[[str], bool] = lambda _: True) -> str:
    """Return the line that ends a round, in the most words that fit; "" on other cards and where none do.

    Examples
    --------
    >>> from activelabel.records.progress import Estimate, Outlook, Progress
    >>> outlook = Outlook(20, 240.0, 0.006, 4, 3)
    >>> progress = Progress(80, 900, {}, (), Estimate(0.91, 0.81, 0.96, 62), outlook=outlook)
    >>> print(outlook_words(progress))  # doctest: +NORMALIZE_WHITESPACE
    91 % right (81-96, from 62 audit answers). The next 20 answers, about 4 min at your pace, should add 0.6 points.
    3 of 4 signs say stop.
    >>> outlook_words(progress, lambda words: len(words) <= 60)
    'next 20, about 4 min: +0.6 points; 3 of 4 signs say stop'
    >>> outlook_words(progress, lambda words: len(words) <= 24)
    '3 of 4 signs say stop'
    """
    outlook = progress.outlook
    if outlook is None:
        return ""
    signs = _sign_words(outlook)
    good = [accuracy_words(progress)] if progress.accuracy or progress.known else []
    each = _sentences(outlook, signs)
    brief = _brief(outlook, signs)
    for words in (_spoken([*good, *each]), _spoken(each), brief, signs):
        if words and fits(words):
            return words
    return ""


def _sign_words(outlook: Outlook) -> str:
    stop, known = outlook.for_stop, outlook.signs
    if not known:
        return ""
    if known == 1:
        return "the only sign says stop" if stop else "no sign says stop"
    return f"{stop or 'none'} of {known} signs {'say' if stop > 1 else 'says'} stop"


def _sentences(outlook: Outlook, signs: str) -> list[str]:
    time = "" if outlook.seconds is None else f", {_about(outlook.seconds)} at your pace,"
    if outlook.gain is None:
        next_ones = f"The next {outlook.answers} answers take {_about(outlook.seconds)}" if outlook.seconds else ""
    elif outlook.gain > 0:
        next_ones = f"The next {outlook.answers} answers{time} should add {_points(outlook.gain)} points"
    else:
        next_ones = f"The next {outlook.answers} answers{time} promise no gain"
    return [words for words in (next_ones, signs) if words]


def _brief(outlook: Outlook, signs: str) -> str:
    time = "" if outlook.seconds is None else f", {_about(outlook.seconds)}"
    gain = "" if outlook.gain is None else f": +{_points(max(0.0, outlook.gain))} points"
    return "; ".join(filter(None, (f"next {outlook.answers}{time}{gain}", signs)))


def _spoken(sentences: list[str]) -> str:
    return " ".join(f"{one[0].upper()}{one[1:]}." for one in sentences)


def _about(seconds: float) -> str:
    return f"about {time_words(seconds)}".replace("about under", "under")


def _points(share: float) -> str:
    return f"{100 * share:.1f}"
