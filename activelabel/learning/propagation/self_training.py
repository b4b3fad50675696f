"""A classifier that goes on learning from what it is surest of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse.csgraph import connected_components

from activelabel.learning.models.learners import logistic_regression
from activelabel.learning.models.prediction import predict
from activelabel.learning.neighbours import graph_of
from activelabel.learning.propagation.lineage import finish, one_hot, require_labels

if TYPE_CHECKING:
    from activelabel.learning.protocols import Pool, Propagation

__all__ = ["self_training"]

ROUNDS = 10
SURE = 0.9
"""A label is its own when the classifier gives it nine tenths: errors that are learnt from are never unlearnt."""


def self_training(pool: Pool, rng: np.random.Generator) -> Propagation:
    """Let logistic regression label what it is 90 % sure of, learn from that too, and so on for up to ten rounds.

    Rows that it never became sure of are not reached, nor are those that no path of the neighbour graph joins to a
    label: there a classifier is sure for no reason.

    Parameters
    ----------
    pool
        Needs one label or more.
    rng
        Given to the classifier, in which nothing is random.

    References
    ----------
    Scudder (1965), Probability of Error of Some Adaptive Pattern-Recognition Machines; Yarowsky (1995), Unsupervised
    Word Sense Disambiguation Rivaling Supervised Methods.
    """
    require_labels(pool)
    _, parts = connected_components(graph_of(pool), directed=False)
    joined = np.isin(parts, parts[pool.labelled])
    known = np.zeros(len(pool), dtype=bool)
    known[pool.labelled] = True
    labels = np.zeros(len(pool), dtype=np.intp)
    labels[pool.labelled] = pool.labels
    for _ in range(ROUNDS):
        model = logistic_regression(rng).fit(pool.features[known], labels[known])
        proba = predict(model, pool.features, pool.n_classes)
        fresh = joined & ~known & (proba.max(axis=1) >= SURE)
        if not fresh.any():
            break
        labels[fresh] = proba[fresh].argmax(axis=1)
        known |= fresh
    proba[~known] = 0.0
    # what was learnt from stays what it was taken for, whatever the last round makes of it
    changed = known & (proba.argmax(axis=1) != labels)
    proba[changed] = one_hot(labels[changed], pool.n_classes)
    return finish(pool, proba, np.zeros(len(pool), dtype=np.intp))
