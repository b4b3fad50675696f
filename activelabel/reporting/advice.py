"""Is it still worth labelling? Four signs, each with its number, and none surer than its number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from activelabel.learning.stopping import NARROW, SETTLED, has_settled, is_narrow
from activelabel.learning.worth import SMALL_DROP, WORTHWHILE, projected_gain
from activelabel.records.progress import HEADLINE_FROM, ROUND
from activelabel.reporting.summary import Advice, Sign, Verdict

if TYPE_CHECKING:
    from activelabel.learning.assessment import Assessment
    from activelabel.records.progress import Estimate

__all__ = ["advise"]


def advise(found: Assessment, right: Estimate | None) -> Advice:
    """Return the advice.

    Parameters
    ----------
    found
        What was assessed.
    right
        The share right by the audit answers.
    """
    signs = (_predictions(found), _interval(right), _gain(found), _disagreement(found))
    if not found.left:
        return Advice(Verdict.DONE, "nothing is left to ask", signs)
    if right is None or right.n < HEADLINE_FROM:
        return Advice(Verdict.UNKNOWN, "too few audit answers to say", signs)
    stop = sum(sign.says_stop is True for sign in signs)
    unknown = sum(sign.says_stop is None for sign in signs)
    because = f"{stop} of {len(signs)} signs say stop" + (f", {unknown} not known yet" if unknown else "")
    return Advice(Verdict.STOP if stop == len(signs) else Verdict.GO_ON, because, signs)


def _predictions(found: Assessment) -> Sign:
    kappas = [point.kappa for point in found.checkpoints if point.kappa is not None][-2:]
    if len(kappas) < 2:
        return Sign("predictions", None, None, SETTLED, "needs three points of the curve to compare")
    words = f"agreement between the last points of the curve {kappas[0]:.2f} and {kappas[1]:.2f}"
    return Sign("predictions", has_settled(kappas), min(kappas), SETTLED, f"{words}; {SETTLED} twice is settled")


def _interval(right: Estimate | None) -> Sign:
    if right is None:
        return Sign("interval", None, None, NARROW, "there is no audit answer yet")
    half = (right.high - right.low) / 2
    words = f"{100 * half:.1f} points to either side; under {100 * NARROW:.0f} is narrow"
    return Sign("interval", is_narrow(right), half, NARROW, words)


def _gain(found: Assessment) -> Sign:
    if len(found.truth) < HEADLINE_FROM:
        return Sign("gain", None, None, WORTHWHILE, f"needs {HEADLINE_FROM} audit answers")
    points = found.checkpoints
    earlier = [point for point in points if point.answers <= points[-1].answers - ROUND]
    if not earlier:
        return Sign("gain", None, None, WORTHWHILE, f"needs a point of the curve {ROUND} answers back")
    before, now = earlier[-1], points[-1]
    right_then, right_now = before.predicted == found.truth, now.predicted == found.truth
    gain = projected_gain(right_then, right_now, now.answers - before.answers, ROUND)
    seen = f"should add {100 * gain.value:.1f} points, at most" if gain.value > 0 else "promise no gain, at most"
    words = f"the next {ROUND} answers {seen} {100 * gain.upper:.1f} (80 % sure); under {100 * WORTHWHILE:.0f} is small"
    return Sign("gain", gain.upper < WORTHWHILE, gain.upper, WORTHWHILE, words)


def _disagreement(found: Assessment) -> Sign:
    if found.error_drop is None:
        return Sign("disagreement", None, None, SMALL_DROP, "there is no model yet")
    points = 100 * found.error_drop
    mended = f"the next {ROUND} answers are expected to mend {points:.1f} points of errors"
    words = f"{mended}; under {100 * SMALL_DROP:g} is little"
    return Sign("disagreement", found.error_drop < SMALL_DROP, found.error_drop, SMALL_DROP, words)
