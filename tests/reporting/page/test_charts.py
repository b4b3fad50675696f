import re
from xml.etree.ElementTree import fromstring

import matplotlib as mpl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from activelabel.learning.calibration import Band
from activelabel.records.progress import Estimate
from activelabel.reporting.page.charts.calibration import reliability_diagram
from activelabel.reporting.page.charts.classes import MOST, class_by_class
from activelabel.reporting.page.charts.curve import learning_curve
from activelabel.reporting.page.charts.pool import key_of, pool_map
from activelabel.reporting.page.charts.timeline import answers_over_time
from activelabel.reporting.page.gate import visible
from activelabel.reporting.page.marks import DOT, marks_of
from activelabel.reporting.pool import PoolPoint
from activelabel.reporting.summary import ClassSummary, CurvePoint
from activelabel.reporting.timeline import AnswerKinds, Sitting, Stretch, Timeline

TIME = "2026-01-01T10:00:00+00:00"
NAMES = ("سنجاب أحمر", "大红斑啄木鸟", "👩‍👧", "$\\frac{1}{0}$", "<b>&amp;", "\u202eexe", "\ud800", "owl")

share = st.floats(0, 1).map(lambda value: round(value, 3))
HALF = Estimate(0.5, 0.2, 0.8, 12)

shares = st.tuples(share, share, share).map(sorted).map(lambda three: Estimate(three[1], three[0], three[2], 20))


def titled(root, tag="use"):
    """Return title -> element, of what has a title of its own."""
    return {found.find("title").text: found for found in root.iter(tag) if found.find("title") is not None}


def place(mark):
    return float(mark.get("x")), float(mark.get("y"))


def corners(path):
    numbers = list(map(float, re.findall(r"-?[\d.]+", path.get("d"))))
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def curve_of(estimates):
    return [CurvePoint(10 * number, estimate, None) for number, estimate in enumerate(estimates, start=1)]


def class_of(name, labels=1, estimate=HALF):
    return ClassSummary(name, "", labels, 0, 12, estimate, estimate, estimate)


def marks_for(points):
    return marks_of(points, sorted({point.label for point in points}))


def map_of(points, shown=None):
    return fromstring(pool_map(points, marks_for(points), shown or {}, None))


def point_of(number, x=0.0, y=0.0, label="owl", kind="predicted", sure=0.9):
    return PoolPoint(f"item-{number}", x, y, label, kind, sure)


def timeline_of(*counts):
    stretches = tuple(
        Stretch(f"2026-01-{1 + n // 14:02}T{10 + n % 14}:00:00+00:00", AnswerKinds(*each))
        for n, each in enumerate(counts)
    )
    return Timeline(3600, stretches, (Sitting("ann", TIME, TIME, stretches[0].given, 2.0),))


@settings(max_examples=10, deadline=None)
@given(st.lists(shares, min_size=1, max_size=8))
def test_the_higher_a_share_the_higher_its_point_and_the_band_holds_the_line(estimates):
    root = fromstring(learning_curve(curve_of(estimates)))
    marks = [place(mark) for mark in titled(root).values()]
    (band,) = (path for path in root.iter("path") if path.get("opacity") == "0.12")

    assert len(marks) == len(estimates)
    assert [y for _, y in marks] == pytest.approx([252 - 238 * one.value for one in estimates], abs=0.1)
    assert marks == sorted(marks)
    for x, y in marks:
        heights = [other for across, other in corners(band) if across == pytest.approx(x, abs=0.11)]
        assert min(heights) - 0.11 <= y <= max(heights) + 0.11


def test_points_without_a_share_are_passed_over():
    points = [CurvePoint(5, None, None), *curve_of([Estimate(1.0, 1.0, 1.0, 12)])]

    assert list(titled(fromstring(learning_curve(points)))) == ["10 answers: 100 % (100-100)"]


def test_counts_of_five_digits_stay_whole_numbers():
    points = [CurvePoint(12_345, Estimate(0.5, 0.4, 0.6, 20), None)]
    ticks = [text.text for text in fromstring(learning_curve(points)).iter("text")]

    assert {"5,000", "10,000", "100 %", "answers"} <= set(ticks)


@pytest.mark.parametrize("right", [0.2, 0.6, 0.9])
def test_a_model_that_knows_how_sure_to_be_is_on_the_dashed_line(right):
    root = fromstring(reliability_diagram([Band(0.5, 0.7, 0.6, Estimate(right, right - 0.1, right + 0.1, 20))]))
    ((x, y),) = map(place, titled(root).values())
    ((left, bottom), (to_the, top)) = next(corners(path) for path in root.iter("path") if path.get("stroke-dasharray"))
    ideal = bottom + (x - left) / (to_the - left) * (top - bottom)

    assert (y > ideal + 1, y < ideal - 1) == (right < 0.6, right > 0.6)


def test_a_bar_is_as_high_as_its_answers_and_stacked_by_kind():
    root = fromstring(answers_over_time(timeline_of((6, 1, 2, 1), (0, 0, 0, 0), (0, 5, 0, 0))))
    bars = {}
    for path in root.iter("path"):
        if (title := path.find("title")) is not None:
            heights = [y for _, y in corners(path)]
            bars.setdefault(title.text, []).append((max(heights), min(heights)))

    assert list(bars) == [
        "2026-01-01 10:00: 6 labels, 1 skip, 2 not sure, 1 bad item",
        "2026-01-01 12:00: 5 skip",
    ]
    (first, second) = bars.values()
    assert [bottom for bottom, _ in first[1:]] == [top for _, top in first[:-1]]
    assert (first[0][0], first[-1][1]) == (192, 14)
    assert second == [(192, 103)]


@pytest.mark.parametrize("counts", [[(1, 0, 0, 0)], [(0, 0, 0, 0)], [(12_345, 0, 0, 9)] * 60])
def test_any_number_of_stretches_has_its_first_and_last_moment_named(counts):
    texts = [text.text for text in fromstring(answers_over_time(timeline_of(*counts))).iter("text")]

    assert texts.count("2026-01-01 10:00") == min(len(counts), 2)
    assert "time, UTC; 1 h a bar" in texts


def test_of_many_classes_those_with_most_labels_are_drawn_in_their_order():
    classes = [class_of(f"c{number}", labels=number % 100) for number in range(500)]
    names = [text.find("title").text for text in titled(fromstring(class_by_class(classes)), "text").values()]
    least = min(classes[int(name[1:])].labels for name in names)

    assert len(names) == MOST
    assert names == sorted(names, key=lambda name: int(name[1:]))
    assert sum(one.labels > least for one in classes) <= MOST


def test_names_are_read_as_they_are_cut_to_the_margin_and_whole_in_their_titles():
    names = [*NAMES, "a name that is far too long", "大" * 20]
    root = fromstring(class_by_class([class_of(name) for name in names]))
    texts = [(text.text, text.find("title").text) for text in root.iter("text") if text.find("title") is not None]

    assert [whole for _, whole in texts] == [visible(name) for name in names]
    assert [cut for cut, _ in texts] == [
        *(visible(name) for name in NAMES),
        "a name that i…",
        "大" * 6 + " …",
    ]


def test_what_is_not_known_of_a_class_is_left_out():
    unknown = ClassSummary("tit", "", 3, 0, 0, None, None, Estimate(0.1, 0.0, 0.3, 12))
    marks = list(titled(fromstring(class_by_class([class_of("owl"), unknown]))))

    assert [title for title in marks if title.startswith("tit")] == ["tit: share 10 % (0-30)"]
    assert len(marks) == 4


def test_a_higher_share_of_a_class_is_further_right_and_each_class_has_its_row():
    low, high = (class_of(name, estimate=Estimate(v, v, v, 12)) for name, v in (("low", 0.1), ("high", 0.9)))
    marks = titled(fromstring(class_by_class([low, high])))
    (left, upper), (right, lower) = (
        place(marks[f"{name}: recall {said}"]) for name, said in (("low", "10 % (10-10)"), ("high", "90 % (90-90)"))
    )

    assert left < right
    assert upper < lower


def test_an_item_is_one_mark_with_its_title_where_it_lies():
    points = [point_of(n, x, y, "owl" if n % 2 else "tit") for n, (x, y) in enumerate([(0, 0), (4, 1), (2, 8), (1, 3)])]
    root = map_of(points, {"item-2": "two\u202e"})
    marks = {mark.get("data-item"): place(mark) for mark in root.iter("use") if mark.get("data-item")}

    assert len(marks) == len(titled(root)) == len(points)
    assert sorted(marks, key=lambda item: marks[item][0]) == ["item-0", "item-3", "item-2", "item-1"]
    assert sorted(marks, key=lambda item: -marks[item][1]) == ["item-0", "item-1", "item-3", "item-2"]
    assert "tit, predicted, 90 % sure\n\nitem-2\n\ntwo<U+202E>" in titled(root)


def test_what_people_labelled_is_ringed_drawn_last_and_never_faint():
    points = [point_of(0, 0, 0, kind="human", sure=0.1), point_of(1, 1, 1, sure=0.1), point_of(2, 2, 2, sure=0.95)]
    uses = list(map_of(points).iter("use"))
    marks = {mark.get("data-item"): mark for mark in uses if mark.get("data-item")}
    rings = [
        use for use in uses if place(use) == place(marks["item-0"]) and use.get("href") != marks["item-0"].get("href")
    ]

    assert marks["item-0"].get("opacity") is None
    assert float(marks["item-1"].get("opacity")) < float(marks["item-2"].get("opacity"))
    assert list(marks)[-1] == "item-0"
    # the other one is where the pointer is, hidden until it is
    assert [ring.get("visibility") for ring in rings] == [None, "hidden"]
    assert uses.index(rings[0]) < uses.index(marks["item-0"])


@pytest.mark.parametrize("count", [1, 2])
def test_items_in_one_place_are_in_the_middle_of_the_map(count):
    marks = titled(map_of([point_of(n, 3.0, 3.0) for n in range(count)]))

    assert [place(mark) for mark in marks.values()] == [(360, 260)] * count


def test_a_rare_mark_is_drawn_over_common_ones():
    points = [point_of(0, 0, 0, "rare"), *(point_of(n, n / 9, 0, "common") for n in range(1, 9))]

    assert [title.partition(",")[0] for title in titled(map_of(points))] == ["common"] * 8 + ["rare"]


def test_the_legend_shows_the_marks_of_the_map_and_no_two_alike():
    labels = [f"class {n}" for n in range(16)]
    points = [point_of(n, n, n, label) for n, label in enumerate(labels)]
    root = map_of(points)
    shapes = {path.get("id"): path.get("d") for path in root.iter("path") if path.get("id")}
    drawn = {
        mark.get("data-item"): (shapes[mark.get("href")[1:]], mark.get("fill"), mark.get("stroke"))
        for mark in root.iter("use")
        if mark.get("data-item")
    }
    keys = []
    for label in labels:
        key = fromstring(key_of(marks_for(points)[label]))
        (use,) = key.iter("use")
        keys.append((next(key.iter("path")).get("d"), use.get("fill"), use.get("stroke")))

    assert keys == list(drawn.values())
    assert len(set(keys)) == 16


@pytest.mark.parametrize(
    "drawn",
    [
        learning_curve([CurvePoint(10_000, HALF, None)]),
        answers_over_time(timeline_of(*[(12_345, 0, 0, 0)] * 20)),
        class_by_class([class_of("MAMMALIA")]),
        class_by_class([class_of("0" * 40)]),
    ],
    ids=["curve", "timeline", "short names", "long names"],
)
def test_texts_have_room_in_the_letters_of_a_small_screen(drawn):
    root = fromstring(drawn)
    width = float(root.get("viewBox").split()[2])
    before = {"start": 0, "middle": 0.5, "end": 1}
    for text in root.iter("text"):
        length = 17 * 0.636 * cell_len(text.text)  # 17 pixels in style.css, and as wide as digits of a wide font
        left = float(text.get("x")) - before[text.attrib["text-anchor"]] * length

        assert left >= 0, text.text
        assert left + length <= width, text.text


def test_what_somebody_has_set_matplotlib_to_changes_nothing():
    def page():
        bands = [Band(0.5, 0.7, 0.6, Estimate(0.5, 0.4, 0.6, 20))]
        return [
            learning_curve(curve_of([Estimate(0.5, 0.4, 0.6, 20)] * 3)),
            reliability_diagram(bands),
            answers_over_time(timeline_of((1, 2, 3, 4))),
            class_by_class([class_of(name) for name in NAMES]),
            pool_map(points, marks_for(points), {}, None),
            key_of(DOT),
            key_of(None),
        ]

    points = [point_of(n, n, n, name) for n, name in enumerate(NAMES)]
    usual = page()
    odd = {"lines.linewidth": 9, "axes.grid": True, "text.color": "red", "svg.fonttype": "path", "text.usetex": True}
    with mpl.rc_context(odd):
        assert page() == usual
        assert mpl.rcParams["lines.linewidth"] == 9
