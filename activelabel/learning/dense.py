"""Features are dense: what is found by its name refuses a sparse matrix at its door, in one sentence.

Featurizers end in a few hundred dense columns, and graphs, clusters and kernels are built on those. Making a sparse
matrix dense unasked could fill the memory; leaving it to each algorithm would end in as many riddles.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np

    from activelabel.learning.protocols import Classifier

__all__ = ["learner_of_dense_rows", "on_dense_rows", "refuse_sparse"]


def refuse_sparse(features: object) -> None:
    """Raise if features are a sparse matrix of SciPy.

    Raises
    ------
    TypeError
        As scikit-learn does where it needs dense rows.

    Examples
    --------
    >>> from scipy.sparse import eye_array
    >>> refuse_sparse(eye_array(3).toarray())
    >>> refuse_sparse(eye_array(3, format="csr"))
    Traceback (most recent call last):
    TypeError: features are a sparse csr_array where dense ones are needed: give its .toarray(), or fewer columns made
    of it, as by sklearn.decomposition.TruncatedSVD
    """
    # every sparse format has it, and looking for it loads no library
    if hasattr(features, "tocsr"):
        raise TypeError(
            f"features are a sparse {type(features).__name__} where dense ones are needed: give its .toarray(), or "
            "fewer columns made of it, as by sklearn.decomposition.TruncatedSVD"
        )


def on_dense_rows(algorithm: Callable[..., Any]) -> Callable[..., Any]:
    """Return a clusterer, strategy or propagator that first looks at its features, given alone or in a pool."""

    @wraps(algorithm)
    def guarded(given: Any, *others: Any, **options: Any) -> Any:
        refuse_sparse(getattr(given, "features", given))
        return algorithm(given, *others, **options)

    return guarded


def learner_of_dense_rows(make: Callable[[np.random.Generator], Classifier]) -> Callable[..., Classifier]:
    """Return a learner whose classifiers first look at the rows they are given."""

    @wraps(make)
    def guarded(rng: np.random.Generator) -> Classifier:
        model = make(rng)
        for method in ("fit", "predict_proba"):
            setattr(model, method, on_dense_rows(getattr(model, method)))
        return model

    return guarded
