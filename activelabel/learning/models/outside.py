"""Any scikit-learn classifier, named as ``module:object``, as a learner."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from inspect import signature
from typing import TYPE_CHECKING, Any, Self

from activelabel.errors import WrongUse
from activelabel.learning.models.one_class import AnyClasses

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np

__all__ = ["OutsideLearner"]


@dataclass(frozen=True, slots=True)
class OutsideLearner:
    """A learner around a classifier that somebody else wrote.

    Attributes
    ----------
    name
        ``module:object``.
    make
        The class, or any callable that makes the classifier; it is given `random_state` where it takes one.
    """

    name: str
    make: Callable[..., Any]

    @classmethod
    def named(cls, name: str) -> Self:
        """Import the classifier.

        Raises
        ------
        WrongUse
            If there is no such module or object, or if it has no probabilities.
        """
        module, _, attribute = name.partition(":")
        try:
            make = getattr(import_module(module), attribute)
        except (ImportError, AttributeError, ValueError) as failure:
            raise WrongUse(
                f"no learner {name!r}: {failure}", "give module:object, as sklearn.naive_bayes:GaussianNB"
            ) from None
        if not callable(make) or not hasattr(make, "predict_proba"):
            raise WrongUse(
                f"learner {name!r} has no predict_proba, so it cannot say how sure it is",
                "give a classifier that has one, as sklearn.naive_bayes:GaussianNB",
            )
        return cls(name, make)

    def __call__(self, rng: np.random.Generator) -> AnyClasses:
        """Return the unfitted classifier, seeded from `rng`."""
        if "random_state" in signature(self.make).parameters:
            seed = int(rng.integers(2**31))
            return AnyClasses(lambda: self.make(random_state=seed))
        return AnyClasses(self.make)
