"""Foreign text in Markdown and in the YAML before it: shown, never obeyed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from activelabel.project.invisible import INVISIBLE, JOINERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["in_markdown", "in_yaml", "table"]

MEANT = re.compile(r"[\\`*_{}\[\]<>#|~&$@!^:]|(?<=www)\.|^[-+=]", re.IGNORECASE)
"""Characters that mark something up; some do so at the beginning only."""

NUMBERED = re.compile(r"^(\d+)([.)])")
HIDDEN = re.compile(f"(?![{JOINERS}])[{INVISIBLE}]")


def in_markdown(text: str) -> str:
    r"""Return text of one line that Markdown shows as it is; what would move or hide other text is named instead.

    Examples
    --------
    >>> print(in_markdown("- a: b | <b>*c*</b>"))
    \- a\: b \| \<b\>\*c\*\</b\>
    >>> print(in_markdown("1. x\u202ey\nz"))
    1\. x(U+202E)y z
    """
    line = " ".join(text.split())
    named = HIDDEN.sub(lambda found: f"(U+{ord(found[0]):04X})", line)
    marked = MEANT.sub(lambda found: f"\\{found[0]}", named)
    return NUMBERED.sub(r"\1\\\2", marked)


def in_yaml(text: str) -> str:
    r"""Return text as a quoted scalar, on one line.

    References
    ----------
    YAML 1.2.2, section 7.3.1 (double-quoted style) and 5.7 (escaped characters).

    Examples
    --------
    >>> print(in_yaml('- a: "b"'), in_yaml("x\ny\u2028z"))
    "- a: \"b\"" "x\ny\u2028z"
    """
    return f'"{"".join(map(_escaped, text))}"'


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; its first column is text, the others are numbers.

    Examples
    --------
    >>> print(table(("class", "labels"), [("owl", "3")]))
    | class | labels |
    |---|---:|
    | owl | 3 |
    """
    ruled = ["---", *["---:"] * (len(head) - 1)]
    lines = [" | ".join(cells) for cells in (head, *rows)]
    return "\n".join([f"| {lines[0]} |", f"|{'|'.join(ruled)}|", *(f"| {line} |" for line in lines[1:])])


def _escaped(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    if character.isprintable():
        return character
    code = ord(character)
    if character == "\n":
        return r"\n"
    if 0xD800 <= code <= 0xDFFF:
        # half a character: no file can hold it
        return "\ufffd"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
