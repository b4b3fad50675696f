"""Ask where classifiers of different kinds contradict each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from activelabel.learning.models.learners import logistic_regression, random_forest, svm
from activelabel.learning.models.prediction import predict
from activelabel.learning.neighbours import graph_of
from activelabel.learning.propagation.graph_gp import fit_graph
from activelabel.learning.propagation.kernel import kernels_of
from activelabel.learning.strategies.ranking import take_highest
from activelabel.learning.strategies.uncertainty import entropy_score

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from activelabel.learning.protocols import Pool

__all__ = ["committee_divergence", "divergence_score", "query_by_committee", "vote_entropy_score"]

TIES = 1e-3
"""Of the entropy of the mean opinion: four votes leave many rows equal, and this is less than any vote."""


def query_by_committee(pool: Pool, q: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Ask the rows whose class logistic regression, machine, forest and graph disagree about most.

    Rows with equal votes come in the order of how uncertain the four are together.

    Raises
    ------
    ValueError
        Without labels, from which a committee could learn.

    References
    ----------
    Seung, Opper, Sompolinsky (1992), Query by Committee; Dagan, Engelson (1995), Committee-Based Sampling for Training
    Probabilistic Classifiers (vote entropy).
    """
    opinions = _opinions(pool, rng)
    votes = np.column_stack([proba.argmax(axis=1) for proba in opinions])
    together = entropy_score(np.mean(opinions, axis=0))
    return take_highest(vote_entropy_score(votes, pool.n_classes) + TIES * together, pool.askable, q, rng)


def committee_divergence(pool: Pool, q: int, rng: np.random.Generator) -> NDArray[np.intp]:
    """Ask the rows about which logistic regression, machine, forest and graph are furthest from their mean opinion.

    Raises
    ------
    ValueError
        Without labels, from which a committee could learn.

    References
    ----------
    McCallum, Nigam (1998), Employing EM and Pool-Based Active Learning for Text Classification, section 3.2.
    """
    return take_highest(divergence_score(_opinions(pool, rng)), pool.askable, q, rng)


def divergence_score(opinions: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    """Return the mean divergence of the members from their mean in bits (Kullback, Leibler), row by row.

    Parameters
    ----------
    opinions
        Of each member, shape (n, k). Rows sum to 1.

    Returns
    -------
    NDArray[np.float64]
        Shape (n,), from 0 (all say the same) to log2(members) (each is sure of another class).

    References
    ----------
    McCallum, Nigam (1998), Employing EM and Pool-Based Active Learning for Text Classification, section 3.2.

    Examples
    --------
    >>> sure, torn = np.array([[1.0, 0.0]]), np.array([[0.5, 0.5]])
    >>> divergence_score([sure, sure]), divergence_score([torn, torn]), divergence_score([sure, sure[:, ::-1]])
    (array([0.]), array([0.]), array([1.]))
    """
    # what the members lose on the mean by speaking with one voice
    alone = np.mean([entropy_score(proba) for proba in opinions], axis=0)
    return np.asarray(np.maximum(entropy_score(np.mean(opinions, axis=0)) - alone, 0.0))


def vote_entropy_score(votes: NDArray[np.intp], n_classes: int) -> NDArray[np.float64]:
    """Return the entropy of the votes in bits, row by row.

    Parameters
    ----------
    votes
        Shape (n, members): the class, 0 to n_classes - 1, that each member gives to each row.
    n_classes
        k.

    Returns
    -------
    NDArray[np.float64]
        Shape (n,), from 0 (all agree) to log2(members) (all differ).

    References
    ----------
    Dagan, Engelson (1995), Committee-Based Sampling for Training Probabilistic Classifiers.

    Examples
    --------
    >>> vote_entropy_score(np.array([[1, 1, 1, 1], [0, 1, 1, 0], [0, 1, 2, 3]]), 4)
    array([0., 1., 2.])
    """
    counts = np.zeros((len(votes), n_classes))
    np.add.at(counts, (np.arange(len(votes))[:, None], votes), 1.0)
    return entropy_score(counts / votes.shape[1])


def _opinions(pool: Pool, rng: np.random.Generator) -> list[NDArray[np.float64]]:
    """Return what each member says of every row, shape (n, k) each."""
    if not len(pool.labelled):
        raise ValueError("a committee needs one label or more, got none")
    rows = pool.features[pool.labelled]
    models = [learner(rng).fit(rows, pool.labels) for learner in (logistic_regression, svm, random_forest)]
    said = [predict(model, pool.features, pool.n_classes) for model in models]
    return [*said, fit_graph(kernels_of(graph_of(pool)), pool.labelled, pool.labels, pool.n_classes).proba]
