"""Which of the labels that are wrong are suspects: two hundred labels of the digits, twenty of them made wrong.

    python benchmarks/suspects.py [--draws 5]

The default learner is fitted on the labels; `learning/suspects.py` reads suspects from what it says of each label by
the others alone. Printed for each draw: how many of the first ten suspects are wrong, how many of the wrong labels are
suspects, and how many labels are estimated to be wrong.
"""

from __future__ import annotations

import argparse
from typing import NamedTuple

import numpy as np
from sklearn.datasets import load_digits

from activelabel.learning.models.mixture import Mixture
from activelabel.learning.suspects import find_suspects

__all__ = ["Found", "measured"]

LABELS, WRONG, FIRST = 200, 20, 10


class Found(NamedTuple):
    """How many of the first ten suspects are wrong, how many wrong labels are suspects, and how many seem wrong."""

    first: int
    among: int
    estimated: int


def measured(draw: int) -> Found:
    """Return what was found in one draw of labels and of those that are made wrong."""
    features, truth = load_digits(return_X_y=True)
    rng = np.random.default_rng(draw)
    labelled = np.sort(rng.permutation(len(truth))[:LABELS])
    labels = truth[labelled]
    wrong = rng.permutation(LABELS)[:WRONG]
    labels[wrong] = (labels[wrong] + rng.integers(1, 10, size=WRONG)) % 10
    y = np.full(len(truth), -1)
    y[labelled] = labels
    found = find_suspects(Mixture(0).fit((features / 16).astype(np.float32), y).out_of_fold_, labels)
    return Found(int(np.isin(found.rows[:FIRST], wrong).sum()), int(np.isin(wrong, found.rows).sum()), found.wrong)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--draws", type=int, default=5)
    given = parser.parse_args()
    print(f"| draw | of the first {FIRST} suspects wrong | of {WRONG} wrong labels suspects | estimated to be wrong |")
    print("|---|---|---|---|")
    for draw in range(given.draws):
        print(f"| {draw} | {' | '.join(map(str, measured(draw)))} |", flush=True)


if __name__ == "__main__":
    main()
