"""Where the report's advice stops, how far that is from the best reachable accuracy, and what it saved.

    python benchmarks/stopping.py [--data FOLDER] [--sets A,B] [--cap 400] [--every 20] [--seeds 3] [--rows 600]
                                  [--audit 0.2] [--learner default] [--json FILE] [--to FILE]
    python benchmarks/stopping.py --from JSON [--to FILE]

Each seed is a project of its own, answered in step by known answers, one card in five of them an audit card. After
every twenty answers the report is made as `activelabel report` makes it, and its advice and each of its signs are
noted. The first time that one says stop is a stop; accuracy then is the share right of all rows, each judged by a model
that has not learnt from it. Best is the highest accuracy that was reached up to the cap, or with all labels; saved is
the share of all rows that nobody had to answer. A set with fewer rows than the cap ends before. --to writes the tables
into a page, between its marks; --from makes them of what --json has kept.

Without --data: four sets of sample_data and three of scikit-learn; with it every CSV file of a folder that has a column
`label`. `--learner logistic-regression` takes a fifth of the time.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
import warnings
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import mean, pstdev
from typing import TYPE_CHECKING, Any

import numpy as np
from in_step import Played, labelled, places, true_accuracy
from threadpoolctl import threadpool_limits

from activelabel.records.settings import Algorithms
from activelabel.reporting.summarise import Frame, summarise
from activelabel.reporting.summary import Verdict
from activelabel.session import pipeline
from activelabel.session.judging import assessment, cross_judging
from activelabel.session.judging.assessment import assess, taught
from activelabel.session.pipeline import learn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from in_step import Labelled
    from numpy.typing import NDArray

    from activelabel.session.lessons import Answers, Ground, Lesson

ADVICE = "advice"
MARKS = re.compile(r"(?<=<!-- stopping -->\n).*(?=<!-- end -->)", re.DOTALL)


def course_of(data: Labelled, seed: int, cap: int, every: int, algorithms: Algorithms, audit: float) -> dict[str, Any]:
    """Return accuracy and what was advised after every so many answers."""
    played = Played(data, seed, algorithms, audit)
    looks: list[dict[str, Any]] = []
    frame = Frame("", 0, len(data.truth), None)
    while len(played.asked) < cap and played.go_on(every):
        now = taught(played.workshop, played.ledger)
        summary = summarise(played.ledger, assess(played.workshop, played.ledger, now), frame)
        says = {sign.name: sign.says_stop is True for sign in summary.advice.signs}
        says[ADVICE] = summary.advice.verdict is Verdict.STOP
        accuracy = true_accuracy(played, played.lesson, np.array(played.asked))
        looks.append({"answers": len(played.asked), "accuracy": accuracy, "says": says})
    everything = np.arange(len(data.truth))
    lesson = learn(played.workshop.ground, data.answers(everything), 0)
    return {"looks": looks, "all labels": true_accuracy(played, lesson, everything), "rows": len(data.truth)}


@contextmanager
def remembering() -> Iterator[None]:
    """Let a report remember what the one before it has learnt: all but a few of the models behind its curve."""
    found: dict[tuple[Any, ...], Lesson] = {}

    def learnt(ground: Ground, answers: Answers, q: int, needed: NDArray[np.intp] | None = None) -> Lesson:
        # whoever asks next may need other rows: what is remembered is about all
        key = (ground.seed, answers.rows.tobytes(), q)
        if key in found:
            return found[key]
        lesson = learn(ground, answers, q)
        found[key] = replace(lesson, model=None)
        return lesson

    assessment.learn = cross_judging.learn = pipeline.learn = learnt
    try:
        yield
    finally:
        assessment.learn = cross_judging.learn = pipeline.learn = learn


def stops_of(course: dict[str, Any], sign: str) -> dict[str, float] | None:
    """Return where a sign first said stop, the accuracy then and how far below the best; None where it never did."""
    best = max([look["accuracy"] for look in course["looks"]] + [course["all labels"]])
    for look in course["looks"]:
        if look["says"][sign]:
            return {"answers": look["answers"], "accuracy": look["accuracy"], "short": best - look["accuracy"]}
    return None


def main() -> None:
    """Measure; print the tables, write them where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, metavar="FOLDER")
    parser.add_argument("--sets", default="")
    parser.add_argument("--cap", type=int, default=400)
    parser.add_argument("--every", type=int, default=20)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--rows", type=int, default=600)
    parser.add_argument("--audit", type=float, default=0.2)
    parser.add_argument("--learner", default="default")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--from", type=Path, metavar="JSON", dest="kept")
    parser.add_argument("--to", type=Path, metavar="FILE")
    given = parser.parse_args()
    result = json.loads(given.kept.read_text(encoding="utf-8")) if given.kept else measured(given)
    tables = f"{by_set(result)}\n\n{each_sign(result)}\n\n{by_sign(result)}\n"
    print(tables)
    if given.to:
        page = given.to.read_text(encoding="utf-8")
        given.to.write_text(MARKS.sub(lambda _: tables, page), encoding="utf-8")


def measured(given: argparse.Namespace) -> dict[str, list[dict[str, Any]]]:
    """Return the courses of every seed of every set that is wanted; kept after each set, where that is wished."""
    result: dict[str, list[dict[str, Any]]] = {}
    for place in places(given.data):
        name = Path(place).stem
        if given.sets and name not in given.sets.split(","):
            continue
        with tempfile.TemporaryDirectory() as folder, threadpool_limits(1), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            data = labelled(place, given.rows, Path(folder))
            algorithms = Algorithms(learner=given.learner)
            result[name] = []
            for seed in range(given.seeds):
                with remembering():
                    result[name].append(course_of(data, seed, given.cap, given.every, algorithms, given.audit))
                print(f"{name}, seed {seed}", file=sys.stderr, flush=True)
        if given.json:
            given.json.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    return result


def by_set(result: dict[str, list[dict[str, Any]]]) -> str:
    """Return a row a set: what the advice did."""
    lines = [
        "| set, rows | stops | answers then | accuracy then | points short of the best | best | with all labels |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, courses in result.items():
        stops = [stop for course in courses if (stop := stops_of(course, ADVICE))]
        whole = mean(course["all labels"] for course in courses)
        best = mean(max([look["accuracy"] for look in course["looks"]] + [course["all labels"]]) for course in courses)
        cells = [f"{len(stops)} of {len(courses)}", *_cells(stops), f"{best:.3f}", f"{whole:.3f}"]
        lines.append(f"| {name}, {courses[0]['rows']} | {' | '.join(cells)} |")
    return "\n".join(lines)


def each_sign(result: dict[str, list[dict[str, Any]]]) -> str:
    """Return a row a set: after how many answers each sign alone stops, and how many points short of the best."""
    signs = list(next(iter(result.values()))[0]["looks"][0]["says"])
    lines = [f"| set | {' | '.join(map(_called, signs))} |", "|---" * (len(signs) + 1) + "|"]
    for name, courses in result.items():
        cells = []
        for sign in signs:
            stops = [stop for course in courses if (stop := stops_of(course, sign))]
            told = (
                f"{mean(s['answers'] for s in stops):.0f}, {100 * mean(s['short'] for s in stops):.1f}"
                if stops
                else "never"
            )
            cells.append(f"{told} ({len(stops)} of {len(courses)})" if 0 < len(stops) < len(courses) else told)
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def by_sign(result: dict[str, list[dict[str, Any]]]) -> str:
    """Return a row a sign, over all sets and seeds: what stopping by it alone would have done."""
    courses = [course for those in result.values() for course in those]
    lines = [
        "| sign | stops | answers then | accuracy then | points short of the best | worst | saved |",
        "|---|---|---|---|---|---|---|",
    ]
    for sign in courses[0]["looks"][0]["says"]:
        found = [(stop, course["rows"]) for course in courses if (stop := stops_of(course, sign))]
        stops = [stop for stop, _ in found]
        worst = f"{100 * max(stop['short'] for stop in stops):.1f}" if stops else "-"
        saved = f"{mean(1 - stop['answers'] / rows for stop, rows in found):.0%}" if stops else "-"
        lines.append(
            f"| {_called(sign)} | {len(stops)} of {len(courses)} | {' | '.join(_cells(stops))} | {worst} | {saved} |"
        )
    return "\n".join(lines)


def _called(sign: str) -> str:
    return "all of them" if sign == ADVICE else sign


def _cells(stops: Sequence[dict[str, float]]) -> list[str]:
    """Return answers and accuracy at the stop, and points short of the best, as means with their spread."""
    if not stops:
        return ["never", "-", "-"]
    answers, accuracy, short = ([stop[key] for stop in stops] for key in ("answers", "accuracy", "short"))
    points = [100 * share for share in short]
    return [
        f"{mean(answers):.0f} ±{pstdev(answers):.0f}",
        f"{mean(accuracy):.3f} ±{pstdev(accuracy):.3f}",
        f"{mean(points):.1f} ±{pstdev(points):.1f}",
    ]


if __name__ == "__main__":
    main()
