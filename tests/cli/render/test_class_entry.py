"""All that is written of a class, on a screen of any width and to be read aloud."""

import time

import pytest
from cli.render.test_card import CARD, PROGRESS
from rich.cells import cell_len

from activelabel.cli.render.class_entry import class_entry
from activelabel.cli.render.help import help_rows
from activelabel.cli.render.paper import Paper
from activelabel.records.contents import Content, ItemRecord
from activelabel.records.events import LabelClass
from activelabel.records.kinds import Modality
from activelabel.records.progress import Progress

TEXT = "seen at dusk in old barns, white, a face like a heart; 日本語のテキスト too"
OWL = LabelClass("o", "barn owl\x1b[2J", "1", TEXT, ("i1-1", "i2-1"))
EXAMPLES = {"i1-1": ItemRecord("i1-1", "i1", Content(Modality.TEXT, (("text", "an owl\nin a barn " * 20),)), "p7")}


@pytest.mark.parametrize("width", [20, 40, 80, 120])
def test_a_class_fits_its_paper_and_shows_every_word_of_its_definition(width):
    paper = Paper(width, 24)
    rows = [row.plain for row in class_entry(OWL, 12, EXAMPLES, paper)]

    assert rows[0].startswith("[1] ")
    assert max(cell_len(row) for row in rows) <= width - len(paper.gutter)
    assert "".join("".join(rows[1:-2]).split()) == "".join(TEXT.split())
    assert "\x1b" not in "".join(rows)
    assert [row.strip()[:8] for row in rows[-2:]] == ["example:", "example:"]


def test_an_example_is_one_line_by_the_name_that_its_card_shows():
    *_, first, second = [row.plain.strip() for row in class_entry(OWL, 12, EXAMPLES, Paper(80, 24))]

    assert first.startswith("example: p7, an owl in a barn an owl")
    assert first.endswith("…")
    assert second == "example: i2-1"


def test_read_aloud_a_class_is_a_sentence_and_its_definition_is_not_folded():
    rows = [row.plain for row in class_entry(OWL, 1, {}, Paper(1000, 0, spoken=True))]

    assert rows[0] == "key 1: barn owl␛[2J, 1 label"
    assert rows[1].strip() == TEXT


def test_the_help_begins_with_the_classes_and_goes_on_with_the_keys():
    rows = [row.plain for row in help_rows(CARD, PROGRESS, {}, Paper(80, 24))]

    assert rows[:2] == ["[1] ham 50", "[2] spam 30"]
    assert any(row.startswith("Ctrl-E") and "rename, merge, split" in row for row in rows)


def test_the_help_of_five_hundred_classes_is_drawn_between_two_keys():
    classes = tuple(LabelClass(f"c{n}", f"class {n}", "", TEXT, ("i1-1",)) for n in range(500))
    started = time.perf_counter()
    rows = help_rows(CARD, Progress(0, 9, {}, classes), EXAMPLES, Paper(80, 24))

    assert time.perf_counter() - started < 0.5
    assert len(rows) > 1500
