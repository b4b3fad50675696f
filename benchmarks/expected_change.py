"""How many predictions answers change, beside how many they were expected to.

    python benchmarks/expected_change.py [--labels 20 30 40 60] [--draws 4]

After so many random labels of the digits, sixty random rows are answered, each by itself, and the default learner is
fitted anew. Printed, as means over draws: the rank correlation of the expected change (`learning/expected_change.py`)
with what did change, that of the margin, how many predictions changed, and how many were expected to.
"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.stats import spearmanr
from sklearn.datasets import load_digits

from activelabel.learning.expected_change import expected_effects
from activelabel.learning.models.mixture import Mixture
from activelabel.learning.protocols import Pool

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["Tried", "tried"]

CLASSES, CANDIDATES = 10, 60


class Tried(NamedTuple):
    """Rank correlation with what changed, of the expected change and of the margin; changes, found and foreseen."""

    expected: float
    margin: float
    changed: float
    foreseen: float


def tried(labels: int, draw: int) -> Tried:
    """Return what the answers of one draw changed, and what was expected of them."""
    features, truth = load_digits(return_X_y=True)
    features = (features / 16).astype(np.float32)
    n = len(truth)
    order = np.random.default_rng(draw).permutation(n)
    labelled, candidates = np.sort(order[:labels]), order[labels : labels + CANDIDATES]

    def fitted(rows: NDArray[np.intp]) -> Mixture:
        y = np.full(n, -1)
        y[rows] = truth[rows]
        return Mixture(0).fit(features, y)

    model = fitted(labelled)
    doubt = np.zeros((n, CLASSES))
    doubt[:, model.classes_] = model.unsmoothed_
    pool = Pool(features, labelled, truth[labelled], CLASSES, np.ones(n, dtype=bool), np.ones(n), proba=doubt)
    changed = [(_classes(fitted(np.append(labelled, row))) != _classes(model)).sum() for row in candidates]
    expected, top = expected_effects(pool, candidates).changes, np.sort(doubt[candidates], axis=1)
    return Tried(
        float(spearmanr(expected, changed).statistic),
        float(spearmanr(top[:, -2] - top[:, -1], changed).statistic),
        float(np.mean(changed)),
        float(expected.mean()),
    )


def _classes(model: Mixture) -> NDArray[np.intp]:
    return np.asarray(model.classes_[model.label_distributions_.argmax(axis=1)])


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--labels", type=int, nargs="+", default=[20, 30, 40, 60])
    parser.add_argument("--draws", type=int, default=4)
    given = parser.parse_args()
    print("| labels | rank correlation with what changed | of the margin | changed | expected to |")
    print("|---|---|---|---|---|")
    for labels in given.labels:
        found = Tried(*np.mean([tried(labels, draw) for draw in range(given.draws)], axis=0).tolist())
        ranks = f"{found.expected:.2f} | {found.margin:.2f}"
        print(f"| {labels} | {ranks} | {found.changed:.0f} | {found.foreseen:.0f} |", flush=True)


if __name__ == "__main__":
    main()
