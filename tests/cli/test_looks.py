"""Cards that show answers given before, precedents, marked fields and flags, at a real terminal of any size."""

import pytest

SIZES = [(120, 40), (80, 24), (40, 12)]
every_size = pytest.mark.parametrize("size", SIZES, ids=lambda size: "x".join(map(str, size)))


# --- second look ---


@every_size
def test_a_second_look_shows_the_own_answer_and_what_the_model_says_and_enter_keeps(play, size):
    terminal = play("text", "--cards=1", "--look=second-look", size=size)
    shown = terminal.shows("item00-1")

    assert "you said ham, " in shown
    assert "your note: reads like a letter" in shown
    assert "the model says spam" in shown
    assert "Enter keep" in shown
    assert "suggestion" not in shown
    terminal.press("\r")
    assert terminal.replies() == [[0, "Accepted"]]


@pytest.mark.parametrize(
    ("key", "reply"),
    [("2", ["Chosen", "c1"]), (" ", ["Skipped"]), (".", ["NotSure"]), ("!", ["BadItem"])],
)
def test_other_keys_on_a_second_look_do_what_they_do_everywhere(play, key, reply):
    terminal = play("text", "--cards=1", "--look=second-look")
    assert "Space later" in terminal.shows("item00-1")
    terminal.press(key)

    assert terminal.replies()[0][: len(reply) + 1] == [0, *reply]


def test_a_label_of_a_class_that_was_split_has_no_enter(play):
    terminal = play("text", "--cards=1", "--look=split")
    shown = terminal.shows("you said bird, which was split")
    terminal.press("\r")
    terminal.shows("no answer to keep: choose a class")
    terminal.press("1")

    assert "Enter" not in shown
    assert terminal.replies()[0][:3] == [0, "Chosen", "c0"]


def test_a_second_look_is_read_aloud_a_fact_a_line(play):
    terminal = play("text", "--cards=1", "--plain", "--look=second-look")
    for line in ("you said ham, ", "your note: reads like a letter", "why: the model says spam", "Enter keeps"):
        terminal.reads_until(line)
    terminal.press("\r")

    assert terminal.replies() == [[0, "Accepted"]]


# --- adjudication ---


@every_size
def test_an_adjudication_shows_both_answers_and_asks_for_the_reason(play, size):
    terminal = play("text", "--cards=1", "--look=adjudication", size=size)
    shown = terminal.shows("item00-1")
    rows = [row for row in shown.splitlines() if " said " in row]

    assert len(rows) == (1 if size[0] >= 60 else 2)
    assert "bob's note: free money" in shown
    assert "Enter" not in shown
    terminal.press("2")
    terminal.shows("> slip")
    terminal.press("\t\r")
    assert terminal.replies()[0][:2] == [0, "Decided"]
    assert "guideline unclear" in terminal.written


def test_enter_decides_nothing_between_two_answers(play):
    terminal = play("text", "--cards=1", "--look=adjudication")
    terminal.shows("item00-1")
    terminal.press("\r")
    terminal.shows("no answer to keep: choose a class")
    terminal.press("\x04")

    assert terminal.replies() == [[0, "Stop"]]


def test_esc_leaves_the_reason_out_and_keeps_the_decision(play):
    terminal = play("text", "--cards=1", "--look=adjudication")
    terminal.shows("item00-1")
    terminal.press("1")
    terminal.shows("Why did the answers differ?")
    terminal.press("\x1b")

    assert terminal.replies()[0][:3] == [0, "Chosen", "c0"]


def test_an_adjudication_is_read_aloud_and_its_reason_typed_as_a_number(play):
    terminal = play("text", "--cards=1", "--plain", "--look=adjudication")
    for line in ("you said ham, ", "bob said spam, ", "bob's note: free money", "Enter does nothing here"):
        terminal.reads_until(line)
    terminal.press("1")
    terminal.reads_until("3: item ambiguous")
    terminal.press("3\r")
    reply = terminal.replies()[0]

    assert (reply[1], reply[3]) == ("Decided", "item ambiguous")


# --- precedents ---


@every_size
def test_precedents_show_what_was_decided_on_both_sides_with_notes(play, size):
    terminal = play("table", "--cards=1", size=size)
    terminal.shows("item00-1")
    terminal.press("=")
    shown = terminal.shows("What you decided nearby")
    terminal.press("\x1b[6~" if size[1] < 20 else "")
    below = terminal.shows("spam:")

    assert "ham:" in shown
    assert "bill_length_mm 39.1" in shown
    assert "note: it has" in shown
    assert "days ago" in below
    terminal.press("\x1b")
    terminal.shows("item00-1")
    terminal.press("1")
    assert terminal.replies()[0][:3] == [0, "Chosen", "c0"]


def test_the_words_that_pull_are_underlined_and_named(play):
    terminal = play("text", "--cards=1")
    terminal.shows("item00-1")
    terminal.press("=")
    shown = terminal.shows("for spam: fortune")
    screen = terminal.model
    marked = "".join(
        cell.data
        for row in range(screen.lines)
        for cell in (screen.buffer[row][x] for x in range(80))
        if cell.underscore
    )

    assert "for ham: truth, man" in shown
    assert marked.replace("ham:", "").startswith("truthmanfortune")


def test_pictures_that_were_decided_are_drawn_where_there_is_room(play):
    large, small = play("photo", "--cards=1"), play("photo", "--cards=1", size=(40, 12))
    for terminal in (large, small):
        terminal.shows("item00-1")
        terminal.press("=")

    assert large.shows("ham:").count("\u2580" * 8) >= 6
    assert "pictures/sunset" in small.shows("ham:")


@pytest.mark.parametrize("options", [[], ["--plain"]])
def test_where_nothing_was_decided_one_line_says_so(play, options):
    terminal = play("table", "--cards=1", "--first", *options)
    terminal.shows("item00-1")
    terminal.press("=")
    terminal.shows("no precedents: nothing that you decided is known to be near")
    terminal.press("1")

    assert terminal.replies()[0][:3] == [0, "Chosen", "c0"]


def test_precedents_are_read_aloud_a_fact_a_line(play):
    terminal = play("text", "--cards=1", "--plain")
    terminal.reads_until("key 2: spam")
    terminal.press("=")
    for line in ("What you decided nearby", "for ham: truth, man", "ham:", "days ago; note: it has a list", "spam:"):
        terminal.reads_until(line)
    terminal.press("1")

    assert terminal.replies()[0][:3] == [0, "Chosen", "c0"]


# --- fields and flags ---


@every_size
def test_fields_that_depart_from_the_cluster_come_first_and_are_marked(play, size):
    terminal = play("table", "--cards=1", size=size)
    rows = terminal.shows("item00-1").splitlines()
    place = next(number for number, row in enumerate(rows) if "bill_leng" in row)

    assert "* bill_leng" in rows[place]
    assert "species" in rows[place + 1]
    assert any("differs most from its cluster" in row for row in rows) == (size[1] > 12)


def test_fields_that_depart_are_marked_aloud_too(play):
    terminal = play("table", "--cards=1", "--plain")
    for line in ("* bill_length_mm: 39.1", "species: Adelie", "* differs most from its cluster"):
        terminal.reads_until(line)


def test_a_withheld_card_marks_no_field(play):
    terminal = play("table", "--cards=1", "--hidden")

    assert "*" not in terminal.shows("item00-1")


@every_size
def test_ctrl_f_flags_the_item_and_the_card_stays(play, size):
    terminal = play("text", "--cards=1", size=size)
    terminal.shows("item00-1")
    terminal.press("\x06")
    terminal.shows("  flagged")
    terminal.press("\x06")
    terminal.shows_no("  flagged")
    terminal.press("1")

    assert [reply[1] for reply in terminal.replies()] == ["Flagged", "Flagged", "Chosen"]


def test_a_flag_is_told_aloud(play):
    terminal = play("text", "--cards=1", "--plain")
    terminal.reads_until("key 2: spam")
    terminal.press("\x06")
    terminal.reads_until("= (Flagged)")
    terminal.press("1")

    assert [reply[1] for reply in terminal.replies()] == ["Flagged", "Chosen"]
