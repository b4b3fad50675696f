from dataclasses import replace

import pytest
from rich.cells import cell_len

from activelabel.cli.render.paper import Paper
from activelabel.cli.render.summary import detail_lines, summary_lines
from activelabel.learning.agreement import Agreement
from activelabel.learning.assessment import SlowOrFast
from activelabel.learning.differences import Difference
from activelabel.records.progress import Estimate
from activelabel.records.settings import Algorithms
from activelabel.reporting.propagated import Probed, Propagated, PropagatedPart
from activelabel.reporting.provenance import provenance
from activelabel.reporting.quality import Contradicted, FollowedSuggestions, Quality
from activelabel.reporting.summary import (
    Accuracy,
    Advice,
    Biased,
    ClassSummary,
    Confusion,
    CurvePoint,
    DataSummary,
    HeldOutSummary,
    Origin,
    Sign,
    Summary,
    Verdict,
)
from activelabel.reporting.tally import AnswerCounts, TimeSpent
from activelabel.reporting.what_if import WhatIf

RIGHT = Estimate(0.914, 0.81, 0.96, 62)
F1 = Estimate(0.9, 0.79, 0.95, 62)
QUALITY = Quality(
    contradicted=(Contradicted("i1#1", "ham", "spam"),),
    wrong=3,
    repeated=Agreement(0.78, 0.35, 0.96, 20),
    ceiling=Estimate(0.95, 0.8, 0.99, 20),
    suggestions=FollowedSuggestions(RIGHT, RIGHT, Difference(0.12, 0.03, 0.2)),
    odd_paces=(SlowOrFast("i9#1", "ann", 90.0, 4.0),),
)
PARTS = (
    PropagatedPart("near", 0.0, 1.0, 1000, 1010, 0.93, RIGHT),
    PropagatedPart("", 0.9, 1.0, 700, 705, 0.97, None),
)
SIGNS = (
    Sign("predictions", True, 0.98, 0.97, "0.98 and 0.99"),
    Sign("interval", False, 0.075, 0.05, "7.5 points to either side"),
    Sign("gain", None, None, 0.01, "needs 10 audit answers"),
)


def summary_of(names=("ham", "spam"), **changes):
    k = len(names)
    counts = tuple(tuple(9 if row == column else int(column == row + 1) for column in range(k)) for row in range(k))
    summary = Summary(
        version=2,
        project="mails",
        origin=Origin(14, 90, Algorithms(), "default", "svm"),
        data=DataSummary("/home/ann/mails.csv", "csv", "text", 1200, 1180, 20),
        answers=AnswerCounts(120, dict.fromkeys(names, 3), 0, 3, 2, 1, 4, 5, ("ann",)),
        time=TimeSpent(1100.0, 8.5, 390.2),
        accuracy=Accuracy(RIGHT, True, 0, 74, 2, 1, Estimate(0.88, 0.8, 0.95, 64), RIGHT, F1, None),
        classes=tuple(ClassSummary(name, "", 3, 0, 10, RIGHT, Estimate(0.5, 0.2, 0.8, 4)) for name in names),
        confusion=Confusion(tuple(names), counts),
        propagated=Propagated(1000, 1010, None),
        curve=(CurvePoint(10, Estimate(0.6, 0.5, 0.7, 62), None), CurvePoint(120, RIGHT, 0.9)),
        advice=Advice(Verdict.GO_ON, "1 of 3 signs says stop, 1 not known yet", SIGNS),
        provenance=provenance("2026-01-01T10:00:00+00:00", "3f2a", 0),
    )
    return replace(summary, **changes)


def shown(summary, width=80, encoding="utf-8", lines=detail_lines):
    return [row.plain for row in lines(summary, Paper(width, 24, encoding))]


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


def test_the_first_line_says_of_how_big_a_pool_the_items_are_a_part():
    data = DataSummary("/data/pool", "partitions", "table", 1200, 1200, 0, drawn_from=10_000_000)

    assert shown(summary_of(data=data))[0] == "mails · pool · 1,200 table items of a pool of 10,000,000"


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

    assert "20-80 %" in row
    assert "50 %" not in row


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
    held = HeldOutSummary("more.csv", 300, 2, RIGHT, F1)

    assert "91 % (81-96) on 300 rows of more.csv, 2 of classes not known here" in text(summary_of(test=held))


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
@pytest.mark.parametrize("names", [("ham", "spam"), tuple("0123456789"), ("日本語" * 9, "x" * 50)])
@pytest.mark.parametrize("lines", [summary_lines, detail_lines])
def test_no_row_is_wider_than_the_paper_nor_outside_the_encoding(width, encoding, names, lines):
    rows = shown(summary_of(names, quality=QUALITY), width, encoding, lines)

    assert max(map(cell_len, rows)) <= width
    assert encoding == "utf-8" or all(row.isascii() for row in rows)


def test_names_and_paths_from_outside_are_shown_and_not_obeyed():
    hostile = "\x1b[2J[red]\u202e"
    data = replace(summary_of().data, path=f"/{hostile}.csv")
    rows = text(summary_of([hostile, "b"], data=data, project=hostile))

    assert "\x1b" not in rows
    assert "\u202e" not in rows
    assert "[red]" in rows


@pytest.mark.parametrize("names", [("ham", "spam"), tuple("0123456789"), tuple(f"class {n}" for n in range(40))])
def test_without_detail_the_report_is_one_screen_and_says_where_the_rest_is(names):
    rows = shown(summary_of(names, quality=QUALITY), lines=summary_lines)

    assert len(rows) < 24
    assert any(row.startswith("class ") for row in rows)
    assert rows[-1].startswith("all of it: --detail")


def test_on_one_screen_every_sign_has_one_row_and_in_the_detail_all_its_words():
    long = Sign("gain", False, 0.02, 0.01, "20 more answers should add 1.5 points, 2.0 at most (80 % sure); so go on")
    summary = summary_of(advice=Advice(Verdict.GO_ON, "0 of 1 signs say stop", (long,)))
    brief = shown(summary, lines=summary_lines)

    assert sum("gain" in row or "so go on" in row for row in brief) == 1
    assert "so go on" in text(summary)


def test_what_stands_out_is_to_be_looked_at():
    rows = shown(summary_of(quality=QUALITY), width=120, lines=summary_lines)
    start = next(place for place, row in enumerate(rows) if row.startswith("look at"))

    assert [row[12:] for row in rows[start : start + 3]] == [
        "1 label contradicts the others: activelabel review --suspects",
        "class ham: 20-80 % of it found",
        "+12 points (+3 to +20): answers follow suggestions that are shown",
    ]


def test_an_effect_of_suggestions_that_may_be_none_is_left_to_the_detail():
    unclear = replace(QUALITY, suggestions=FollowedSuggestions(RIGHT, RIGHT, Difference(0.02, -0.03, 0.1)))

    assert "suggestion" not in text(summary_of(quality=unclear), lines=summary_lines)
    assert "+2 points (-3 to +10)" in text(summary_of(quality=unclear))


def test_the_detail_names_labels_and_answers_and_says_what_is_biased():
    accuracy = replace(summary_of().accuracy, biased=Biased(0.78, 0.93))
    propagated = Propagated(1000, 1010, None, PARTS, Probed(28, 29, 0.9))
    rows = shown(summary_of(quality=QUALITY, accuracy=accuracy, propagated=propagated), width=120)

    assert "  i1#1: ham, the others say spam" in rows
    assert "  i9#1: 90.0 s, usual 4.0 s (ann)" in rows
    assert (
        "biased      cross-validation 78 %, on labels that were chosen; confidence 93 %, the model's own word" in rows
    )
    assert "ceiling     no model is measured above 95 % (80-99) by such answers" in rows
    assert "90-100 % sure    705        97 %             -      0" in rows
    assert "clusters    28 of 29 members looked at were right; 90 % of all at least" in rows


def test_macro_f1_that_is_not_known_says_what_would_tell():
    unknown = replace(summary_of().accuracy, macro_f1=None, answers_until_macro_f1=40)

    assert "macro-F1    not known yet: about 40 more audit answers would tell" in shown(summary_of(accuracy=unknown))


def test_a_class_that_clearly_does_worse_than_all_together_is_to_be_looked_at():
    ham, spam = (replace(one, recall=Estimate(0.8, 0.6, 0.95, 30)) for one in summary_of().classes)

    assert "look at     class spam: 0-43 % of it found" in shown(
        summary_of(classes=(ham, replace(spam, recall=Estimate(0.0, 0.0, 0.43, 5))))
    )
    assert "look at" not in text(summary_of(classes=(ham, spam)))


@pytest.mark.parametrize("lines", [summary_lines, detail_lines])
def test_what_was_tried_otherwise_is_on_the_one_screen_too(lines):
    tried = WhatIf("random", (), None, "cannot be known from these answers")

    assert "random: cannot be known from these answers" in shown(summary_of(what_if=(tried,)), lines=lines)
