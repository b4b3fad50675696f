"""One annotator's answers as times: the pace now, and whether a break would do good."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from activelabel.records.kinds import Modality
from activelabel.session.pacing.pace import pace_of, timed

if TYPE_CHECKING:
    from activelabel.project.ledger import Ledger
    from activelabel.session.pacing.pace import Pace, Timed

__all__ = ["Timekeeper"]

LAST = 20
"""Answers whose pace is held against the usual one: a median of fewer swings by itself."""

SLOWER = 1.5
"""Times as slow as usual that, with blind repeats that agree less, speak for a break: of twenty answers whose seconds
scatter by half, the median exceeds that by chance once in hundreds of cards."""

MUCH_SLOWER = 2.0
"""Times as slow as usual that speak for a break by themselves."""

STRETCH = timedelta(minutes=60)
"""Work without a pause after which one is due: attention to a dull task has long begun to sink by then."""

PAUSE = timedelta(minutes=5)
"""What counts as a pause: long enough to get up."""

QUIET = timedelta(minutes=30)
"""How long nothing more is said after a break was suggested: whoever goes on has decided to."""

RECENT = timedelta(hours=1)
"""Blind repeats that speak of the present."""


class Timekeeper:
    """Follows what one annotator answers.

    Parameters
    ----------
    annotator
        Who.
    """

    def __init__(self, annotator: str) -> None:
        self._annotator = annotator
        self._mine: list[Timed] = []
        self._times: list[str] = []
        self._seen = 0
        self._before: int | None = None
        self._pace: tuple[int, Pace] | None = None
        self._suggested: datetime | None = None
        self._words: tuple[int, str] = (-1, "")

    def pace(self, ledger: Ledger) -> Pace:
        """Return the pace now."""
        self._follow(ledger)
        if self._pace is None or self._pace[0] != len(self._mine):
            modality = ledger.settings.modality if ledger.settings else Modality.TABLE
            self._pace = len(self._mine), pace_of(self._mine, modality)
        return self._pace[1]

    def break_words(self, ledger: Ledger, now: str) -> str:
        """Return a line that suggests a break, on one card and then not again for half an hour; "" for none.

        Parameters
        ----------
        ledger
            Everything said so far.
        now
            As UTC, ISO 8601.
        """
        pace, moment = self.pace(ledger), datetime.fromisoformat(now)
        if self._words[0] == ledger.counter:
            return self._words[1]
        words = ""
        if self._suggested is None or moment - self._suggested >= QUIET:
            words = self._slow_words(pace, ledger, moment) or self._stretch_words(moment)
        if words:
            self._suggested = moment
        self._words = ledger.counter, words
        return words

    def _follow(self, ledger: Ledger) -> None:
        for event in ledger.said[self._seen :]:
            if event.annotator == self._annotator:
                self._mine.append(timed(event))
                self._times.append(event.time)
        self._seen = len(ledger.said)
        if self._before is None:
            self._before = len(self._mine)

    def _slow_words(self, pace: Pace, ledger: Ledger, now: datetime) -> str:
        session = self._mine[self._before or 0 :]
        last, usual = session[-LAST:], session[:-LAST]
        if len(usual) < LAST:
            return ""
        times = pace.slowness(last) / pace.slowness(usual)
        if times >= MUCH_SLOWER or (times >= SLOWER and self._agrees_less(ledger, now)):
            return f"a break? the last {LAST} answers took {times:.1f} times as long as usual"
        return ""

    def _agrees_less(self, ledger: Ledger, now: datetime) -> bool:
        recent: list[bool] = []
        before: list[bool] = []
        for first, again in ledger.repeats():
            known = [ledger.class_of(answer) for answer in (first, again)]
            if again.annotator == self._annotator and all(known):
                late = now - datetime.fromisoformat(again.time) <= RECENT
                (recent if late else before).append(known[0] == known[1])
        return bool(recent and before) and sum(recent) / len(recent) < sum(before) / len(before)

    def _stretch_words(self, now: datetime) -> str:
        since = now
        for time in reversed(self._times):
            answered = datetime.fromisoformat(time)
            if since - answered >= PAUSE:
                break
            since = answered
        minutes = int((now - since).total_seconds() // 60)
        return f"a break? it is {minutes} minutes since the last one" if now - since >= STRETCH else ""
