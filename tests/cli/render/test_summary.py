from dataclasses import replace

import pytest
from rich.cells import cell_len

from activelabel.cli.render.paper import Paper
from activelabel.cli.render.summary import summary_lines
from activelabel.records import Algorithms, Estimate
from activelabel.reporting.summary import (
    Accuracy,
    Advice,
    ClassSummary,
    Confusion,
    CurvePoint,
    DataSummary,
    HeldOutSummary,
    Origin,
    Propagated,
    Sign,
    Summary,
    Verdict,
)
from activelabel.reporting.tally import AnswerCounts, TimeSpent

RIGHT = Estimate(0.914, 0.81, 0.96, 62)
SIGNS = (
    Sign("predictions", True, 0.98, 0.97, "0.98 and 0.99"),
    Sign("interval", False, 0.075, 0.05, "7.5 points to either side"),
    Sign("gain", None, None, 0.01, "needs 10 audit answers"),
)


def summary_of(names=("ham", "spam"), **changes):
    k = len(names)
    counts = tuple(tuple(9 if row == column else int(column == row + 1) for column in range(k)) for row in range(k))
    summary = Summary(
        version=1,
        project="mails",
        origin=Origin(14, 90, Algorithms(), "default", "svm"),
        data=DataSummary("/home/ann/mails.csv", "csv", "text", 1200, 1180, 20),
        answers=AnswerCounts(120, dict.fromkeys(names, 3), 0, 3, 2, 1, 4, 5, ("ann",)),
        time=TimeSpent(1100.0, 8.5, 390.2),
        accuracy=Accuracy(RIGHT, True, 0, 74, 2, 1, Estimate(0.88, 0.8, 0.95, 64), RIGHT, 0.9, None),
        classes=tuple(ClassSummary(name, "", 3, 0, 10, RIGHT, Estimate(0.5, 0.2, 0.8, 4)) for name in names),
        confusion=Confusion(tuple(names), counts),
        propagated=Propagated(1000, 1010, None),
        curve=(CurvePoint(10, Estimate(0.6, 0.5, 0.7, 62), None), CurvePoint(120, RIGHT, 0.9)),
        advice=Advice(Verdict.GO_ON, "1 of 3 signs says stop, 1 not known yet", SIGNS),
    )
    return replace(summary, **changes)


def shown(summary, width=80, encoding="utf-8"):
    return [row.plain for row in summary_lines(summary, Paper(width, 24, encoding))]


def text(summary, **how):
    return "\n".join(shown(summary, **how))


def test_how_often_the_same_was_said_again_has_its_line():
    again = summary_of(answers=replace(summary_of().answers, repeats=6, repeats_same=5))

    assert "asked again" not in text(summary_of())
    assert "            asked again unmarked: 5 of 6 answers the same" in shown(again)


def test_the_first_lines_say_how_good_how_sure_and_whether_to_go_on():
    rows = shown(summary_of())

    assert rows[0] == "mails · mails.csv · 1,200 text items, 20 duplicates"
    assert rows[2] == "how good    91 % right (81-96, from 62 audit answers); macro-F1 0.90"
    assert rows[3] == "            2 of the audit answers are not sure: 88 % if all of them are wrong,"
    assert rows[5] == "how sure    to 7.5 points either way; about 74 more audit answers for under 5"
    assert rows[6] == "go on?      worth going on: 1 of 3 signs says stop, 1 not known yet"
    assert rows[7] == "            predictions  says stop: 0.98 and 0.99"


def test_the_last_line_says_what_the_labels_are_to_be_good_at():
    for_spam = replace(summary_of().origin, algorithms=Algorithms(optimise="recall:spam"))

    assert "asks default, carries" in shown(summary_of())[-1]
    assert "asks default for recall:spam, carries" in shown(summary_of(origin=for_spam))[-1]


def test_without_audit_answers_no_number_stands_for_accuracy():
    unknown = Accuracy(None, False, 10, None, 0, 0, None, None, None, None)
    rows = shown(summary_of(accuracy=unknown, confusion=None, curve=()))

    assert rows[2] == "how good    not known yet: there is no audit answer; 10 of them would tell"
    assert rows[3] == "how sure    nothing is known yet"


def test_under_ten_audit_answers_there_is_an_interval_and_no_headline():
    few = replace(summary_of().accuracy, right=Estimate(0.8, 0.4, 0.97, 5), headline=False, answers_needed=5)

    assert "somewhere in 40-97 % right (from 5 audit answers; 5 more of them give one number)" in text(
        summary_of(accuracy=few), width=120
    )


def test_a_class_judged_by_few_answers_has_an_interval_alone():
    row = next(row for row in shown(summary_of()) if row.startswith("ham"))

    assert row.split("  ")[-1].strip() == "20-80 %"


def test_the_matrix_says_what_is_taken_for_what():
    rows = shown(summary_of())
    start = rows.index("audit: down what is, across predicted")

    assert [row.split() for row in rows[start + 1 : start + 4]] == [
        ["ham", "spam"],
        ["ham", "9", "1"],
        ["spam", "·", "9"],
    ]


def test_many_classes_fold_into_the_worst_and_the_commonest_mistakes():
    rows = shown(summary_of([f"class {number}" for number in range(40)]))

    assert "… 25 more, no worse: --json" in rows
    assert "   1  class 0 taken for class 1" in rows
    assert len(rows) < 60


def test_another_file_is_named_with_its_rows():
    held = HeldOutSummary("more.csv", 300, 2, RIGHT, 0.9)

    assert "91 % (81-96) on 300 rows of more.csv, 2 of classes not known here" in text(summary_of(test=held))


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
@pytest.mark.parametrize("names", [("ham", "spam"), tuple("0123456789"), ("日本語" * 9, "x" * 50)])
def test_no_row_is_wider_than_the_paper_nor_outside_the_encoding(width, encoding, names):
    rows = shown(summary_of(names), width, encoding)

    assert max(map(cell_len, rows)) <= width
    assert encoding == "utf-8" or all(row.isascii() for row in rows)


def test_names_and_paths_from_outside_are_shown_and_not_obeyed():
    hostile = "\x1b[2J[red]\u202e"
    data = replace(summary_of().data, path=f"/{hostile}.csv")
    rows = text(summary_of([hostile, "b"], data=data, project=hostile))

    assert "\x1b" not in rows
    assert "\u202e" not in rows
    assert "[red]" in rows
