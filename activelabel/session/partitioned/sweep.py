"""A sweep: labels for every row of the pool by the model of today, and rows that are worth joining the working set.

Nothing is fitted on a part: features, model and clusters are those of the working set, sent to whoever reads.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from activelabel.errors import BadData
from activelabel.learning.clusterers.assignment import nearest_centres
from activelabel.learning.clusterers.kmeans import by_size
from activelabel.learning.strategies.uncertainty import margin_score
from activelabel.project.another_file import blank_pictures, typed_batch
from activelabel.project.cells import as_texts
from activelabel.project.classes import kept_name
from activelabel.project.identity import rows_in, unit_hashes
from activelabel.project.predictions import writing_predictions
from activelabel.project.readers.files import Reading, check_columns
from activelabel.project.readers.partitions import Partitions
from activelabel.project.visitors import join_visitors
from activelabel.project.working_set import rows_of
from activelabel.session.lessons import generator
from activelabel.session.partitioned.candidates import Candidates, best_of
from activelabel.session.partitioned.statistics import ClusterStatistics, drift

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from numpy.typing import NDArray

    from activelabel.learning.decision import Decision
    from activelabel.project.dataset import Dataset
    from activelabel.project.layout import Layout
    from activelabel.project.ledger import Ledger
    from activelabel.project.predictions import KnownLabels, PredictionWriter
    from activelabel.project.readers.partitions import Chunk
    from activelabel.project.typed import TableSchema
    from activelabel.project.working_set import Runner
    from activelabel.records.contents import ColumnTable
    from activelabel.session.predictor import Forecaster, Predictor

__all__ = ["Swept", "join_candidates", "sweep"]

CLUSTERS = 50
VISITORS = 500
"""Rows that join at most: in doubt and unlike each other, far more than are asked before the next look."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """What is the same for all parts of a pool.

    Attributes
    ----------
    columns
        Of the pool's files.
    schema, forecaster, decision
        From a row as read to its features, its probabilities and its label.
    known
        Labels that stand above the model's.
    named
        What a cell of the label column may say, in lower case -> the number of the class that it counts as.
    centres
        Shape (c, d), of clusters of the working set.
    out
        The folder for the predictions.
    """

    columns: pa.Schema
    schema: TableSchema
    forecaster: Forecaster
    decision: Decision
    known: KnownLabels
    named: Mapping[str, int]
    centres: NDArray[np.float32]
    out: Path


@dataclass(frozen=True, slots=True)
class Swept:
    """What was found in some parts of a pool, or in all.

    Attributes
    ----------
    items, blanks
        Rows, and pictures among them that cannot be read.
    labels
        Shape (k,): how many rows have each label.
    clusters
        How the rows lie about the clusters of the working set.
    candidates
        The best of them.
    """

    items: int
    blanks: int
    labels: NDArray[np.intp]
    clusters: ClusterStatistics
    candidates: Candidates

    def __add__(self, other: Swept) -> Swept:
        """Return what was found in the parts of both."""
        return Swept(
            self.items + other.items,
            self.blanks + other.blanks,
            self.labels + other.labels,
            self.clusters + other.clusters,
            best_of([self.candidates, other.candidates]),
        )


def sweep(
    predictor: Predictor,
    ledger: Ledger,
    known: KnownLabels,
    out: Path,
    run: Runner,
    on_rows: Callable[[int], None],
) -> tuple[Swept, float]:
    """Label every row of the project's pool, into one file for each part; return what was found, and the drift.

    Parameters
    ----------
    predictor
        The model, as it was fitted on the working set.
    ledger
        Knows which class a label that came with the data counts as.
    known
        Labels that stand above the model's.
    out
        An empty folder that all who work can reach.
    run
        Who works.
    on_rows
        Told how many rows were labelled so far.

    Raises
    ------
    BadData
        If there are no rows, a column or a file is gone, or one holds what is not to be in its columns.
    """
    dataset, decision = predictor.workshop.dataset, predictor.lesson.decision
    if decision is None:
        raise ValueError("a model without a decision")
    path = Path(dataset.settings.data)
    pool = Partitions(path, Reading())
    check_columns(path, pool.names, dataset.settings.roles.columns)
    centres, sample = _centres(predictor)
    forecaster = predictor.forecaster
    named = _named(dataset, ledger)
    common = Sweep(pool.schema, dataset.schema, forecaster, decision, known, named, centres, out)
    chunks = pool.chunks()
    if not chunks:
        raise BadData(f"{path}: no rows", hint="have the files been emptied?")
    found = reduce(Swept.__add__, _followed(run(_swept, common, chunks), on_rows))
    return found, drift(found.clusters, sample, centres)


def join_candidates(predictor: Predictor, found: Swept, layout: Layout) -> int:
    """Have those candidates join the working set that are in doubt and unlike each other; return how many did.

    Raises
    ------
    BadData
        If the copy of the working set cannot be read back.
    """
    dataset = predictor.workshop.dataset
    if dataset.pool is None or not len(found.candidates.units):
        return 0
    chosen = found.candidates.diverse(VISITORS, generator(predictor.ground.seed, "visitors", len(dataset.unit_ids)))
    units = chosen.units.astype(str).tolist()
    join_visitors(dataset, layout.cache, chosen.rows.select(dataset.names).combine_chunks().to_batches(), units)
    return len(units)


def _followed(coming: Iterable[Swept], on_rows: Callable[[int], None]) -> Iterable[Swept]:
    done = 0
    for each in coming:
        yield each
        done += each.items
        on_rows(done)


def _centres(predictor: Predictor) -> tuple[NDArray[np.float32], ClusterStatistics]:
    """Return the centres of one half of the random sample, shape (c, d), and how the other half lies about them.

    Rows are in the order of their hash, so that every second one is a half at random; visitors are in neither.
    """
    dataset, ground = predictor.workshop.dataset, predictor.ground
    visitors = np.array(dataset.pool.visitors if dataset.pool else (), dtype="S20")
    sample = ground.features[~np.isin(dataset.unit_ids, visitors)]
    half, other = sample[::2], sample[1::2]
    found = by_size(half, CLUSTERS, generator(ground.seed, "sweep"))
    own = ClusterStatistics.of(half, found.labels, len(found.medoids))
    centres = (own.sums / own.members[:, None]).astype(np.float32)
    return centres, ClusterStatistics.of(other, nearest_centres(other, centres)[0], len(centres))


def _named(dataset: Dataset, ledger: Ledger) -> dict[str, int]:
    """Return the name of each class in the data or of today, in lower case -> number of the class that it is today."""
    numbers = {class_id: number for number, class_id in enumerate(ledger.classes)}
    found = {}
    for name in (*dataset.labels(), *(known.name for known in ledger.classes.values())):
        if known := ledger.classes.get(ledger.once_called(name) or "") or ledger.find_class(name):
            found[name.casefold()] = numbers[known.id]
    return found


def _swept(common: Sweep, chunk: Chunk) -> Swept:
    """Label the rows of one part, block by block: memory does not grow with their number."""
    settings, number = common.schema.settings, chunk.start + 1
    found: Swept | None = None
    with writing_predictions(common.out, chunk.name, common.known.classes, settings.roles.id) as writer:
        for batch in rows_of(settings, chunk, common.columns):
            table = typed_batch(common.schema, Path(chunk.path), batch, number)
            block = _labelled(common, chunk, batch, table, writer)
            found = found + block if found else block
            number += batch.num_rows
    if found is None:
        raise ValueError("a chunk without rows")
    return found


def _labelled(
    common: Sweep, chunk: Chunk, batch: pa.RecordBatch, table: ColumnTable, writer: PredictionWriter
) -> Swept:
    """Write the labels of a block and return what was found in it."""
    roles, forecaster = common.schema.settings.roles, common.forecaster
    units = unit_hashes(batch, roles.identity)
    features = forecaster.featurizer.transform(table)
    proba = forecaster.proba(units, features)
    ids = as_texts(batch.column(roles.id)) if roles.id else None
    is_inside = rows_in(forecaster.units, units) >= 0
    is_labelled, imported = _imported(common, batch)
    # of contents of the project its labels tell: somebody may have answered otherwise
    known = common.known.of(units, np.where(is_inside, -1, imported))
    labels = writer.write(units, ids, common.decision.two_likeliest(proba), known)
    clusters, _ = nearest_centres(features, common.centres)
    every = Candidates(
        pa.Table.from_batches([batch]), units, margin_score(proba), clusters, features, np.full(len(units), chunk.name)
    )
    return Swept(
        items=batch.num_rows,
        blanks=blank_pictures(batch, roles.image),
        labels=np.bincount(labels, minlength=len(common.known.classes)),
        clusters=ClusterStatistics.of(features, clusters, len(common.centres)),
        candidates=every.best(np.flatnonzero(~is_inside & ~is_labelled)),
    )


def _imported(common: Sweep, batch: pa.RecordBatch) -> tuple[NDArray[np.bool_], NDArray[np.intp]]:
    """Return which rows came with a label, and the number of its class, -1 for none of the project's; shape (r,)."""
    column = common.schema.settings.roles.label
    if not column:
        return np.zeros(batch.num_rows, dtype=bool), np.full(batch.num_rows, -1)
    written = as_texts(batch.column(column)).fill_null("").dictionary_encode()
    meant = [kept_name(text).casefold() for text in written.dictionary.to_pylist()]
    codes = written.indices.to_numpy()
    numbers = np.array([common.named.get(name, -1) for name in meant], dtype=np.intp)
    return np.array([name != "" for name in meant])[codes], numbers[codes]
