import re

import pytest

from activelabel.cli.page import saved_line


def lines_of(terminal):
    return terminal.written.replace("\r", "").split("\nreplied")[0].split("\n")


def test_one_fact_a_line_and_the_lines_scripts_follow(play):
    terminal = play("text", "--plain", "--cards=1", size=(200, 40))
    terminal.shows("key 2: spam")
    terminal.press("1")
    terminal.replies()

    assert [re.sub(r"  text: .*", "  text: ...", line) for line in lines_of(terminal)] == [
        "item item00-1",
        "  text: ...",
        "  author: J. Austen",
        "0 answered, 1,797 left",
        "about 2 h 45 min at this pace",
        "91 % right (81-96, from 62 audit answers)",
        "why: between ham and spam, 12 look like it, should change about 7 predictions",
        "suggestion: ham, likely",
        "key 1: ham",
        "key 2: spam",
        "saved item00-1 = c0",
        "",
    ]


def test_no_code_is_ever_written(play):
    terminal = play("hostile", "--plain", "--cards=2", "--classes=\x1b[2J,\u202etxt")
    terminal.shows("key 2")
    terminal.press("?")
    terminal.shows("Ctrl-R")
    terminal.press(";note\r")
    terminal.shows("(Noted)")
    terminal.press("1")
    terminal.shows("suggestion: ␛[2J, maybe")
    terminal.press("\x04")

    assert terminal.replies() == [[0, "Noted", "note"], [0, "Chosen", "c0"], [1, "Stop"]]
    assert [
        character for character in terminal.written if not character.isprintable() and character not in "\r\n"
    ] == []


def test_no_line_of_data_can_pass_for_one_of_ours(play):
    terminal = play("hostile", "--plain", "--cards=1")
    terminal.shows("key 2")
    terminal.press("1")
    terminal.replies()

    assert [line for line in lines_of(terminal) if "Saved" in line or "fake" in line or "last" in line] == [
        "  [red]n[/red]: Saved. Label [1/2]?",
        "    │ [1] fake",
        "    last",
    ]


def test_what_is_typed_is_echoed_and_can_be_taken_back(play):
    terminal = play("text", "--plain", "--cards=1")
    terminal.shows("key 2")
    terminal.press(";日x\x7f\x7fok")
    terminal.shows("note: ok")
    terminal.press("\r")
    terminal.shows("saved item00-1 = (Noted)")
    terminal.press("1")

    assert terminal.replies() == [[0, "Noted", "ok"], [0, "Chosen", "c0"]]


def test_a_search_answers_at_once_when_one_class_fits_or_its_name_is_whole(play):
    terminal = play("text", "--plain", "--cards=2", "--classes=ham,hamster,spam")
    terminal.shows("key 3")
    terminal.press("/ham\r")
    terminal.shows("item item01-1")
    terminal.press("/sp\r")

    assert terminal.replies() == [[0, "Chosen", "c0"], [1, "Chosen", "c2"]]


def test_of_several_that_fit_the_number_is_asked_and_is_no_key(play):
    terminal = play("text", "--plain", "--cards=1", "--classes=spam,ham,hamster")
    terminal.shows("key 3")
    terminal.press("/h\r")
    terminal.shows("its number, or more of its name:")
    terminal.press("7\r")
    terminal.shows("there is no number 7")
    terminal.press("2\r")

    assert terminal.replies() == [[0, "Chosen", "c2"]]
    assert lines_of(terminal)[10:] == [
        "key 3: hamster",
        "find a class: h",
        "1: ham",
        "2: hamster",
        "its number, or more of its name: 7",
        "there is no number 7",
        "1: ham",
        "2: hamster",
        "its number, or more of its name: 2",
        "saved item00-1 = c2",
        "",
    ]


def test_more_of_the_name_can_be_typed_instead_of_a_number(play):
    terminal = play("text", "--plain", "--cards=2", "--classes=spam,ham,hamster")
    terminal.shows("key 3")
    terminal.press("/h\r")
    terminal.shows("2: hamster")
    terminal.press("hams\r")
    terminal.shows("item item01-1")
    terminal.press("/zzz\r")
    terminal.shows("no class fits")
    terminal.press("/\r")
    terminal.shows("3: hamster")
    terminal.press("\r1")

    assert terminal.replies() == [[0, "Chosen", "c2"], [1, "Chosen", "c0"]]


def test_a_class_that_fits_only_by_a_guess_is_not_taken_without_its_number(play):
    terminal = play("text", "--plain", "--cards=1", "--classes=ham,spam")
    terminal.shows("key 2")
    terminal.press("/spqm\r")
    terminal.shows("1: spam")
    terminal.press("\x1b")
    terminal.press("/\x151\x7fspqm\r")
    terminal.shows("1: spam")
    terminal.press("1\r")

    assert terminal.replies() == [[0, "Chosen", "c1"]]


def test_a_group_is_opened_by_its_number_and_left_by_zero(play):
    terminal = play("text", "--plain", "--cards=1", "--classes=ham,fruit/apple,fruit/pear,fruit/日本梨")
    terminal.shows("key 4")
    terminal.press("/fr\r")
    terminal.shows("1: fruit/, 3 classes, 36 labels")
    terminal.press("1\r")
    terminal.shows("0: out of fruit/")
    terminal.press("0\r")
    terminal.shows("4: fruit/, 3 classes, 36 labels")
    terminal.press("4\r3\r")

    assert terminal.replies() == [[0, "Chosen", "c3"]]


def test_five_hundred_classes_are_not_five_hundred_lines(play):
    terminal = play("text", "--plain", "--cards=1", "--classes=" + ",".join(f"class {number}" for number in range(500)))
    terminal.shows("464 classes have no key: / finds them")
    terminal.press("/cla\r")
    terminal.shows("480 more: type more of the name")
    terminal.press("class 417\r")

    assert terminal.replies() == [[0, "Chosen", "c417"]]


def test_a_saved_line_is_one_line():
    assert saved_line("a\n", "b\r") == "saved a␊ = b␍"


def test_the_item_stands_between_the_news_and_what_is_known_of_it(play):
    terminal = play("table", "--plain", "--hints", "--cards=2", size=(200, 40))
    terminal.reads_until("key 2: spam")
    terminal.press("1")
    terminal.reads_until("suggestion")
    terminal.press("\x04")
    terminal.replies()
    lines = lines_of(terminal)
    items = [place for place, line in enumerate(lines) if line.startswith("item ")]

    assert lines[items[0] - 1] == "its class's key answers; Space skips"
    assert lines[items[1] - 1] == "saved item00-1 = c0"
    assert [lines[place + 1] for place in items] == ["  * bill_length_mm: 39.1"] * 2
    assert not [line for line in lines if line.startswith("saved:")]


def test_what_every_key_did_is_said(play):
    terminal = play("text", "--plain", "--hidden", "--cards=1")
    terminal.reads_until("key 2: spam")
    for keys, said in {
        "\x1b[6~": "all of the item is written above",
        "\r": "no suggestion on this card",
        "7": "no class has the key 7; ? shows all keys",
        "\x1b[200~x\x1b[201~": "pasted text is not an answer",
        ";\r": "no note was typed",
        "/zz\r": "no class fits",
        "?": "key 1: ham, 12 labels",
    }.items():
        terminal.press(keys)
        terminal.reads_until(said)
    for keys in ("/", ";", "+"):
        terminal.press(keys)
        terminal.reads_until(":")
        terminal.press("\x1b")
        terminal.reads_until("closed")
    terminal.press("1")

    assert terminal.replies() == [[0, "Chosen", "c0"]]


def test_the_card_and_the_line_that_is_typed_are_read_again_on_demand_and_not_after_a_resize(play):
    terminal = play("text", "--plain", "--cards=1", size=(200, 40))
    terminal.reads_until("key 2: spam")
    terminal.resize(100, 30)
    terminal.press("\x0c")
    terminal.reads_until("item item00-1")
    terminal.reads_until("suggestion: ham, likely")
    terminal.press(";abc\x0c")
    terminal.reads_until("\r\nnote: abc")
    terminal.press("\x04")
    terminal.reads_until("\r\n")

    assert terminal.replies() == [[0, "Stop"]]
    assert terminal.written.count("item item00-1") == 2


def test_a_new_class_is_told_without_the_others_and_many_without_keys_are_counted(play):
    terminal = play("text", "--plain", "--cards=2", "--classes=" + ",".join(f"class {n}" for n in range(60)))
    terminal.reads_until("key z: class 35")
    terminal.reads_until("24 classes have no key: / finds them")
    terminal.press("+owl\r")
    terminal.reads_until("no key, found with /: owl")
    terminal.press("\x04")
    terminal.replies()

    assert terminal.written.count("class 35") == 1


@pytest.mark.parametrize("environ", [{"NO_COLOR": "1"}, {"TERM": "dumb"}, {}])
def test_twenty_columns_and_no_colours_change_no_line(play, environ):
    written = []
    for size in ((20, 6), (200, 40)):
        terminal = play("table", "--plain", "--cards=1", size=size, **environ)
        terminal.reads_until("key 2: spam")
        terminal.press("1")
        terminal.replies()
        written.append(terminal.written)

    assert written[0] == written[1]
    assert "\x1b" not in written[0]


def test_an_item_without_anything_to_show_says_so(play):
    terminal = play("vectors", "--plain", "--cards=1")
    terminal.reads_until("  (nothing to show)")
    terminal.press("1")

    assert terminal.replies() == [[0, "Chosen", "c0"]]
