"""The one gate between foreign text and a terminal: what would be obeyed, or would not be seen, is made visible."""

from __future__ import annotations

import re
from typing import Final

from activelabel.project.invisible import INVISIBLE, JOINERS

__all__ = ["safe"]

MOST_MARKS: Final = 4
"""Combining marks let through in a row: no script that is read needs more, and a hundred climb over other lines."""

JOINED: Final = "\u0620-\u06ff\u0750-\u077f\u08a0-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u17ff"
"""Letters of Arabic script, of India, Burma and Cambodia: between two of them a joiner is spelling, and is seen."""
JOINER: Final = f"(?<=[{JOINED}])[{JOINERS}](?=[{JOINED}])"

FORBIDDEN: Final = re.compile(f"(?!{JOINER})[{INVISIBLE}]")
MARKS: Final = (
    "\u0300-\u034e\u0350-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u06d6-\u06dc\u06df-\u06e4"
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u302a-\u302d\u3099\u309a\ufe00-\ufe0f"
    "\ufe20-\ufe2f"
)
RUN_OF_MARKS: Final = re.compile(f"([{MARKS}]{{{MOST_MARKS}}})([{MARKS}]+)")
LEADING_MARK: Final = re.compile(f"^(?=[{MARKS}])", re.MULTILINE)


def safe(text: str, *, newlines: bool = False) -> str:
    r"""Return foreign text as a terminal may be given it.

    Control characters are shown as their pictures or codes, as are bidi controls, zero-width and tag characters,
    fillers and lone surrogates; joiners are let through where they are spelling. Long runs of combining marks are cut
    and counted. What comes out is text, not markup: give it to `rich.text.Text`, never to a function that reads markup.

    Parameters
    ----------
    text
        Anything that comes from data, files, names, settings or exceptions.
    newlines
        Keep line ends, of either kind, as ``\n``, and tabs as four spaces.

    Returns
    -------
    str
        The text; `safe` changes it no further.

    Examples
    --------
    >>> safe("\x1b[2J red \u202e\n")
    '␛[2J red <U+202E>␊'
    >>> safe("one\r\n\ttwo", newlines=True)
    'one\n    two'
    """
    if text.isascii() and text.isprintable():
        return text
    if newlines:
        text = text.replace("\r\n", "\n").replace("\t", "    ")
        return "\n".join(_visible(line) for line in text.split("\n"))
    return _visible(text)


def _visible(line: str) -> str:
    line = FORBIDDEN.sub(_shown, line)
    line = RUN_OF_MARKS.sub(lambda run: f"{run[1]}<+{len(run[2])}>", line)
    # a mark with nothing before it would be drawn on the frame
    return LEADING_MARK.sub("\N{DOTTED CIRCLE}", line)


def _shown(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\N{SYMBOL FOR DELETE}"
    return f"<{code:02X}>" if code < 0xA0 else f"<U+{code:04X}>"
