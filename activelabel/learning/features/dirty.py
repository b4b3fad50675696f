"""Columns that skrub reads: categories of many levels or many spellings, and dates."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Self

import numpy as np
import pandas as pd
from skrub import DatetimeEncoder, StringEncoder

from activelabel.learning.features.numbers import NumberScaler
from activelabel.learning.threads import one_thread

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["DateEncoder", "NameEncoder"]


class NameEncoder:
    """Names compared by the letters they are made of, on 30 axes that together vary as much as one column of numbers.

    Attributes
    ----------
    width
        Columns that come out; 0 where the names have nothing to compare.

    References
    ----------
    Cerda, Varoquaux (2022), Encoding High-Cardinality String Categorical Variables.
    """

    def __init__(self, seed: int) -> None:
        self.width = 0
        self._encoder = StringEncoder(random_state=seed)
        self._mean = np.empty(0)
        self._per_unit = 1.0

    def fit(self, column: NDArray[np.object_]) -> Self:
        """Learn the axes from shape (n,)."""
        try:
            with one_thread(), warnings.catch_warnings():
                # fewer than 30 axes are no mistake here
                warnings.simplefilter("ignore", UserWarning)
                encoded = self._encoder.fit_transform(pd.Series(column, name="names")).to_numpy(np.float64)
        except ValueError:  # nothing but punctuation: no vocabulary
            return self
        variance = encoded.var(axis=0).sum()
        self._mean = encoded.mean(axis=0)
        self._per_unit = 1.0 / np.sqrt(variance) if variance > 0 else 0.0
        self.width = encoded.shape[1]
        return self

    def write(self, column: NDArray[np.object_], out: NDArray[np.float32]) -> None:
        """Write the axes of shape (n,) to `out` (n, width)."""
        if self.width:
            with one_thread():
                encoded = self._encoder.transform(pd.Series(column, name="names")).to_numpy(np.float64)
            out[:] = (encoded - self._mean) * self._per_unit


class DateEncoder:
    """Year, month, day, hour, weekday and seconds of a date, together as wide as one column of numbers.

    Attributes
    ----------
    width
        Columns that come out.
    """

    def __init__(self) -> None:
        self.width = 0
        self._encoder = DatetimeEncoder(resolution="hour", add_weekday=True)
        self._origin = np.empty(0)
        self._scaler = NumberScaler()

    def fit(self, column: NDArray[np.object_]) -> Self:
        """Learn the scales from shape (n,) of ISO 8601 text."""
        parts = self._encoder.fit_transform(_dates(column)).to_numpy(np.float64)
        # seconds since 1970 do not fit into float32; seconds since the first date do well enough
        self._origin = np.where(np.isfinite(parts), parts, np.inf).min(axis=0)
        self._origin[~np.isfinite(self._origin)] = 0.0
        self._scaler.fit(self._since(parts))
        self.width = self._scaler.width
        return self

    def write(self, column: NDArray[np.object_], out: NDArray[np.float32]) -> None:
        """Write the parts of shape (n,) to `out` (n, width)."""
        self._scaler.write(self._since(self._encoder.transform(_dates(column)).to_numpy(np.float64)), out)
        out /= np.float32(np.sqrt(self.width))

    def _since(self, parts: NDArray[np.float64]) -> NDArray[np.float32]:
        return (parts - self._origin).astype(np.float32)


def _dates(column: NDArray[np.object_]) -> pd.Series[pd.Timestamp]:
    """Return moments in UTC; what is missing or no date is missing."""
    return pd.to_datetime(pd.Series(column, name="date"), errors="coerce", format="ISO8601", utc=True)
