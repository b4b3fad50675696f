"""The one gate between foreign text and the page: what is not a character of any script is made visible.

Escaping of `<`, `&` and quotes is the template engine's, which does it to all text but its own.
"""

from __future__ import annotations

import re
from typing import Final

from activelabel.project.invisible import INVISIBLE, JOINERS

__all__ = ["visible"]

# a page draws line ends and tabs as spaces; joiners move nothing in it but their neighbours
FORBIDDEN: Final = re.compile(f"(?![\t\n{JOINERS}])[{INVISIBLE}]")


def visible(value: object) -> object:
    r"""Return a value as the page may be given it: text with codes in the place of what must not be there.

    Joiners stay, for scripts and emoji need them. Markup made by the template engine, numbers and all else pass as
    they are.

    Examples
    --------
    >>> visible("red \u202e\x1b[2J"), visible("two\nlines"), visible(3)
    ('red <U+202E><U+001B>[2J', 'two\nlines', 3)
    """
    if not isinstance(value, str) or hasattr(value, "__html__"):
        return value
    return FORBIDDEN.sub(lambda found: f"<U+{ord(found[0]):04X}>", value)
