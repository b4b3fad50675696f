import time
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from activelabel.cli.console import console_on
from activelabel.cli.find import folded_name
from activelabel.cli.keyboard import Key
from activelabel.cli.pictures import Pictures
from activelabel.cli.screen import Screen
from activelabel.cli.search import Search
from activelabel.records.cards import Card, Why
from activelabel.records.contents import Content, ItemRecord
from activelabel.records.events import LabelClass
from activelabel.records.kinds import CardKind, Modality
from activelabel.records.progress import Progress

KINDS = ["red", "blue", "grey"]
FOOD = ["ham", "fruit/apple", "fruit/pear", "fruit/citrus/lemon", "fruit/citrus/lime", "spam", "cheese/brie"]


def search_in(names, text="", **known):
    classes = tuple(LabelClass(name, name, "") for name in names)
    search = Search(Progress(0, 9, known.pop("counts", {}), classes, **known))
    search.type(text)
    return search


def shown(search):
    return [found.shown for found in search.found]


# --- what comes first ---


def test_whole_names_come_before_beginnings_words_parts_and_letters():
    names = ["spparow", "lesparrows", "s p arrow", "sparrowhawk", "s-pa-r-ro-w", "house sparrow", "spqrrow", "sparrow"]

    assert shown(search_in(names, "sparrow")) == [
        "sparrow",
        "sparrowhawk",
        "s p arrow",
        "s-pa-r-ro-w",
        "house sparrow",
        "lesparrows",
    ]


def test_a_mistyped_letter_is_forgiven_where_no_name_holds_what_was_typed():
    names = ["sparrow", "spoonbill", "s p x a r"]

    assert shown(search_in(names, "spxar")) == ["s p x a r"]
    assert shown(search_in(names, "spqrr")) == ["sparrow"]
    assert shown(search_in(["oxwxk", "owl"], "owk")) == ["oxwxk", "owl"]


def test_among_equals_the_one_chosen_lately_comes_first_then_the_one_with_most_labels():
    names = ["sparrow", "snow goose", "swan", "stork"]
    search = search_in(names, "s", counts={"stork": 30, "swan": 2}, recent={"swan": 1.5, "snow goose": 0.2})

    assert shown(search) == ["swan", "snow goose", "stork", "sparrow"]


def test_use_does_not_lift_a_class_over_one_that_fits_better():
    assert shown(search_in(["owl", "snow"], "ow", counts={"snow": 99}, recent={"snow": 9.0})) == ["owl", "snow"]


def test_what_was_typed_before_leads_to_what_was_chosen_then():
    names = ["sparrow", "spoonbill", "house sparrow"]

    assert shown(search_in(names, "SP", typed={"sp": "house sparrow"}))[0] == "house sparrow"
    assert shown(search_in(names, "spo", typed={"sp": "house sparrow"}))[0] == "spoonbill"


def test_a_whole_name_comes_before_what_was_chosen_for_it():
    assert shown(search_in(["owl", "snow owl"], "owl", typed={"owl": "snow owl"})) == ["owl", "snow owl"]


def test_a_class_that_is_gone_is_not_remembered():
    assert shown(search_in(["owl"], "o", typed={"o": "merged away"})) == ["owl"]


@given(st.lists(st.text("abßÁ/ .é日", max_size=6), min_size=1, unique_by=folded_name))
def test_typing_a_whole_name_finds_that_class_first(names):
    for name in names:
        search = search_in(names, name)
        if name.strip():
            assert search.taken.name == name


# --- nothing typed ---


def test_with_nothing_typed_the_most_useful_come_first_then_groups_then_the_other_classes():
    search = search_in(FOOD, counts={"ham": 5, "fruit/pear": 1}, recent={"fruit/pear": 1.0})

    assert shown(search) == ["fruit/pear", "ham", "fruit/", "spam", "cheese/brie"]
    assert [(found.classes, found.labels) for found in search.found if found.group] == [(4, 1)]


def test_without_groups_all_classes_are_listed_by_use():
    assert shown(search_in(["a", "b", "c", "d", "e"], counts={"e": 2, "c": 3})) == ["c", "e", "a", "b", "d"]


# --- groups ---


def test_a_group_is_opened_and_closed_and_its_place_found_again():
    search = search_in(FOOD, counts={"ham": 1})
    search.steer("Down")
    assert search.steer("Right")
    assert (search.label, shown(search)) == ("find in fruit/:", ["citrus/", "apple", "pear"])
    search.steer("Enter")
    assert shown(search) == ["lemon", "lime"]
    search.steer("Left")
    search.steer("Backspace")

    assert (search.label, search.marked, shown(search)[1]) == ("find:", 1, "fruit/")
    assert search.steer("Backspace")
    assert search.path == ()


def test_left_and_backspace_leave_a_group_only_when_nothing_is_typed():
    search = search_in(FOOD)
    search.steer("Enter")
    search.type("a")

    assert search.steer("Left")
    assert not search.steer("Backspace")
    assert search.path == ("fruit",)


def test_right_on_a_class_opens_nothing():
    search = search_in(FOOD, "ham")
    search.steer("Right")

    assert (search.text, search.taken.name) == ("ham", "ham")


def test_a_group_stands_before_the_classes_in_it_and_after_a_class_of_that_name():
    names = ["frugal", "fruit/apple", "fruit/pear", "fruit"]

    assert shown(search_in(names, "fruit")) == ["fruit", "fruit/", "fruit/apple", "fruit/pear"]
    assert shown(search_in(names, "fru"))[:3] == ["frugal", "fruit", "fruit/"]


@pytest.mark.parametrize("typed", ["fruit/a", "FRUIT/a"])
def test_a_typed_path_searches_in_the_group(typed):
    assert shown(search_in(FOOD, typed))[0] == "fruit/apple"
    assert "ham" not in shown(search_in(FOOD, typed))
    assert shown(search_in(FOOD, "fruit/")) == ["fruit/citrus/", "fruit/apple", "fruit/pear"]
    assert shown(search_in(FOOD, "fruit/citrus/li"))[0] == "fruit/citrus/lime"


def test_what_is_remembered_is_the_same_however_the_group_was_entered():
    search = search_in(FOOD, "Fruit/AP")
    inside = search_in(FOOD, typed={"fruit/ap": "fruit/pear"})
    inside.steer("Enter")
    inside.type("ap")

    assert search.typed == inside.typed == "fruit/ap"
    assert shown(inside)[0] == "pear"
    assert search_in(FOOD, "fruit/").typed == search_in(FOOD, " ").typed == ""


def test_a_name_with_spaces_around_its_slash_is_no_path():
    search = search_in(["either / or", "either / nor", "a/b", "a/c"])

    assert shown(search) == ["a/", "either / or", "either / nor"]
    search.type("either / n")
    assert shown(search)[0] == "either / nor"


# --- what settles a search ---


@pytest.mark.parametrize(
    ("typed", "settled"),
    [("owl", True), ("snow g", True), ("ow", False), ("snwg", False), ("fru", False), ("zz", False)],
)
def test_a_search_is_settled_by_a_whole_name_or_by_all_but_one_class_left_out(typed, settled):
    assert search_in(["owl", "snow goose", "fowl", "snaweg", "fruit/a", "fruit/b"], typed).is_settled is settled


# --- speed ---


class Typist:
    """A device whose keys come from a list; it notes the processor time from each key to the next."""

    def __init__(self, keys):
        self._keys = iter(keys)
        self._since = None
        self.seconds = []

    def key(self):
        if self._since is not None:
            self.seconds.append(time.process_time() - self._since)
        key = next(self._keys)
        self._since = time.process_time()
        return Key(key)

    def size(self):
        return 120, 40

    def write(self, text):
        assert text

    def drop_typed_ahead(self):
        pass


def test_among_five_hundred_classes_a_key_is_handled_in_five_milliseconds():
    names = [f"group {number % 20}/{KINDS[number % 3]} bird {number}" for number in range(500)]
    classes = tuple(LabelClass(name, name, "") for name in names)
    progress = Progress(0, 9, dict.fromkeys(names, 2), classes, recent=dict.fromkeys(names[:200], 0.5))
    card = Card(ItemRecord("a", "a", Content(Modality.VECTORS)), CardKind.AUDIT, Why("audit"))
    into_a_group = ["Ctrl-U", "Down", "Down", "Down", "Enter", "b", "Backspace", "Left"]
    typist = Typist([*"rb417", "Down", "Up", "Ctrl-U", *"xqrd", "Ctrl-U", *"group 7/b", *into_a_group, "Esc"])
    screen = Screen(console_on(None), typist, Pictures(typist))
    screen.deal(card, progress, "", fresh=True)

    assert screen.find(Search(progress)) is None
    assert len(typist.seconds) == 30
    assert median(typist.seconds) < 0.005
    assert max(typist.seconds) < 0.05
