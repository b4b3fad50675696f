"""What stays the same while answers come in: the data set, its features, its clusters, in the order of identity.

Everything here is a cache: it is read when it is there and made when it is not, always from the project's settings.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from activelabel.errors import BadData
from activelabel.learning.features.choose import featurizer_for, hints_of, version_of
from activelabel.learning.indexes import EXACT_ROWS, road_of
from activelabel.learning.kept import store_in
from activelabel.project.arrays import ArrayCache
from activelabel.project.dataset import Dataset
from activelabel.project.recorded import ledger_of
from activelabel.project.working_set import draw_working_set
from activelabel.records.kinds import Modality
from activelabel.session.lessons import Ground, generator

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from activelabel.learning.features.choose import Featurizer
    from activelabel.project.layout import Layout
    from activelabel.records.settings import Settings

__all__ = ["Features", "Workshop", "open_dataset", "open_workshop"]

LISTS_VERSION = 1
"""Of what finds near duplicates and neighbours; to be raised when either changes what it finds."""


class Features:
    """The features of a data set, and what made them.

    Parameters
    ----------
    dataset
        Its table and its seed decide everything.
    cache
        Where arrays are kept.
    """

    def __init__(self, dataset: Dataset, cache: ArrayCache) -> None:
        self._dataset = dataset
        self._cache = cache
        self._featurizer: Featurizer | None = None
        settings = dataset.settings
        self._made_from: dict[str, Any] = {
            "fingerprint": dataset.fingerprint,
            "roles": settings.roles,
            "version": version_of(settings.modality),
            "seed": settings.seed,
        }

    @property
    def featurizer(self) -> Featurizer:
        """What made the features, fitted anew on the same rows with the same seed where they came from the cache."""
        if self._featurizer is None:
            table = self._dataset.table()
            self._featurizer = featurizer_for(table).fit(table, self._generator())
        return self._featurizer

    def of_rows(self) -> NDArray[np.float32]:
        """Return shape (n, d), the rows in the order of the data set's units."""
        return self._cache.get_or_make("features", self._made_from, self._fit)

    def lasting(self, name: str, make: Callable[[], NDArray[Any]]) -> NDArray[Any]:
        """Return an array that follows from the features alone, from the cache where it is there."""
        return self._cache.get_or_make(name, {**self._made_from, "lists": LISTS_VERSION, "by": road_of()}, make)

    def of_names(self, names: Sequence[str]) -> NDArray[np.float32] | None:
        """Return what the names of k classes would be as rows (`Pool.hints`); None where the content is not words."""
        if self._dataset.settings.modality is not Modality.TEXT:
            return None

        def make() -> NDArray[np.float32]:
            return cast("NDArray[np.float32]", hints_of(self.featurizer, names))

        return self._cache.get_or_make("hints", {**self._made_from, "names": list(names)}, make)

    def _fit(self) -> NDArray[np.float32]:
        table = self._dataset.table()
        self._featurizer = featurizer_for(table)
        return self._featurizer.fit_transform(table, self._generator())

    def _generator(self) -> np.random.Generator:
        return generator(self._dataset.settings.seed, "features")


@dataclass(frozen=True)
class Workshop:
    """A data set ready to learn from.

    Attributes
    ----------
    dataset
        The project's own copy of the data; its rows are units in the order of their hash.
    ground
        The arrays that learning starts from.
    features
        What the arrays were made by, and what other content would be like in the same features.
    known
        Shape (n,) of str: answers known beforehand, which only measure; "" where there is none.
    """

    dataset: Dataset
    ground: Ground
    features: Features
    known: NDArray[np.object_] | None

    @cached_property
    def audit_order(self) -> NDArray[np.intp]:
        """Shape (n,): all rows in the project's fixed random order."""
        return self.dataset.audit_order(self.ground.seed)


def open_workshop(
    layout: Layout, settings: Settings, build: Callable[[Settings, Path], Dataset] | None = None
) -> Workshop:
    """Return the project's data and features, from its cache where they are there.

    Parameters
    ----------
    layout, settings
        The project.
    build
        Makes the copy of the data where there is none; by default it is read again in this process.

    Raises
    ------
    BadData
        If the cache was deleted and the data file cannot be read any more.
    """
    dataset = open_dataset(layout, settings, build)
    if not dataset.n_units:
        raise BadData(f"no rows: {settings.data}", "give a file with a header and at least one row")
    features = Features(dataset, ArrayCache(layout.cache))
    rows = features.of_rows()
    # of fewer rows neighbours and near duplicates are found in a second or two
    if len(rows) > EXACT_ROWS:
        store_in(rows, features.lasting)
    ground = Ground(
        features=rows,
        weights=dataset.weights,
        groups=dataset.groups(),
        algorithms=dataset.settings.algorithms,
        seed=dataset.settings.seed,
    )
    return Workshop(dataset, ground, features, _known(dataset))


def open_dataset(
    layout: Layout, settings: Settings, build: Callable[[Settings, Path], Dataset] | None = None
) -> Dataset:
    """Return the project's copy of its data, made anew where there is none.

    A working set made anew has all that something was said of, which its order does not tell. Parameters and failures
    are those of `open_workshop`.
    """
    if found := Dataset.open(layout.cache, settings):
        return found
    if build:
        return build(settings, layout.cache)
    if not (settings.working_set and layout.labels.exists()):
        return Dataset.build(settings, layout.cache)
    ledger = ledger_of(layout)
    told = ledger.answers.keys() | ledger.doubted.keys() | ledger.spread().keys()
    return Dataset.build(settings, layout.cache, drawn=draw_working_set(settings, told))


def _known(dataset: Dataset) -> NDArray[np.object_] | None:
    return dataset.column(dataset.settings.roles.known) if dataset.settings.roles.known else None
