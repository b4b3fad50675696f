import signal

import pytest


@pytest.mark.parametrize(
    ("keys", "ended"), [("\x04", ""), ("\x03", "KeyboardInterrupt"), ("1", ""), (";x\x03", "KeyboardInterrupt")]
)
@pytest.mark.parametrize("plain", [False, True])
def test_keys_that_end_the_session_leave_the_terminal_as_it_was(play, keys, ended, plain):
    terminal = play("text", "--cards=1", *["--plain"] * plain)
    terminal.shows("item00-1")
    terminal.shows("2 h 45" if not plain else "key 2: spam")
    if plain and len(keys) > 1:
        terminal.press(";")
        terminal.shows("note:")
        keys = keys[1:]
    terminal.press(keys)

    assert terminal.ended()[1] == ended
    assert terminal.restored()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_signals_that_end_the_session_leave_the_terminal_as_it_was(play, number):
    terminal = play("text", "--cards=1")
    terminal.shows("item00-1")
    terminal.child.kill(number)

    assert terminal.ended()[1] in {"Interrupted", "KeyboardInterrupt"}
    assert terminal.restored()


def test_ctrl_c_is_heard_while_there_is_no_card_to_answer(play):
    terminal = play("text", "--wait")
    terminal.shows("waiting for a plan")
    terminal.press("\x03\x03\x03")

    assert terminal.ended()[1] == "KeyboardInterrupt"
    assert terminal.restored()


def test_a_failure_leaves_the_terminal_as_it_was(play):
    terminal = play("text", "--fail")

    assert terminal.ended()[1] == "ZeroDivisionError"
    assert terminal.restored()


def test_sigquit_is_ignored_while_a_card_is_on_screen(play):
    terminal = play("text", "--cards=1")
    terminal.shows("item00-1")
    terminal.child.kill(signal.SIGQUIT)
    terminal.press("\x1c1")

    assert terminal.replies() == [[0, "Chosen", "c0"]]


def test_a_window_that_is_closed_ends_the_session_at_once(play):
    terminal = play("text")
    terminal.shows("item00-1")
    terminal.child.close(force=False)

    assert not terminal.child.isalive()


def test_after_a_stop_the_card_is_drawn_again(play):
    terminal = play("text", "--cards=1")
    terminal.shows("item00-1")
    terminal.model.reset()
    terminal.press("\x1a")
    terminal.shows("item00-1")
    terminal.model.reset()
    terminal.child.kill(signal.SIGSTOP)
    terminal.child.kill(signal.SIGCONT)
    terminal.shows("item00-1")
    terminal.press("1")

    assert terminal.replies() == [[0, "Chosen", "c0"]]
