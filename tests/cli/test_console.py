import io

import pytest
from rich.text import Text

from activelabel.cli.console import Streams, console_on

XTERM = {"TERM": "xterm-256color"}


class Screen(io.StringIO):
    def isatty(self):
        return True


def written(text, environ, *, no_color=False, stream=None):
    out = stream or Screen()
    console_on(out, environ=environ, no_color=no_color).print(text, style="field")
    return out.getvalue()


def test_a_terminal_gets_colour():
    assert "\x1b[36m" in written("x", XTERM)


@pytest.mark.parametrize("environ", [{**XTERM, "NO_COLOR": "1"}, {**XTERM, "NO_COLOR": "1", "FORCE_COLOR": "1"}])
def test_no_color_means_no_colour(environ):
    assert "\x1b" not in written("x", environ)


def test_the_option_means_no_colour():
    assert "\x1b" not in written("x", XTERM, no_color=True)


@pytest.mark.parametrize("term", ["dumb", "unknown", ""])
def test_a_terminal_that_obeys_no_codes_gets_none(term):
    assert written(Text("x", "bold"), {"TERM": term}) == "x\n"


def test_a_pipe_gets_no_codes_unless_they_are_forced():
    assert written("x", XTERM, stream=io.StringIO()) == "x\n"
    assert "\x1b[36m" in written("x", {**XTERM, "FORCE_COLOR": "1"}, stream=io.StringIO())


def test_text_is_no_markup_no_emoji_code_and_not_highlighted():
    assert written("[/nope] [bold]1[/bold] :warning:", {}) == "[/nope] [bold]1[/bold] :warning:\n"


def test_a_locale_that_cannot_write_a_name_replaces_it():
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii", errors="strict")
    console_on(stream).print("naïve")
    stream.flush()

    assert raw.getvalue() == b"na?ve\n"


def test_what_is_said_is_safe_and_never_broken_into_lines():
    out, talk = io.StringIO(), io.StringIO()
    streams = Streams(console_on(out), console_on(talk))
    streams.say("word " * 60 + "\x1b[2J[/x]")

    assert talk.getvalue() == "word " * 60 + "␛[2J[/x]\n"
    assert out.getvalue() == ""


def test_data_is_emitted_as_it_is():
    out = io.StringIO()
    Streams(console_on(out), console_on(io.StringIO())).emit('{"a": "[b]"}')

    assert out.getvalue() == '{"a": "[b]"}\n'


def test_a_closed_stream_swallows_all():
    console_on(None).print("x")
