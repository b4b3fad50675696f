"""How much each member of a mixture should count."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from activelabel.learning.threads import one_thread

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["mixture_weights"]

STEPS = 100
"""Of expectation and maximisation; two digits of a weight stand after some thirty."""


def mixture_weights(given: NDArray[np.float64], prior: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the weights of a mixture under which the labels are likeliest, prior labels included.

    Each label is taken to have come from one member, nobody knows which: expectation shares it out by how likely each
    member found it, maximisation counts the shares.

    Parameters
    ----------
    given
        Shape (m, members), above 0: what each member, not having seen it, gave to each label.
    prior
        Shape (members,), above 0: labels that each member is taken to have been right about beforehand.

    Returns
    -------
    NDArray[np.float64]
        Shape (members,), sums to 1.

    References
    ----------
    Dempster, Laird, Rubin (1977), Maximum Likelihood from Incomplete Data via the EM Algorithm, section 4.3.

    Examples
    --------
    >>> mixture_weights(np.array([[0.9, 0.3], [0.8, 0.4], [0.9, 0.2]]), np.ones(2)).round(2)
    array([0.73, 0.27])
    """
    weights = prior / prior.sum()
    with one_thread():
        for _ in range(STEPS):
            shares = given * weights
            weights = (shares / shares.sum(axis=1, keepdims=True)).sum(axis=0) + prior
            weights /= weights.sum()
    return np.asarray(weights)
