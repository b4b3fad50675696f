"""Keys that a person has bound otherwise: what is refused by name, and that cards and help follow."""

import re
from pathlib import Path

import pytest

from activelabel.cli.keyboard import NAMED, SEQUENCES, Decoder
from activelabel.cli.keys import BINDINGS, Action, Binding
from activelabel.cli.rebinding import key_lines, key_table
from activelabel.errors import ProjectError
from activelabel.project.config import DEFAULT_CONFIG, Config, read_config

FILE = Path("activelabel.toml")
EVERY_ACTION = [*(row.action.value.replace(" ", "-") for row in BINDINGS if row.action is not Action.SCROLL)]
EVERY_ACTION += ["page-down", "page-up", "down", "up", "home", "end"]


@pytest.mark.parametrize("action", EVERY_ACTION)
def test_every_action_can_be_given_another_key(action):
    keys = key_table({action: ["Ctrl-N"]}, FILE)

    done = keys.action_of("Ctrl-N")
    assert done.value.replace(" ", "-") == action or (done is Action.SCROLL and keys.scroll_of("Ctrl-N"))
    assert f"{action} = Ctrl-N" in key_lines(keys) or f"{action} = Ctrl-C, Ctrl-N" in key_lines(keys)


def test_the_key_before_does_nothing_any_more():
    keys = key_table({"skip": ["Ctrl-N"], "page-down": ["Ctrl-T"]}, FILE)

    assert keys.action_of(" ") is None
    assert keys.action_of("PageDown") is None
    assert keys.scroll_key("PageDown") == "Ctrl-T"


def test_two_actions_can_change_their_keys():
    keys = key_table({"skip": ["."], "not-sure": ["Space"], "up": ["Down"], "down": ["Up"]}, FILE)

    assert (keys.action_of("."), keys.action_of(" ")) == (Action.SKIP, Action.NOT_SURE)
    assert (keys.scroll_of("Up"), keys.scroll_of("Down")) == ("Down", "Up")


def test_every_key_that_can_be_named_can_be_sent_by_a_keyboard():
    sent = {key.name for code in range(1, 128) for key in Decoder().feed(bytes([code]))}
    sent |= {key.name for end in SEQUENCES for key in Decoder().feed(f"\x1b[{end}".encode())}

    assert {*NAMED} <= sent


@pytest.mark.parametrize(
    ("wanted", "what", "hint"),
    [
        ({"skp": ["Tab"]}, "no action named 'skp'", "try skip"),
        ({"scroll": ["Tab"]}, "no action named 'scroll'", "try"),
        ({"skip": ["Ctl-N"]}, "no key named 'Ctl-N'", "try 'Ctrl-N'"),
        ({"skip": ["PagDown"]}, "no key named 'PagDown'", "try 'Page Down'"),
        ({"skip": ["Esc"]}, "no key named 'Esc'", "try"),
        ({"skip": [""]}, "no key named ''", "try"),
        ({"skip": ["\N{COMBINING ACUTE ACCENT}"]}, "no key named", "try"),
        ({"skip": ["s"]}, "skip is 's'", "letters and digits belong to classes"),
        ({"skip": ["é"]}, "skip is 'é'", "letters and digits belong to classes"),
        ({"skip": ["7"]}, "skip is '7'", "letters and digits belong to classes"),
        ({"skip": ["Ctrl-M"]}, "skip is 'Ctrl-M'", "a terminal sends Enter for it"),
        ({"skip": ["."]}, ". is the key of skip and of not-sure", "give each its own"),
        ({"skip": ["Ctrl-N"], "note": ["Ctrl-N"]}, "Ctrl-N is the key of skip and of note", "give each its own"),
        ({"skip": ["Down"]}, "Down is the key of skip and of down", "give each its own"),
        ({"home": ["End"]}, "End is the key of home and of end", "give each its own"),
        ({"skip": ["Ctrl-C"]}, "Ctrl-C is the key of skip and of interrupt", "it always interrupts"),
        ({"leave": []}, "leave has no key", "there must be a way out"),
        ({"interrupt": []}, "interrupt has no key", "there must be a way out"),
        ({"leave": ["-"]}, "leave is '-'", "heard while text is typed"),
        ({"redraw": ["Ctrl-U"]}, "redraw is 'Ctrl-U'", "heard while text is typed"),
    ],
)
def test_what_cannot_be_is_refused_by_name(wanted, what, hint):
    with pytest.raises(ProjectError) as refused:
        key_table(wanted, FILE)

    assert str(refused.value).startswith(what)
    assert str(refused.value).endswith(": activelabel.toml")
    assert hint in refused.value.hint


def test_a_row_that_is_new_can_be_rebound_too():
    row = Binding(Action.REDRAW, ("=",), "=", "like items", 5)

    assert key_table({"redraw": ["Ctrl-E"]}, FILE, [row]).keys_of(Action.REDRAW) == ("Ctrl-E",)
    assert key_lines(key_table({}, FILE))[-1] == "interrupt = Ctrl-C"


def test_what_init_writes_changes_nothing_and_each_of_its_examples_can_be_meant(tmp_path):
    path = tmp_path / "activelabel.toml"
    path.write_text(DEFAULT_CONFIG, encoding="utf-8")
    assert read_config(path) == Config()

    path.write_text(re.sub("^# (?=[a-z-]+ = )", "", DEFAULT_CONFIG, flags=re.MULTILINE), encoding="utf-8")
    config = read_config(path)
    assert config.annotator == "ann"
    assert key_table(config.keys, path).keys_of(Action.LEAVE) == ("Ctrl-X", "Ctrl-D")


# --- in the file ---


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('[keys]\nskip = "s"', "skip is 's' in [keys]"),
        ("[keys]\nskip = 3", "skip is 3 in [keys]"),
        ("keys = 3", "[keys] is not a table"),
        ("[keyz]", "unknown table [keyz]"),
    ],
)
def test_a_file_with_keys_that_cannot_be_opens_no_session(refused, blobs, tmp_path, text, what):
    blobs.layout.config.write_text(text, encoding="utf-8")
    for command in ("label", "config"):
        code, said, _ = refused(command, "--project", blobs.layout.root, *["--answers", "-"] * (command == "label"))

        assert (code, said) == (1, f"{what}: {blobs.layout.config}")


def test_config_shows_the_keys_in_force(command, blobs):
    blobs.layout.config.write_text('[keys]\nskip = ["Ctrl-N", "-"]\nnote = []', encoding="utf-8")
    _, lines, _ = command("config", "--project", blobs.layout.root)

    assert {"keys.skip = Ctrl-N, -", "keys.note = ", "keys.leave = Ctrl-D", "label.hints = True"} <= set(lines)


# --- at the terminal ---


def test_the_key_in_force_is_the_one_that_acts_and_is_named(play):
    terminal = play(
        "long", "--bind=skip=Ctrl-N", "--bind=help=%", "--bind=page-down=Ctrl-V", "--cards=1", "--classes=a"
    )
    screen = terminal.shows("Ctrl-N skip")
    assert "(Ctrl-V)" in screen
    assert "% help" in screen
    terminal.press(" ")
    terminal.shows("no class has the key Space; % shows all keys")
    terminal.press("\x16")
    terminal.shows("above (Page Up)")
    terminal.press("%")
    terminal.shows("Ctrl-V, Page Up")
    terminal.press("\x16x")
    terminal.shows("item00-1")
    terminal.press("\x0e")

    assert terminal.replies() == [[0, "Skipped"]]


@pytest.mark.parametrize("plain", [False, True])
def test_the_way_out_in_force_is_heard_before_a_card_is_there_and_while_text_is_typed(play, plain):
    terminal = play("text", "--bind=leave=Ctrl-X", "--cards=1", *["--plain"] * plain)
    terminal.shows("item00-1")
    terminal.press(";a\x04b")
    terminal.shows("note: ab")
    terminal.press("\x18")

    assert terminal.replies() == [[0, "Stop"]]


def test_a_class_is_not_given_a_key_that_does_something(play):
    terminal = play("text", "--bind=skip=-", "--cards=1")
    terminal.shows("item00-1")
    terminal.press("+-\r")
    terminal.shows("- is the key of skip; give the class a longer name")
    terminal.press("1")

    assert terminal.replies() == [[0, "Chosen", "c0"]]


@pytest.mark.slow
def test_a_class_whose_key_is_bound_is_refused_when_a_session_begins(command, in_terminal, blobs, tmp_path):
    (tmp_path / "answers").write_text(":new -\n", encoding="utf-8")
    command("label", "--project", blobs.layout.root, "--answers", tmp_path / "answers")
    blobs.layout.config.write_text('[keys]\nskip = "-"', encoding="utf-8")
    terminal = in_terminal("label", "--project", blobs.layout.root)
    terminal.reads_until("hint: give skip another one under [keys] in activelabel.toml")

    assert "error: - is the key of the class '-' and of skip" in terminal.written
