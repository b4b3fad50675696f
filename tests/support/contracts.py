"""What the contract tests of all kinds share."""

import random
import re

import numpy as np

SPARSE_REFUSED = r"sparse csr_array where dense ones are needed: give its \.toarray\(\)"
UP_TO = re.compile(r"[,;] up to ([\d,]+) rows$")


def limits(entries):
    """Return (name, rows) of each algorithm of the registry whose cost ends in a number of rows it goes up to."""
    found = ((name, UP_TO.search(entry.cost)) for name, entry in entries.items())
    return [(name, int(limit[1].replace(",", ""))) for name, limit in found if limit]


def global_seeds():
    """Yield twice, the global generators of Python and NumPy in another state each time: nobody may draw from them."""
    for seed in (0, 1):
        random.seed(seed)
        np.random.seed(seed)  # noqa: NPY002
        yield seed
