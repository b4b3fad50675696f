"""Features are dense: what is found by its name refuses a sparse matrix at its door, in one sentence.

Featurizers end in a few hundred dense columns, and graphs, clusters and kernels are built on those. Making a sparse
matrix dense unasked could fill the memory; leaving it to each algorithm would end in as many riddles.
"""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    from activelabel.learning.protocols import Classifier

__all__ = ["DenseClassifier", "learner_of_dense_rows", "on_dense_rows", "refuse_sparse"]


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


def learner_of_dense_rows(make: Callable[[np.random.Generator], Classifier]) -> Callable[..., DenseClassifier]:
    """Return a learner whose classifiers first look at the rows they are given."""

    @wraps(make)
    def guarded(rng: np.random.Generator) -> DenseClassifier:
        return DenseClassifier(make(rng))

    return guarded


class DenseClassifier:
    """A classifier that refuses sparse rows, and is the one it stands for in everything else.

    Parameters
    ----------
    inner
        The one it stands for.
    """

    def __init__(self, inner: Classifier) -> None:
        self._inner = inner

    def fit(self, X: ArrayLike, y: ArrayLike, **options: Any) -> Self:
        """Fit on X (m, d) and y (m,), as the classifier itself does."""
        refuse_sparse(X)
        self._inner.fit(X, y, **options)
        return self

    def predict_proba(self, X: ArrayLike) -> NDArray[np.float64]:
        """Return (n, k) probabilities for X (n, d), columns in the order of `classes_`."""
        refuse_sparse(X)
        return self._inner.predict_proba(X)

    def __getattr__(self, name: str) -> Any:
        # copying asks for special methods before there is anything to ask
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self._inner, name)
