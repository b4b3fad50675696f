import re
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.page import Page, hash_of

from activelabel.learning.assessment import Assessment, Checkpoint, Foretold, Suspect
from activelabel.learning.pool_map import MappedItem, PoolMap
from activelabel.project.ledger import Ledger
from activelabel.project.settings import settings_to_json
from activelabel.records.contents import Content, ItemRecord, Picture
from activelabel.records.events import Event
from activelabel.records.kinds import EventKind, LabelKind, Modality
from activelabel.records.settings import Roles, Settings
from activelabel.reporting.clusters import ClusterSummary
from activelabel.reporting.html import SECTIONS, html_page
from activelabel.reporting.page.gate import visible
from activelabel.reporting.page.sheet import picture_sheet
from activelabel.reporting.summarise import Frame, summarise

NONE = np.empty(0, np.intp)
TIME = "2026-01-01T10:00:00+00:00"
HOSTILE = (
    "<script>document.title='x'</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</title></svg></style></script><h1>",
    "javascript:alert(1)",
    "{{ 7 * 7 }}{% raw %}",
    "&lt;b&gt; & <!-- ]]>",
    "\u202egnp.exe\u2066",
    "a\x00b\x1b[2J\udcff",
)


def event(counter, kind, **data):
    return Event(f"e{counter:03}", counter, data.pop("who", "ann"), TIME, kind, f"u{counter}-1", data)


def summary_of(names, texts=("a text",), *, path="/data/birds.csv", who="ann", content=True):
    """Return the figures of a project whose classes, texts, path and annotator are these, with every part in it."""
    k = len(names)
    ledger = Ledger(
        [
            event(1, EventKind.SETTINGS, **settings_to_json(Settings(path, "csv", Modality.TEXT, Roles(("text",))))),
            *(
                event(2 + n, EventKind.CLASS_ADDED, **{"class": f"c{n}", "name": name, "key": ""})
                for n, name in enumerate(names)
            ),
            *(
                event(200 + n, EventKind.LABEL, unit=f"u{n}", classes=[f"c{n % k}"], seconds=2.0, card="audit", who=who)
                for n in range(2 * k)
            ),
        ]
    )
    truth = np.arange(20) % k
    predicted = np.where(np.arange(20) % 7, truth, (truth + 1) % k)
    found = Assessment(truth, predicted, NONE, 1, 0, 900, 900)
    sure = np.linspace(0.4, 0.9, 20)
    items = tuple(
        MappedItem(ItemRecord(f"u{n}-1", f"u{n}", content_of(text)), n, n % 3, n % k, kind, 0.8)
        for n, text in enumerate(texts)
        for kind in [LabelKind.HUMAN if n == 0 else LabelKind.PREDICTED]
    )
    found = replace(
        found,
        carried=predicted,
        foretold=Foretold(np.full((20, k), 1 / k), sure, np.full(k, 1 / k), 0.7),
        checkpoints=(Checkpoint(10, predicted, None), Checkpoint(20, predicted, 0.9)),
        suspects=(Suspect("u0-1", 0, k - 1),),
        wrong=1,
    )
    groups = (
        ClusterSummary(0, 5, {names[0]: 2, names[-1]: 1}, 2 / 3, 0, names[0], 0.8, "u0-1", "u0-1"),
        ClusterSummary(1, 3, {}, None, 3, "", None, "u0-1", "u0-1"),
    )
    frame = Frame(path, 1000, 900, None, time=TIME, fingerprint="3f2a", map=PoolMap(items, 0.3), clusters=groups)
    frame = replace(frame, shown=tuple(one.item for one in items) if content else ())
    return summarise(ledger, found, frame), picture_sheet(one.item for one in items) if content else None


def content_of(text):
    return Content(Modality.TEXT, (("text", text),), Picture(2, 2, 1, b"\0\1\2\3"))


@pytest.fixture(scope="module")
def page():
    return Page(html_page(*summary_of(("owl", "tit", "wren"), ("one", "two", "three", "four"))))


def test_every_part_that_has_figures_is_drawn_in_the_order_in_which_a_reader_asks(page):
    drawn = [section.attributes["id"] for section in page.all("section")]

    assert drawn == [section.name for section in SECTIONS if section.name in drawn]
    assert set(drawn) >= {
        "verdict",
        "curve",
        "classes",
        "confusion",
        "calibration",
        "pool",
        "clusters",
        "quality",
        "timeline",
    }
    assert [one.attributes["href"] for one in page.all("a")[1:]] == [f"#{name}" for name in drawn]


def test_the_policy_allows_this_style_and_this_script_and_nothing_else(page):
    (style,), (script,) = page.all("style"), page.all("script")

    assert page.policy == {
        "default-src": "'none'",
        "img-src": "data:",
        "style-src": hash_of(style.text),
        "script-src": hash_of(script.text),
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    # a policy holds from where it stands: before all that it is about
    tags = [element.tag for element in page.elements]
    assert tags.index("meta") < tags.index("style")


def test_nothing_is_loaded_from_elsewhere_and_no_attribute_is_a_style_or_a_handler(page):
    for element in page.elements:
        for name, value in element.attributes.items():
            assert not name.startswith("on"), (element.tag, name)
            assert name not in {"style", "src", "srcset", "action", "ping", "xlink:href"}
            if name == "href":
                assert value.startswith(("#", "data:image/"))
    assert "url(" not in page.source
    assert "@import" not in page.source
    assert "://" not in page.source
    assert not page.all("img", "link", "iframe", "object", "embed", "form", "base", "foreignobject")


def test_drawings_have_the_colours_of_the_style_and_no_others(page):
    drawn = [element for element in page.elements if "svg" in element.around]
    colours = {
        element.attributes[name] for element in drawn for name in ("fill", "stroke") if name in element.attributes
    }
    (style,) = page.all("style")

    assert colours >= {"var(--first)", "var(--k0)", "var(--ink)"}
    assert {f"{colour[4:-1]}:" for colour in colours - {"none"}} <= set(style.text.split())


def test_ids_are_unique_and_what_refers_to_them_finds_them(page):
    ids = [element.attributes["id"] for element in page.elements if "id" in element.attributes]
    wanted = {
        reference
        for element in page.elements
        for name in ("aria-labelledby", "aria-describedby")
        for reference in element.attributes.get(name, "").split()
    }
    wanted |= {href[1:] for element in page.elements if (href := element.attributes.get("href", "")).startswith("#")}

    assert len(ids) == len(set(ids))
    assert wanted <= set(ids)


def test_every_drawing_has_a_name_or_is_hidden_from_those_who_listen(page):
    for drawing in page.all("svg"):
        named = {"aria-label", "aria-labelledby"} & drawing.attributes.keys()
        assert named or drawing.attributes.get("aria-hidden") == "true", drawing.attributes


def test_tables_have_captions_and_their_heads_say_what_they_head(page):
    assert len(page.all("caption")) == len(page.all("table")) > 5
    assert {head.attributes.get("scope") for head in page.all("th")} == {"row", "col"}


def test_there_is_one_main_part_and_headings_leave_no_level_out(page):
    levels = [int(heading.tag[1]) for heading in page.all("h1", "h2", "h3", "h4")]

    assert [len(page.all(tag)) for tag in ("main", "header", "nav", "footer", "h1")] == [1] * 5
    assert levels == [1] + [2] * (len(levels) - 1)
    assert page.all("html")[0].attributes["lang"] == "en"


def test_the_verdict_is_one_sentence_with_its_interval_and_its_answers(page):
    verdict = next(one.text for one in page.all("p") if one.attributes.get("class") == "verdict")

    assert re.match(
        r"\d+ % of all items get the right label \(\d+-\d+, by 20 audit answers\); worth going on: ", verdict
    )
    assert verdict.count(".") == 1
    assert "more audit answers would bring the interval under 5 points" in page.all("main")[0].text


def test_suspects_stand_with_what_they_show_and_their_picture(page):
    row = next(one for one in page.all("th") if one.attributes.get("class") == "item")

    assert "one" in row.text
    assert any("thumb" in one.attributes.get("class", "") and "section" in one.around for one in page.all("svg"))


foreign = st.text(st.characters(exclude_categories=()), min_size=1, max_size=40) | st.sampled_from(HOSTILE)


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(st.lists(foreign, min_size=2, max_size=2, unique_by=lambda name: name.casefold()), foreign, foreign)
def test_whatever_names_and_texts_say_the_page_has_the_same_elements_and_shows_them_as_text(names, text, path):
    benign = Page(html_page(*summary_of(("owl", "tit"), ("one",), path="path", who="who")))
    found = Page(html_page(*summary_of(names, (text,), path=path, who=text)))

    assert [one.tag for one in found.elements] == [one.tag for one in benign.elements]
    assert [sorted(one.attributes) for one in found.elements] == [sorted(one.attributes) for one in benign.elements]
    assert found.policy == benign.policy
    heads = [one.text for one in found.all("th") if one.attributes.get("scope") == "row"]
    assert all(visible(name) in heads for name in names)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_shown_and_not_obeyed(text):
    source = html_page(*summary_of((text, "tit"), (text,), path=f"/data/{text}", who=text))
    page = Page(source)

    assert len(page.all("script")) == 1
    assert len(page.all("h1")) == 1
    assert not page.all("img")
    source.encode()


def test_without_content_ids_stay_and_nothing_that_items_show(page):
    found, sheet = summary_of(("owl", "tit"), ("a secret", "another"), content=False)
    source = html_page(found, sheet)

    assert "secret" not in source
    assert "data:image" not in source
    assert "u0-1" in source
    assert found.shown == {}


def test_a_project_without_an_answer_has_a_page_that_says_so():
    ledger = Ledger(
        [event(1, EventKind.SETTINGS, **settings_to_json(Settings("/d.csv", "csv", Modality.TABLE, Roles(("x",)))))]
    )
    point = MappedItem(ItemRecord("u1-1", "u1", Content(Modality.TABLE)), 0.0, 0.0, -1, None, 0.0)
    frame = Frame(".", 1, 1, None, time=TIME, map=PoolMap((point,), 1.0))
    page = Page(html_page(summarise(ledger, Assessment(NONE, NONE, NONE, 0, 0, 1, 1), frame)))

    assert "not known yet: 10 audit answers would tell" in page.all("main")[0].text
    assert page.all("h1")[0].text == "d.csv"
    assert "no label yet" in page.all("main")[0].text


@pytest.mark.parametrize("k", [1, 30, 31, 77])
def test_any_number_of_classes_is_drawn(k):
    page = Page(html_page(*summary_of([f"class {n}" for n in range(k)], [f"text {n}" for n in range(90)])))
    matrix = [one for one in page.all("table") if one.attributes.get("class") == "confusion"]

    assert len(matrix) == (k <= 30)
    assert ("other classes" in page.all("main")[0].text) == (k > 16)


@pytest.mark.slow
def test_three_thousand_texts_stay_under_two_megabytes():
    texts = ["x" * 200 for _ in range(3_000)]

    assert len(html_page(summary_of(("owl", "tit"), texts)[0]).encode()) < 2_000_000
