"""The one gate between foreign text and the page: what is not a character of any script is made visible.

Escaping of `<`, `&` and quotes is the template engine's, which does it to all text but its own.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["visible"]

# no page may hold a NUL or a lone surrogate; controls draw nothing; bidi controls turn round what stands beside them
FORBIDDEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f"
    "\ufeff\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)


def visible(value: object) -> object:
    r"""Return a value as the page may be given it: text with codes in the place of what must not be there.

    Joiners stay, for scripts and emoji need them; in a page they move nothing but their neighbours. Markup made by the
    template engine, numbers and all else pass as they are.

    Examples
    --------
    >>> visible("red \u202e\x1b[2J"), visible("two\nlines"), visible(3)
    ('red <U+202E><U+001B>[2J', 'two\nlines', 3)
    """
    if not isinstance(value, str) or hasattr(value, "__html__"):
        return value
    return FORBIDDEN.sub(lambda found: f"<U+{ord(found[0]):04X}>", value)
