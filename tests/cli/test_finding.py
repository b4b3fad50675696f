"""Finding a class with keys, at a terminal."""

import pytest

KINDS = ["house", "snow", "red", "great"]
NAMES = [f"birds/{kind} {bird}" for kind in KINDS for bird in ["sparrow", "owl", "finch"]]
NAMES += ["日本梨", "crème brûlée"] + [f"class {number}" for number in range(486)]
MANY = "--classes=" + ",".join(NAMES)
SIZES = [(120, 40), (80, 24), (40, 12)]
at_every_size = pytest.mark.parametrize("size", SIZES, ids=str)


def marked(screen):
    return [row.lstrip("> ").partition("  ")[0] for row in screen.splitlines() if row.startswith(">")]


def number_of(name):
    return f"c{NAMES.index(name)}"


@at_every_size
def test_a_class_among_five_hundred_is_found_by_typing(play, size):
    terminal = play("text", "--cards=1", MANY, size=size)
    assert "more: /" in terminal.shows("item00-1")
    terminal.press("/")
    terminal.shows("find:")
    terminal.press("class 417")
    assert marked(terminal.shows("find: class 417")) == ["class 417"]
    terminal.press("\r")

    assert terminal.replies() == [[0, "Chosen", number_of("class 417")]]


@at_every_size
def test_arrows_move_the_mark_and_enter_takes_what_is_marked(play, size):
    terminal = play("text", "--cards=1", MANY, size=size)
    terminal.shows("item00-1")
    terminal.press("/class 41\x1b[B\x1b[B\x1b[B\x1b[A")
    terminal.shows("> class 411")
    terminal.press("\r")

    assert terminal.replies() == [[0, "Chosen", number_of("class 411")]]


@at_every_size
def test_a_group_is_opened_searched_and_left(play, size):
    terminal = play("text", "--cards=1", MANY, size=size)
    terminal.shows("item00-1")
    terminal.press("/bi")
    terminal.shows("find: bi")
    assert "12 classes, 144 labels" in terminal.shows("> ").replace("\n", " ") or size[0] == 40
    terminal.press("\x1b[C")
    terminal.shows("find in birds/:")
    terminal.press("so")
    assert "snow owl" in terminal.shows("find in birds/: so")
    terminal.press("\x7f\x7f\x1b[D")
    terminal.shows_no("find in birds/:")
    terminal.press("birds/rf")
    assert "birds/red finch" in terminal.shows("find: birds/rf")
    terminal.press("\r")

    assert terminal.replies() == [[0, "Chosen", number_of("birds/red finch")]]


@at_every_size
def test_esc_closes_the_search_and_answers_nothing(play, size):
    terminal = play("text", "--cards=1", MANY, size=size)
    terminal.shows("item00-1")
    terminal.press("/snow")
    terminal.shows("find: snow")
    terminal.press("\x1b")
    terminal.shows_no("find: snow")
    terminal.press("1")

    assert terminal.replies() == [[0, "Chosen", "c0"]]


def test_a_class_without_a_key_is_found_by_letters_without_their_accents(play):
    terminal = play("text", "--cards=2", MANY)
    terminal.shows("item00-1")
    terminal.press("/brulee\r")
    terminal.shows("item01-1")
    terminal.press("/日\r")

    assert terminal.replies() == [[0, "Chosen", number_of("crème brûlée")], [1, "Chosen", number_of("日本梨")]]


def test_what_was_typed_leads_to_what_was_chosen_for_it(play):
    terminal = play("text", "--cards=2", MANY)
    terminal.shows("item00-1")
    terminal.press("/owl\x1b[B\x1b[B\r")
    chosen = terminal.shows("item01-1")
    terminal.press("/owl")
    terminal.shows("find: owl")
    terminal.press("\r")

    first, second = terminal.replies()
    assert "saved" in chosen
    assert first[1:] == second[1:] == ["Chosen", number_of("birds/red owl")]


def test_what_fits_nothing_is_said_and_enter_answers_nothing(play):
    terminal = play("text", "--cards=1", MANY)
    terminal.shows("item00-1")
    terminal.press("/qqqq\r")
    terminal.shows("no class matches")
    terminal.press("\x15\x1b[B\r")

    assert terminal.replies()[0][1] == "Chosen"


def test_the_item_does_not_move_while_its_class_is_typed(play):
    terminal = play("long", "--cards=1", MANY)
    terminal.shows("item00-1")
    terminal.press("/")
    seen = [terminal.shows("find:").count("│")]
    for typed, words in [("birds/gr", "find: birds/gr"), ("qq", "no class matches")]:
        terminal.press(typed)
        seen.append(terminal.shows(words).count("│"))

    assert len(set(seen)) == 1


def test_without_colour_and_in_ascii_the_mark_is_still_seen(play):
    terminal = play(
        "text", "--cards=1", "--classes=ham,日本梨,fruit/a,fruit/b", NO_COLOR="1", PYTHONIOENCODING="ascii:strict"
    )
    terminal.shows("item00-1")
    terminal.press("/")
    terminal.shows("find:")
    terminal.press("\x1b[B")
    screen = terminal.shows("> [2] ???")
    terminal.press("\r")

    assert screen.isascii()
    assert terminal.replies() == [[0, "Chosen", "c1"]]
