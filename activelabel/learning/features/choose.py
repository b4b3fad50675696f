"""From a table of any modality to the featurizer that fits it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, Self, cast

from activelabel.learning.registry import load
from activelabel.records.kinds import Modality

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from activelabel.records.contents import ColumnTable

__all__ = ["FEATURIZERS", "Featurizer", "featurizer_for", "hints_of", "version_of"]

FEATURIZERS: dict[Modality, str] = {
    Modality.TABLE: "features.tabular:TabularFeaturizer",
    Modality.TEXT: "features.text:TextFeaturizer",
    Modality.IMAGE: "features.image:ImageFeaturizer",
    Modality.VECTORS: "features.vectors:VectorFeaturizer",
}


class Featurizer(Protocol):
    """Turns content into numbers whose distances mean something: comparable scales, nothing missing.

    Attributes
    ----------
    version
        Raised with every change of the numbers that come out; part of the key of cached features.
    """

    version: str

    def fit(self, table: ColumnTable, rng: np.random.Generator) -> Self:
        """Learn scales, levels, vocabularies and axes from n >= 1 items."""
        ...

    def transform(self, table: ColumnTable) -> NDArray[np.float32]:
        """Return shape (n, d), d >= 1, all finite; levels and words not seen in `fit` count as nothing."""
        ...

    def fit_transform(self, table: ColumnTable, rng: np.random.Generator) -> NDArray[np.float32]:
        """Fit, and return the features of the same items."""
        ...


def featurizer_for(table: ColumnTable) -> Featurizer:
    """Return an unfitted featurizer for a table of that modality.

    A table whose numbers are pixels is pictures, whatever it says of itself.
    """
    modality = Modality.IMAGE if table.pixels is not None else table.modality
    return cast("Featurizer", load(FEATURIZERS[modality])())


def version_of(modality: Modality) -> str:
    """Return the version of what turns this modality into numbers.

    Examples
    --------
    >>> version_of(Modality.VECTORS)
    'vectors-1'
    """
    return cast("Featurizer", load(FEATURIZERS[modality])).version


def hints_of(featurizer: Featurizer, names: Sequence[str]) -> NDArray[np.float32] | None:
    """Return what the names of k classes would be as rows (`Pool.hints`); None where the content is not words.

    Parameters
    ----------
    featurizer
        Fitted.
    """
    hints = getattr(featurizer, "hints", None)
    return None if hints is None else cast("NDArray[np.float32]", hints(names))
