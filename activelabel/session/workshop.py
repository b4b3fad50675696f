"""What stays the same while answers come in: the data set, its features, its clusters, in the order of identity.

Everything here is a cache: it is read when it is there and made when it is not, always from the project's settings.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from activelabel.errors import BadData
from activelabel.learning.features.choose import featurizer_for, version_of
from activelabel.project.arrays import ArrayCache
from activelabel.project.dataset import Dataset
from activelabel.session.pipeline import Ground, generator

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from activelabel.project.layout import Layout
    from activelabel.records import Settings

__all__ = ["Workshop", "open_workshop"]


@dataclass(frozen=True, slots=True)
class Workshop:
    """A data set ready to learn from.

    Attributes
    ----------
    dataset
        The project's own copy of the data; its rows are units in the order of their hash.
    ground
        The arrays that learning starts from.
    known
        Shape (n,) of str: answers known beforehand, which only measure; "" where there is none.
    """

    dataset: Dataset
    ground: Ground
    known: NDArray[np.object_] | None


def open_workshop(layout: Layout, settings: Settings, on_rows: Callable[[int], None] | None = None) -> Workshop:
    """Return the project's data and features, from its cache where they are there.

    Raises
    ------
    BadData
        If the cache was deleted and the data file cannot be read any more.
    """
    dataset = Dataset.open(layout.cache, settings) or Dataset.build(settings, layout.cache, on_rows)
    if not dataset.n_units:
        raise BadData(f"no rows: {settings.data}", "give a file with a header and at least one row")
    return Workshop(dataset, _ground(layout, dataset), _known(dataset))


def _ground(layout: Layout, dataset: Dataset) -> Ground:
    settings = dataset.settings
    table = None

    def featurize() -> NDArray[np.float32]:
        nonlocal table
        table = dataset.table()
        return featurizer_for(table).fit_transform(table, generator(settings.seed, "features"))

    made_from = {"fingerprint": dataset.fingerprint, "roles": settings.roles, "version": version_of(settings.modality)}
    features = ArrayCache(layout.cache).get_or_make("features", {**made_from, "seed": settings.seed}, featurize)
    return Ground(
        features=features,
        weights=dataset.weights,
        groups=dataset.groups(),
        algorithms=settings.algorithms,
        seed=settings.seed,
    )


def _known(dataset: Dataset) -> NDArray[np.object_] | None:
    return dataset.column(dataset.settings.roles.known) if dataset.settings.roles.known else None
