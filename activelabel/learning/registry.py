"""Every algorithm that can be named, one dict a kind, and how to find one.

Entries are strings: naming the algorithms, as `--help` and the `algorithms` command do, loads none of them.
"""

from __future__ import annotations

from difflib import get_close_matches
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, overload

from activelabel.errors import WrongUse
from activelabel.learning.catalogue.clusterers import CLUSTERERS
from activelabel.learning.catalogue.entry import Entry
from activelabel.learning.catalogue.learners import LEARNERS
from activelabel.learning.catalogue.propagators import PROPAGATORS
from activelabel.learning.catalogue.strategies import STRATEGIES
from activelabel.learning.dense import learner_of_dense_rows, on_dense_rows

if TYPE_CHECKING:
    from activelabel.learning.protocols import Clusterer, Learner, Propagator, Strategy

__all__ = ["CLUSTERERS", "KINDS", "LEARNERS", "PROPAGATORS", "STRATEGIES", "Entry", "Kind", "find", "load", "names"]

Kind = Literal["clusterer", "strategy", "propagator", "learner"]


KINDS: dict[Kind, dict[str, Entry]] = {
    "clusterer": CLUSTERERS,
    "strategy": STRATEGIES,
    "propagator": PROPAGATORS,
    "learner": LEARNERS,
}


def names(kind: Kind) -> tuple[str, ...]:
    """Return the names of a kind, `default` first.

    Examples
    --------
    >>> names("clusterer")[:3]
    ('default', 'k-means', 'mini-batch-k-means')
    """
    return tuple(KINDS[kind])


@overload
def find(kind: Literal["clusterer"], name: str) -> Clusterer: ...
@overload
def find(kind: Literal["strategy"], name: str) -> Strategy: ...
@overload
def find(kind: Literal["propagator"], name: str) -> Propagator: ...
@overload
def find(kind: Literal["learner"], name: str) -> Learner: ...
def find(kind: Kind, name: str) -> Any:
    """Load the algorithm of that name.

    A learner may also be any scikit-learn classifier with probabilities, as ``module:object``. All that is found here
    refuses sparse features by a TypeError.

    Raises
    ------
    WrongUse
        If there is none; the hint gives the nearest name.

    Examples
    --------
    >>> find("strategy", "margin").__name__
    'margin'
    >>> callable(find("learner", "sklearn.naive_bayes:GaussianNB"))
    True
    """
    guarded = learner_of_dense_rows if kind == "learner" else on_dense_rows
    entry = KINDS[kind].get(name)
    if entry is not None:
        return guarded(load(entry.target))
    if kind == "learner" and ":" in name:
        return guarded(load("models.outside:OutsideLearner").named(name))
    near = get_close_matches(name, KINDS[kind], n=1, cutoff=0.5)
    hint = f"try {near[0]!r}" if near else "one of " + ", ".join(KINDS[kind])
    raise WrongUse(f"no {kind} named {name!r}", hint=hint)


def load(target: str) -> Any:
    """Import ``module:object`` below `activelabel.learning` and return the object."""
    module, _, attribute = target.partition(":")
    return getattr(import_module(f"activelabel.learning.{module}"), attribute)
