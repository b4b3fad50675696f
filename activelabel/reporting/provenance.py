"""What a report was made from and by: enough to make it again."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from activelabel import __version__

__all__ = ["Provenance", "provenance"]

LIBRARIES = ("numpy", "scipy", "scikit-learn", "scikit-image", "skrub", "pandas", "pyarrow", "pillow")
"""Those that figures depend on."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where the figures come from, beside what `Origin` says.

    Attributes
    ----------
    made
        When the report was made, UTC, ISO 8601.
    activelabel, python
        Versions.
    libraries
        Name -> version of the libraries that figures depend on.
    fingerprint
        Of the contents of the data, in whatever order.
    seed
        Of all randomness.
    """

    made: str
    activelabel: str
    python: str
    libraries: dict[str, str]
    fingerprint: str
    seed: int


def provenance(made: str, fingerprint: str, seed: int) -> Provenance:
    """Return where figures come from that are made here and now.

    Examples
    --------
    >>> provenance("2026-01-01T10:00:00+00:00", "3f2a", 0).seed
    0
    """
    found = {name: known for name in LIBRARIES if (known := _version(name))}
    return Provenance(made, __version__, platform.python_version(), found, fingerprint, seed)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
