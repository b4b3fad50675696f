import io

import pytest

from activelabel.cli.console import console_on
from activelabel.cli.lines import LinesAnnotator
from activelabel.errors import BadData, NotSaved
from activelabel.records.cards import Card, Why
from activelabel.records.contents import Content, ItemRecord
from activelabel.records.events import LabelClass
from activelabel.records.kinds import CardKind, Modality
from activelabel.records.progress import Progress
from activelabel.session.classes.edits import ClassEdit, Verb
from activelabel.session.replies import Accepted, BadItem, Chosen, GoTo, NewClass, Noted, NotSure, Skipped, Stop, Undo

CARD = Card(ItemRecord("ab12-1", "ab12", Content(Modality.TEXT)), CardKind.AUDIT, Why("random"))
CLASSES = tuple(LabelClass(f"id of {name}", name, "") for name in ["ham", "spam", ":odd", "Café"])
PROGRESS = Progress(0, 10, {}, CLASSES)


def reply_to(line, **options):
    return LinesAnnotator([f"{line}\n"], **options).answer(CARD, PROGRESS)


@pytest.mark.parametrize(
    ("line", "reply"),
    [
        ("ham", Chosen("id of ham")),
        ("  SPAM ", Chosen("id of spam")),
        ("Cafe\N{COMBINING ACUTE ACCENT}", Chosen("id of Café")),
        ("::odd", Chosen("id of :odd")),
        (":skip", Skipped()),
        (":unsure", NotSure()),
        (":bad", BadItem()),
        (":undo", Undo()),
        (":accept", Accepted()),
        (":quit", Stop()),
        (":note looks  odd", Noted("looks  odd")),
        (":new egg salad", NewClass("egg salad")),
        (":new :)", NewClass(":)")),
        (":goto row 7", GoTo("row 7")),
        (":class rename ham = eggs", ClassEdit(Verb.RENAME, ("ham",), ("eggs",))),
        (":class example ham", ClassEdit(Verb.EXAMPLE, ("ham",))),
    ],
)
def test_each_line_means_one_reply(line, reply):
    assert reply_to(line) == reply


def test_the_end_of_the_lines_is_a_wish_to_stop():
    assert LinesAnnotator([]).answer(CARD, PROGRESS) == Stop()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("eggs", "answers line 2: no class named 'eggs'"),
        (":skpi", "answers line 2: not understood: ':skpi'"),
        (":skip it", "answers line 2: not understood: ':skip it'"),
        (":note", "answers line 2: not understood: ':note'"),
        (":goto ", "answers line 2: not understood: ':goto'"),
        (":new  ", "answers line 2: not understood: ':new'"),
        (":class", "answers line 2: nothing named '' can be done to classes"),
        (":class rename ham", "answers line 2: not understood after rename: 'ham'"),
        ("", "answers line 2: empty"),
        ("::", "answers line 2: no class named ':'"),
    ],
)
def test_a_line_that_is_not_understood_is_refused_by_its_number(line, words):
    annotator = LinesAnnotator(["ham\n", f"{line}\n"])
    annotator.answer(CARD, PROGRESS)

    with pytest.raises(BadData) as refused:
        annotator.answer(CARD, PROGRESS)
    assert str(refused.value) == words
    assert refused.value.hint


def test_an_unknown_class_is_added_when_asked_for():
    assert reply_to("eggs", new_classes=True) == NewClass("eggs")
    assert reply_to("::-)", new_classes=True) == NewClass(":-)")
    assert reply_to("HAM", new_classes=True) == Chosen("id of ham")


def test_lines_are_read_one_at_a_time():
    def lines():
        yield "ham\n"
        raise AssertionError("read ahead")

    assert LinesAnnotator(lines()).answer(CARD, PROGRESS) == Chosen("id of ham")


def test_plain_announces_the_item_and_what_was_saved():
    out = io.StringIO()
    annotator = LinesAnnotator(["ham\n"], plain=True, data=console_on(out))

    annotator.answer(CARD, PROGRESS)
    assert out.getvalue() == "item ab12-1\n"
    annotator.acknowledge("ab12-1", "ham")
    assert out.getvalue() == "item ab12-1\nsaved ab12-1 = ham\n"


def test_names_cannot_forge_a_line():
    out = io.StringIO()

    LinesAnnotator([], plain=True, data=console_on(out)).acknowledge("ab12-1", "ham\nsaved x = y\x1b[2J")
    assert out.getvalue() == "saved ab12-1 = ham␊saved x = y␛[2J\n"


def test_without_plain_nothing_is_written():
    out = io.StringIO()
    annotator = LinesAnnotator(["ham\n"], data=console_on(out))
    annotator.answer(CARD, PROGRESS)
    annotator.acknowledge("ab12-1", "ham")

    assert out.getvalue() == ""


def test_what_could_not_be_carried_out_ends_the_session_with_its_line():
    annotator = LinesAnnotator(["ham\n"])
    annotator.answer(CARD, PROGRESS)

    with pytest.raises(NotSaved, match="answers line 1: disk full"):
        annotator.refuse(NotSaved("disk full", "free some space"))


def test_bytes_that_are_no_text_are_refused_by_their_line():
    annotator = LinesAnnotator(io.TextIOWrapper(io.BytesIO(b"ham\n\xff\n"), encoding="utf-8"))

    assert annotator.answer(CARD, PROGRESS) == Chosen("id of ham")
    with pytest.raises(BadData, match="answers line 2: not UTF-8"):
        annotator.answer(CARD, PROGRESS)


def test_a_byte_order_mark_is_no_part_of_a_name():
    file = io.TextIOWrapper(io.BytesIO("\ufeffham\r\n".encode()), encoding="utf-8")

    assert LinesAnnotator(file).answer(CARD, PROGRESS) == Chosen("id of ham")
