"""Keys of a terminal, one at a time: bytes become keys, and a sequence that begins with Esc is never a letter."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["LEAVING", "NAMED", "Decoder", "Key"]

ESC: Final = "\x1b"
LEAVING: Final = {"\x03": "Ctrl-C", "\x04": "Ctrl-D"}
CONTROL_KEYS: Final = {"\r": "Enter", "\n": "Enter", "\x7f": "Backspace", "\x08": "Backspace", "\t": "Tab"}
SEQUENCES: Final = {
    "A": "Up",
    "B": "Down",
    "C": "Right",
    "D": "Left",
    "H": "Home",
    "F": "End",
    "1~": "Home",
    "4~": "End",
    "5~": "PageUp",
    "6~": "PageDown",
    "7~": "Home",
    "8~": "End",
}
CONTROL_LETTERS: Final = tuple(letter for letter in map(chr, range(ord("A"), ord("Z") + 1)) if letter not in "HIJM")
"""Letters that make a key of their own with Ctrl; the others are Backspace, Tab and Enter."""
NAMED: Final = (
    *dict.fromkeys([*CONTROL_KEYS.values(), *SEQUENCES.values()]),
    *(f"Ctrl-{letter}" for letter in CONTROL_LETTERS),
)
"""Names of keys that are no character, but for Esc, which only closes what is open."""
STRINGS: Final = "]P_^X"  # what begins a string after Esc; it ends with Esc \\, or with BEL
REPORT: Final = re.compile(r"\x1b(\[\?[\d;]*c|\[6;\d+;\d+t|_G.*|P>\|.*)", re.DOTALL)
REPORT_STRINGS: Final = (f"{ESC}_G", f"{ESC}P>|")
PASTE_BEGINS, PASTE_ENDS = "200~", f"{ESC}[201~"
LONGEST_PASTE: Final = 1_000_000  # characters kept of one; the rest is read and dropped


@dataclass(frozen=True, slots=True)
class Key:
    """A key that was pressed: its name, and for a paste the text.

    The name of a printable key is its character. Others are called as people call them: Enter, Backspace, Esc,
    PageDown, Ctrl-R; Paste, Report for what the terminal itself says, and Other for what has no use here.
    """

    name: str
    text: str = ""


class Decoder:
    r"""Turns what a terminal sends into keys, whatever pieces it arrives in.

    Ctrl-C and Ctrl-D are keys wherever they come, so that no unfinished sequence can lock the person in.

    Examples
    --------
    >>> [key.name for key in Decoder().feed(b"1\x1b[6~\x1b[201;5u2\r")]
    ['1', 'PageDown', 'Other', '2', 'Enter']
    """

    def __init__(self) -> None:
        self._characters = codecs.getincrementaldecoder("utf-8")("replace")
        self._reading: str | None = None  # what there is of a sequence, from its Esc on
        self._pasted: list[str] | None = None
        self._late = False
        self._settled = False

    @property
    def waits(self) -> bool:
        """Whether a sequence has begun of which the rest may still be on its way."""
        return self._reading is not None and not self._settled

    def feed(self, data: bytes) -> list[Key]:
        """Return the keys that these bytes complete."""
        return [key for character in self._characters.decode(data) for key in self._take(character)]

    def flush(self) -> list[Key]:
        """Return what an unfinished sequence stands for when nothing more has come for a while: a lone Esc is a key."""
        reading, self._reading = self._reading, None
        if reading is None:
            return []
        if reading == ESC:
            self._late = True
            return [Key("Esc")]
        if reading.startswith((f"{ESC}[", *REPORT_STRINGS)) or reading == f"{ESC}O":
            # the rest of these always comes: a slow line must not turn it into letters
            self._reading, self._settled = reading, True
            return []
        return [Key("Other")]

    def _take(self, character: str) -> Iterator[Key]:
        late, self._late, self._settled = self._late, False, False
        if character in LEAVING:
            self._reading = self._pasted = None
            yield Key(LEAVING[character])
        elif self._pasted is not None:
            yield from self._take_pasted(self._pasted, character)
        elif self._reading is not None:
            yield from self._take_in_sequence(character)
        elif character == ESC:
            self._reading = ESC
        elif character == "\x9b" or (late and character == "["):
            self._reading = f"{ESC}["
        else:
            yield _plain_key(character)

    def _take_in_sequence(self, character: str) -> Iterator[Key]:
        before = self._reading or ESC
        if character == ESC:
            # the end of a string may have begun, or a new sequence after one that was broken off
            self._reading = before + ESC if before[1:2] in tuple(STRINGS) else ESC
            return
        if before[1:].endswith(ESC) and character != "\\":
            before = ESC
        self._reading = before + character
        if not _is_whole(self._reading):
            return
        whole, self._reading = self._reading, None
        if whole == f"{ESC}[{PASTE_BEGINS}":
            self._pasted = []
        elif REPORT.fullmatch(whole):
            yield Key("Report", whole)
        else:
            yield Key(SEQUENCES.get(whole[2:], "Other"))

    def _take_pasted(self, pasted: list[str], character: str) -> Iterator[Key]:
        pasted.append(character)
        if character == "~" and "".join(pasted[-len(PASTE_ENDS) :]) == PASTE_ENDS:
            self._pasted = None
            yield Key("Paste", "".join(pasted[: -len(PASTE_ENDS)]))
        elif len(pasted) > LONGEST_PASTE:
            del pasted[LONGEST_PASTE // 2 : -len(PASTE_ENDS)]


def _plain_key(character: str) -> Key:
    if character.isprintable() and character != "\N{REPLACEMENT CHARACTER}":
        return Key(character)
    if character in CONTROL_KEYS:
        return Key(CONTROL_KEYS[character])
    return Key(f"Ctrl-{chr(ord(character) + 64)}" if "\x01" <= character <= "\x1a" else "Other")


def _is_whole(sequence: str) -> bool:
    """Return whether a sequence of two characters or more has come to its end (ECMA-48, and two dialects)."""
    kind, last = sequence[1], sequence[-1]
    if kind == "[":
        # the Linux console sends function keys as Esc [ [ A
        return len(sequence) > 2 and "@" <= last <= "~" and sequence != f"{ESC}[["
    if kind == "O":
        return len(sequence) > 2
    if kind in STRINGS:
        return last in "\x07\x9c" or sequence.endswith(f"{ESC}\\")
    return True  # Alt and a character
