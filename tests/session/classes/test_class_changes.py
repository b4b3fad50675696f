"""What an edit comes to: its events, its words, and what is refused."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activelabel.errors import WrongUse
from activelabel.project.ledger import Ledger
from activelabel.records.contents import Content, ItemRecord
from activelabel.records.events import Event
from activelabel.records.kinds import EventKind, Modality
from activelabel.session.classes.changes import change_of
from activelabel.session.classes.edits import ClassEdit, Verb, parse_edit
from activelabel.session.undo import standing_together, undo_of

ITEM = ItemRecord("u1-1", "u1", Content(Modality.TEXT, (("text", "an owl"),)))


class Book:
    """A ledger that several people write, by hand."""

    def __init__(self, *names):
        self.ledger = Ledger()
        self.events = []
        for name in names:
            self.edit(f"add {name}")

    def add(self, kind, data, annotator="ann"):
        place = len(self.events) + 1
        event = Event(f"e{place:04}", place, annotator, "2026-01-01", kind, "", data)
        self.events.append(event)
        self.ledger.apply(event)
        return event

    def edit(self, edit, annotator="ann", item=ITEM):
        change = change_of(parse_edit(edit) if isinstance(edit, str) else edit, self.ledger, item)
        return change.words, [self.add(draft.kind, draft.data, annotator) for draft in change.drafts]

    def label(self, unit, name, annotator="ann"):
        data = {"unit": unit, "classes": [self.ledger.find_class(name).id]}
        return self.add(EventKind.LABEL, data, annotator)

    def undo(self, annotator="ann"):
        taken = next(standing_together(self.ledger, annotator), [])
        for event in taken:
            self.add(EventKind.UNDO, undo_of(event).data, annotator)
        return taken

    def redo(self, annotator="ann"):
        undos = self.ledger.redoable(annotator)
        for undo in undos:
            self.add(EventKind.REDO, {"parent": undo.uuid}, annotator)
        return undos

    @property
    def names(self):
        return [known.name for known in self.ledger.classes.values()]

    @property
    def labels(self):
        return {unit: self.ledger.class_name(known) for unit, known in self.ledger.labels().items()}


@pytest.fixture
def book():
    book = Book("owl", "tit", "wren")
    for unit, name in [("u1", "owl"), ("u2", "owl"), ("u3", "tit")]:
        book.label(unit, name)
    return book


def test_a_renamed_class_keeps_all_it_has(book):
    words, _ = book.edit("rename owl = barn owl")

    assert words == "owl is called barn owl from now on, with its key and 2 labels"
    assert book.labels == {"u1": "barn owl", "u2": "barn owl", "u3": "tit"}
    assert [known.key for known in book.ledger.classes.values()] == ["1", "2", "3"]


def test_a_name_can_be_given_other_capitals(book):
    book.edit("rename owl = Owl")

    assert book.names == ["Owl", "tit", "wren"]


def test_classes_merged_into_one_of_them_count_as_that(book):
    words, _ = book.edit("merge owl, tit = Tit")

    assert words == "owl and tit become tit, which then has 3 labels"
    assert book.names == ["tit", "wren"]
    assert set(book.labels.values()) == {"tit"}


def test_classes_merged_under_a_new_name_leave_nothing_behind_when_that_is_undone(book):
    words, _ = book.edit("merge owl, tit, wren = bird")
    merged = book.names
    book.undo()

    assert words == "owl, tit and wren become bird, which then has 3 labels"
    assert merged == ["bird"]
    assert book.names == ["owl", "tit", "wren"]
    assert book.labels == {"u1": "owl", "u2": "owl", "u3": "tit"}


def test_classes_merged_under_a_new_name_have_the_key_of_one_of_them():
    book = Book()
    for name, key in [("owl", ""), ("tit", "7")]:
        book.add(EventKind.CLASS_ADDED, {"class": name, "name": name, "key": key})
    book.edit("merge owl, tit = bird")

    assert [(known.name, known.key) for known in book.ledger.classes.values()] == [("bird", "7")]


def test_a_split_says_how_many_labels_are_asked_again_and_gives_new_keys(book):
    words, _ = book.edit("split owl = barn owl, tawny owl")

    assert words == "owl is split into barn owl and tawny owl: 2 labels of owl will be asked again"
    assert [(known.key, known.name) for known in book.ledger.classes.values()] == [
        ("2", "tit"),
        ("3", "wren"),
        ("4", "barn owl"),
        ("5", "tawny owl"),
    ]


def test_undoing_a_split_takes_the_parts_it_made_away(book):
    book.edit("split owl = owl, tawny owl")
    book.undo()

    assert book.names == ["owl", "tit", "wren"]
    assert book.labels["u1"] == "owl"


def test_a_label_that_somebody_gave_to_a_part_of_an_undone_split_is_asked_again(book):
    book.edit("split owl = owl, tawny owl")
    given = book.label("u9", "tawny owl", "bob")
    book.undo("ann")

    assert book.ledger.doubted == {"u9": given}
    assert "u9" not in book.labels


def test_imported_labels_of_a_split_class_are_counted_in_what_follows(book):
    book.add(EventKind.IMPORTED, {"class": book.ledger.find_class("wren").id, "units": ["u7", "u8"]})
    words, _ = book.edit("split wren = wren, firecrest")

    assert words == (
        "wren is split into wren and firecrest: no label is asked again, 2 imported or from clusters are open again"
    )


def test_definitions_examples_and_keys_are_kept_and_can_be_taken_back(book):
    book.edit("define owl = heard at night")
    book.edit("example owl")
    book.edit("key owl = x")
    (owl, *_) = book.ledger.classes.values()
    book.undo()
    book.undo()

    assert (owl.definition, owl.examples, owl.key) == ("heard at night", ("u1-1",), "x")
    assert next(iter(book.ledger.classes.values())).examples == ()
    assert next(iter(book.ledger.classes.values())).key == "1"


@pytest.mark.parametrize(
    ("edit", "what", "hint"),
    [
        ("rename ow = x", "no class named 'ow'", "try 'owl'"),
        ("rename zzz = x", "no class named 'zzz'", "the classes are: owl, tit, wren"),
        ("rename owl = TIT", "there is a class 'tit' already", ""),
        ("rename owl = owl", "'owl' is its name already", ""),
        ("merge owl = owl", "owl alone cannot be merged into owl", ""),
        ("merge owl = bird", "owl alone cannot be merged into bird", ""),
        ("split owl = Owl", "owl split into owl alone is no split", ""),
        ("split owl = tit, TIT", "owl split into tit alone is no split", ""),
        ("split owl = new, NEW", "there is a class 'new' already", ""),
        ("key owl = 2", "2 is the key of tit", ""),
        ("key owl = /", "'/' cannot be the key of a class", ""),
        ("key owl = ab", "'ab' cannot be the key of a class", ""),
        ("add Owl", "there is a class 'owl' already", ""),
    ],
)
def test_what_cannot_be_is_refused_by_name(book, edit, what, hint):
    before = len(book.events)

    with pytest.raises(WrongUse, match=what) as refused:
        book.edit(edit)
    assert hint in refused.value.hint
    assert refused.value.hint
    assert len(book.events) == before


def test_an_example_needs_an_item_and_is_given_once(book):
    with pytest.raises(WrongUse, match="no item 'u9-1'"):
        book.edit("example owl = u9-1", item=None)
    book.edit("example owl")
    with pytest.raises(WrongUse, match="u1-1 is an example of owl already"):
        book.edit("example owl")


# --- any order of anything ---

UNITS = ["u1", "u2", "u3", "u4"]
steps = st.tuples(
    st.sampled_from(["label", "label", "label", "rename", "merge", "split", "undo", "redo"]),
    st.sampled_from(["ann", "bob"]),
    st.integers(0, 9),
    st.integers(0, 9),
)


def carried_out(book, step, place):
    what, who, first, second = step
    names = book.names
    one, other = names[first % len(names)], names[second % len(names)]
    match what:
        case "label":
            book.label(UNITS[first % len(UNITS)], other, who)
        case "rename":
            book.edit(ClassEdit(Verb.RENAME, (one,), (f"name {place}",)), who)
        case "merge" if one != other:
            book.edit(ClassEdit(Verb.MERGE, (one, other), ((other, f"name {place}")[first % 2],)), who)
        case "split":
            book.edit(ClassEdit(Verb.SPLIT, (one,), ((one, f"part {place}")[first % 2], f"name {place}")), who)
        case "undo":
            book.undo(who)
        case "redo":
            book.redo(who)


class Recomputed:
    """Labels by the plainest means: after each event that holds, all labels given so far are gone through."""

    def __init__(self, events):
        undone = {event.uuid: event.data["parent"] for event in events if event.kind is EventKind.UNDO}
        for event in events:
            if event.kind is EventKind.REDO:
                del undone[event.data["parent"]]
        self.names, self.given, self.merged = {}, [], {}
        for event in events:
            take = getattr(self, event.kind.name.lower(), None)
            if take and event.uuid not in undone.values():
                take(event.data)

    @property
    def labels(self):
        return {unit: self.names[known] for unit, known in dict(self.given).items() if known}

    def now(self, class_id):
        while class_id in self.merged:
            class_id = self.merged[class_id]
        return class_id if class_id in self.names else None

    def put(self, before, after):
        self.given = [(unit, after if known == before else known) for unit, known in self.given]

    def label(self, data):
        self.given.append((data["unit"], self.now(data["classes"][0])))

    def class_added(self, data):
        self.names[data["class"]] = data["name"]

    def class_renamed(self, data):
        if data["class"] in self.names:
            self.names[data["class"]] = data["name"]

    def class_split(self, data):
        if data["class"] in self.names:
            self.put(data["class"], None)
            if data["class"] not in data["into"]:
                del self.names[data["class"]]

    def class_merged(self, data):
        into = self.now(data["into"])
        if data["class"] in self.names and into not in {None, data["class"]}:
            self.put(data["class"], into)
            self.merged[data["class"]] = data["into"]
            del self.names[data["class"]]


@given(st.lists(steps, max_size=25))
@settings(max_examples=150, deadline=None)
def test_labels_are_what_they_are_when_all_is_recomputed(some):
    book = Book()
    for place, name in enumerate(["owl", "tit", "wren"]):  # there before anything can be taken back
        book.add(EventKind.CLASS_ADDED, {"class": name, "name": name, "key": str(place)})
    for place, step in enumerate(some):
        carried_out(book, step, place)

        assert book.labels == Recomputed(book.events).labels
        again = Ledger(book.events)
        assert again.labels() == book.ledger.labels()
        assert list(again.classes) == list(book.ledger.classes)
        assert +again.counts == Counter(again.class_of(event) for event in again.answers.values())
