"""The menu of edits at a real terminal: each path, at three sizes and without a screen."""

import pytest

SIZES = [(120, 40), (80, 24), (40, 12)]
AGREED = "\r"
PATHS = {
    "rename": ("\r", "ham\r", "rename:", "wanted mail\r", "new name:", ["rename", "('ham',)", "('wanted mail',)"]),
    "split": ("\x1b[B\x1b[B\r", "ham\r", "split:", "a, b\r", "parts,", ["split", "('ham',)", "('a', 'b')"]),
    "define": ("\t\t\t\r", "ham\r", "define:", "my mail\r", "what belongs", ["define", "('ham',)", "('my mail',)"]),
    "key": ("\x1b[A\r", "ham\r", "key of:", "x\r", "its new key", ["key", "('ham',)", "('x',)"]),
}  # fmt: skip


def flat(screen):
    return " ".join(screen.replace("│", " ").split())


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("path", PATHS)
def test_each_edit_is_asked_for_step_by_step_and_said_before_it_is_made(play, path, size):
    pick, first, first_label, second, second_label, reply = PATHS[path]
    terminal = play("text", "--cards=1", size=size)
    terminal.shows("item00-1")
    terminal.press("\x05")
    assert "> rename a class" in terminal.shows("Edit classes")
    terminal.press(pick)
    terminal.shows(first_label)
    terminal.press(first)
    terminal.shows(second_label)
    terminal.press(second)
    screen = terminal.shows("This will follow")
    terminal.press(AGREED)
    terminal.shows("item00-1")
    terminal.press("\x04")

    assert "labels will be asked again" in flat(screen)
    assert "> do it" in screen
    assert terminal.replies() == [[0, "ClassEdit", *reply], [0, "Stop"]]


@pytest.mark.parametrize("size", SIZES)
def test_two_classes_are_merged_under_the_name_of_one_or_under_another(play, size):
    terminal = play("text", "--cards=1", size=size)
    terminal.shows("item00-1")
    for keys, name in (("\x1b[B\r", "ham"), ("\x1b[B\x1b[B\r", "meat")):
        terminal.press("\x05")
        terminal.shows("Edit classes")
        terminal.press("\x1b[B\r")
        terminal.shows("merge:")
        terminal.press("ham\r")
        terminal.shows("merge with:")
        terminal.press("spam\r")
        terminal.shows("What are they called")
        terminal.press(keys)
        if name == "meat":
            terminal.shows("name of both:")
            terminal.press("meat\r")
        terminal.shows("This will follow")
        terminal.press(AGREED)
        terminal.shows("saved: (ClassEdit)")  # the card itself is there before, when the menu closes
    terminal.press("\x04")

    merged = [[0, "ClassEdit", "merge", "('ham', 'spam')", f"('{name}',)"] for name in ("ham", "meat")]
    assert terminal.replies() == [*merged, [0, "Stop"]]


@pytest.mark.parametrize("size", SIZES)
def test_the_item_on_the_card_becomes_an_example(play, size):
    terminal = play("text", "--cards=1", size=size)
    terminal.shows("item00-1")
    terminal.press("\x05")
    terminal.shows("Edit classes")
    terminal.press("\x1b[A\x1b[A\r")
    terminal.shows("example of:")
    terminal.press("spam\r")
    terminal.shows("This will follow")
    terminal.press(AGREED)
    terminal.shows("item00-1")
    terminal.press("\x04")

    assert terminal.replies()[0] == [0, "ClassEdit", "example", "('spam',)", "()"]


@pytest.mark.parametrize(
    "keys", ["\x1b", "\r|\x1b", "\rham\r|\x1b", "\rham\rwanted\r|\x1b", "\rham\rwanted\r|\x1b[B\r", "\rham\r|\r"]
)
def test_whoever_changes_their_mind_changes_nothing_else(play, keys):
    terminal = play("text", "--cards=1")
    terminal.shows("item00-1")
    terminal.press("\x05")
    terminal.shows("Edit classes")
    first, _, last = keys.partition("|")
    terminal.press(first)
    if last:
        seen = {"\r": "rename:", "\rham\r": "new name:", "\rham\rwanted\r": "This will follow"}
        terminal.shows(seen[first])
        terminal.press(last)
    assert "ham" in terminal.shows("item00-1")
    terminal.shows("Space skip")
    terminal.press("1")

    assert terminal.replies() == [[0, "Chosen", "c0"]]


def test_what_cannot_be_is_said_on_the_card(play):
    terminal = play("text", "--cards=1")
    terminal.shows("item00-1")
    terminal.press("\x05\rham\rgone\r")
    terminal.shows("no class named 'gone'; try 'ham'")
    terminal.press("\x05\x1b[B\x1b[B\rham\ra = b\r")
    terminal.shows("an equal sign in 'a = b'")
    terminal.press("\x04")

    assert terminal.replies() == [[0, "Stop"]]


def test_without_a_class_there_is_nothing_to_edit(play):
    terminal = play("text", "--classes=", "--cards=1")
    terminal.shows("new class:")
    terminal.press("\x1b")
    terminal.shows_no("new class:")
    terminal.press("\x05")
    terminal.shows("there are no classes yet")
    terminal.press("\x04")

    assert terminal.replies() == [[0, "Stop"]]


@pytest.mark.parametrize("path", PATHS)
def test_without_a_screen_the_same_is_asked_in_lines(play, path):
    _, first, first_label, second, second_label, reply = PATHS[path]
    number = {"rename": 1, "split": 3, "define": 4, "key": 6}[path]
    terminal = play("text", "--cards=1", "--plain", size=(40, 12))
    terminal.reads_until("key 2: spam")
    terminal.press("\x05")
    terminal.reads_until("number (1):")
    terminal.press(f"{number}\r")
    terminal.reads_until(first_label.replace(":", " a class:"))
    terminal.press(first)
    terminal.reads_until(second_label)
    terminal.press(second)
    terminal.reads_until("and 3 labels will be asked again")
    terminal.reads_until("number (1):")
    terminal.press(AGREED)
    terminal.reads_until("saved classes = ")
    terminal.reads_until("item item00-1")
    terminal.press("\x04")

    assert terminal.replies() == [[0, "ClassEdit", *reply], [0, "Stop"]]
