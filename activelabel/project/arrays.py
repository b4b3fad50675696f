"""Cached matrices, keyed by what they were made from: delete them at will, they are made again."""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import numpy as np

from activelabel.project.files import written_aside

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

__all__ = ["ArrayCache"]


class ArrayCache:
    """Arrays in a folder, one file each; only arrays, never objects, so that reading one runs nothing.

    Examples
    --------
    >>> from tempfile import mkdtemp
    >>> from pathlib import Path
    >>> cache = ArrayCache(Path(mkdtemp()))
    >>> cache.get_or_make("squares", {"n": 3}, lambda: np.arange(3) ** 2)
    array([0, 1, 4])
    >>> cache.get_or_make("squares", {"n": 3}, lambda: np.zeros(3)).tolist()
    [0, 1, 4]
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get_or_make(self, name: str, made_from: Mapping[str, Any], make: Callable[[], NDArray[Any]]) -> NDArray[Any]:
        """Return the array called `name` that was made from these values, making and keeping it when there is none.

        `made_from` holds all that decides the result, with a version of the code that makes it. Arrays of the same
        name made from other values are dropped.
        """
        path = self._path(name, made_from)
        found = self._read(path)
        if found is not None:
            return found
        made = make()
        self._folder.mkdir(parents=True, exist_ok=True)
        with written_aside(path, durable=False) as file:
            np.save(file, made, allow_pickle=False)
        for stale in self._folder.glob(f"{name}-*.npy"):
            if stale != path:
                stale.unlink(missing_ok=True)
        return made

    def _path(self, name: str, made_from: Mapping[str, Any]) -> Path:
        key = json.dumps(made_from, sort_keys=True, default=str)
        return self._folder / f"{name}-{blake2b(key.encode(), digest_size=8).hexdigest()}.npy"

    @staticmethod
    def _read(path: Path) -> NDArray[Any] | None:
        try:
            return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
        except (OSError, ValueError, EOFError):
            return None
