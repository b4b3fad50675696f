"""The student of a mixture: what its teacher says of the pool, made smooth in space, and said of new rows too."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.linalg import eigh

from activelabel.learning.kept import kept
from activelabel.learning.models.likeness import Space, likeness, likeness_times, space_of
from activelabel.learning.models.one_class import by_content
from activelabel.learning.models.prediction import EVERY, placed
from activelabel.learning.propagation.lineage import one_hot
from activelabel.learning.sampling import evenly_spaced
from activelabel.learning.threads import one_thread

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Smoother", "pupils_of"]

LANDMARKS = 1_000
"""Rows at which bells stand: what they can draw is finer than what a few hundred labels can say."""

PUPILS = 4_000
"""Rows of the pool that are learnt from: of a bigger pool an even sample, borders move little beyond."""

NOISES = (0.02, 0.1, 0.4, 1.6)
"""Variances of what the teacher says beside a kernel of diagonal about 2, from hardly smoothed to much."""

JUDGES = 1_000
"""Pupils by which it is judged what foretells them best: an even sample, for classes may be many."""

SMALLEST = 1e-6
"""Share of the largest eigenvalue below which a direction between landmarks is rounding."""

LEAST = 1e-3
"""Probability below which none is said."""


class Smoother:
    """Kernel regression of probabilities over a pool, on a thousand landmarks.

    What does not depend on the probabilities is worked out once for a pool; a step then costs products of matrices,
    where a support vector machine that learns the teacher's labels would start from nothing.

    How much is smoothed is chosen by leaving each row of the pool out, in closed form: what the teacher says of a row
    should follow from what it says of the others. What is smoothed is its probabilities or its likeliest classes alone,
    whichever have more rows' likeliest class follow. While labels are few a graph says it loudest near to them, which
    would carry over borders that it knows better.

    References
    ----------
    Hinton, Vinyals, Dean (2015), Distilling the Knowledge in a Neural Network (soft labels); Williams, Seeger (2001),
    Using the Nystroem Method to Speed Up Kernel Machines; Golub, Heath, Wahba (1979), Generalized Cross-Validation.

    Examples
    --------
    >>> rows = np.linspace(0, 9, 10, dtype=np.float32)[:, None]
    >>> thought = np.array([[0.9, 0.1]] * 5 + [[0.2, 0.8]] * 5)
    >>> thought[2] = [0.3, 0.7]
    >>> Smoother().fit_predict(rows, thought).argmax(axis=1).tolist()
    [0, 0, 0, 0, 0, 1, 1, 1, 1, 1]
    """

    def __init__(self) -> None:
        self._found: _Function | None = None

    def fit_predict(
        self, X: NDArray[np.float32], proba: NDArray[np.float64], rows: NDArray[np.intp] | slice = EVERY
    ) -> NDArray[np.float64]:
        """Return what is said of a pool made smooth, having learnt it.

        Parameters
        ----------
        X
            Shape (n, d).
        proba
            Shape (n, k), rows sum to 1: what is said of the pool, or of `pupils_of` it at least.
        rows
            Of which the answer is needed; of the others it may be NaN.

        Returns
        -------
        NDArray[np.float64]
            Shape (n, k).
        """
        with one_thread():
            stage = kept(X, _stage_of)
            soft = proba[stage.pupils]
            hard = one_hot(soft.argmax(axis=1), soft.shape[1])
            # where both agree as often, what is left as it was said
            constant, slopes, _ = max(map(stage.fitted, (soft, hard)), key=attrgetter("agreement"))
            weights = stage.whitening @ (stage.axes @ slopes)
            self._found = _Function(stage.space, stage.landmarks, weights, constant)
            if len(stage.pupils) < len(X):
                return placed(self.predict_proba(X[rows]), rows, len(X))
            smooth = np.empty_like(proba)
            smooth[stage.pupils] = _probabilities(stage.along @ slopes + constant)
            return smooth

    def predict_proba(self, X: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return (r, k) probabilities for X (r, d)."""
        if self._found is None:
            raise ValueError("predict_proba needs a fitted model: call fit_predict first")
        space, landmarks, weights, constant = self._found
        with one_thread():
            found = likeness_times(X, landmarks, space, weights)
        return _probabilities(found.astype(np.float64) + constant)


def pupils_of(X: NDArray[np.float32]) -> NDArray[np.intp]:
    """Return the rows of a pool (n, d) that a student learns from: all up to 4,000, else an even sample."""
    return kept(X, _stage_of).pupils


class _Function(NamedTuple):
    """A weighted sum of likenesses to landmarks (p, d), the weights (p, k), and a constant (k,)."""

    space: Space
    landmarks: NDArray[np.float32]
    weights: NDArray[np.float64]
    constant: NDArray[np.float64]


def _probabilities(values: NDArray[np.float64]) -> NDArray[np.float64]:
    # a smooth function may leave the range of what it smooths
    lifted = np.maximum(values, LEAST)
    return np.asarray(lifted / lifted.sum(axis=1, keepdims=True))


class _Fit(NamedTuple):
    """What is said of pupils as a smooth function: a constant (k,), and slopes (p, k) along the axes of a stage.

    agreement is the share of judges whose likeliest class follows from the other pupils.
    """

    constant: NDArray[np.float64]
    slopes: NDArray[np.float64]
    agreement: float


class _Stage(NamedTuple):
    """What follows from a pool alone, p directions between landmarks and r pupils.

    landmarks (p, d), whitening (p, p): a row's likeness to the landmarks, times this, are its coordinates. pupils (r,):
    rows learnt from. axes (p, p), strengths (p,): eigenvectors and eigenvalues of their coordinates' products. along
    (r, p): their coordinates on these axes. judges (j,), seen (j, p): some of the pupils, and their coordinates there.
    left_alone: noise -> (j,), one less its leverage: which part of what is said of a judge is not made of itself.
    """

    space: Space
    landmarks: NDArray[np.float32]
    whitening: NDArray[np.float64]
    pupils: NDArray[np.intp]
    axes: NDArray[np.float64]
    strengths: NDArray[np.float64]
    along: NDArray[np.float64]
    judges: NDArray[np.intp]
    seen: NDArray[np.float64]
    left_alone: dict[float, NDArray[np.float64]]

    def fitted(self, said: NDArray[np.float64]) -> _Fit:
        """Return the regression of what is said of the pupils (r, k), as smooth as foretells them best."""
        constant = said.mean(axis=0)
        along = self.along.T @ (said - constant)
        own = said[self.judges] - constant
        surprises = {noise: self._surprise(own, along, noise) for noise in NOISES}
        noise = min(NOISES, key=lambda noise: float((surprises[noise] ** 2).sum()))
        foretold = own - surprises[noise] + constant
        agreement = (foretold.argmax(axis=1) == said[self.judges].argmax(axis=1)).mean()
        return _Fit(constant, along / (self.strengths + noise)[:, None], float(agreement))

    def _surprise(self, own: NDArray[np.float64], along: NDArray[np.float64], noise: float) -> NDArray[np.float64]:
        """Return how far each judge is from what the others say of it under that noise; shape (j, k)."""
        shrunk = 1.0 / (self.strengths + noise)
        return np.asarray((own - self.seen @ (along * shrunk[:, None])) / self.left_alone[noise][:, None])


def _stage_of(features: NDArray[np.float32]) -> _Stage:
    # by what rows hold: directions that hardly matter magnify the last bits of sums, which depend on the order
    order = by_content(features, np.zeros(len(features), dtype=np.intp))
    space = space_of(features[order])
    landmarks = features[order[evenly_spaced(len(order), LANDMARKS)]]
    values, vectors = eigh(likeness(landmarks, landmarks, space).astype(np.float64))
    whitening = vectors / np.sqrt(np.maximum(values, SMALLEST * values[-1]))
    pupils = order[evenly_spaced(len(order), PUPILS)]
    drawn = likeness(features[pupils], landmarks, space) @ whitening
    strengths, axes = eigh(drawn.T @ drawn)
    strengths, along = np.maximum(strengths, 0.0), drawn @ axes
    judges = evenly_spaced(len(pupils), JUDGES)
    seen = along[judges]
    left_alone = {noise: np.maximum(1.0 - seen**2 @ (1.0 / (strengths + noise)), LEAST) for noise in NOISES}
    return _Stage(space, landmarks, whitening, pupils, axes, strengths, along, judges, seen, left_alone)
