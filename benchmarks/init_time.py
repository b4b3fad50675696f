"""How long `init` takes and how much memory it needs, as ratios to the least that anyone has to do.

    python benchmarks/init_time.py [--rows 100000] [--columns 64] [--texts] [--runs 3]

The floor is one process that reads the same file as text with pyarrow, makes one float32 matrix of it, and runs one
mini-batch k-means over that matrix; ours is the command. Both are whole processes. Imports are what each takes on a
file of ten rows, in seconds and in memory; the memory given is the peak on top of that, in matrices.

With --texts the rows are short texts of made-up words, as often as words are. The floor's matrix is then TF-IDF of
words and pairs of words, known from 100,000 texts; the matrix that memory is told in is that of what ours reads, which
is words, pairs and runs of letters, sparse.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

ENDS = ("", "n", "r", "s", "t")
TEXTS = 50_000
SAMPLE = 20_000

Made = TypeVar("Made")

FLOOR = """
import sys, numpy as np, pyarrow as pa, pyarrow.csv as csv, pyarrow.compute as pc
from sklearn.cluster import MiniBatchKMeans
names = csv.open_csv(sys.argv[1]).schema.names
options = csv.ConvertOptions(column_types={name: pa.string() for name in names})
table = csv.read_csv(sys.argv[1], convert_options=options)
X = np.empty((table.num_rows, len(names)), np.float32)
for place, column in enumerate(table.columns):
    X[:, place] = pc.cast(column, pa.float32()).to_numpy()
X -= X.mean(0); X /= X.std(0)
MiniBatchKMeans(min(50, len(X)), batch_size=10_000, n_init=3, random_state=0).fit(X)
"""
FLOOR_OF_TEXTS = """
import sys, numpy as np, pyarrow.csv as csv
from sklearn.cluster import MiniBatchKMeans
from sklearn.feature_extraction.text import TfidfVectorizer
texts = csv.read_csv(sys.argv[1]).column(0).to_pylist()
words = TfidfVectorizer(ngram_range=(1, 2), max_features=40_000, dtype=np.float32).fit(texts[:100_000])
X = words.transform(texts)
MiniBatchKMeans(min(50, len(texts)), batch_size=10_000, n_init=3, random_state=0).fit(X)
"""
OURS = "from activelabel.__main__ import main; main()"


def run(code: str, *arguments: str) -> tuple[float, int]:
    """Return seconds and peak bytes of a fresh interpreter running `code`."""
    started = time.perf_counter()
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen([sys.executable, "-c", code, *arguments], **quiet)
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status):
        raise SystemExit(f"a run failed: {arguments}")
    unit = 1 if sys.platform == "darwin" else 1024
    return time.perf_counter() - started, usage.ru_maxrss * unit


def elsewhere(work: Callable[..., Made], *arguments: object) -> Made:
    """Return what comes of work in a process of its own: the peak of a process begins with what its parent holds."""
    with get_context("spawn").Pool(1) as pool:
        return pool.apply(work, arguments)


def write_numbers(path: Path, rows: int, columns: int) -> None:
    """Write a CSV of normal deviates around fifty centres, six significant digits."""
    import numpy as np
    import pandas as pd

    rng = np.random.default_rng(0)
    centres = rng.normal(size=(50, columns)) * 2
    numbers = centres[rng.integers(50, size=rows)] + rng.normal(size=(rows, columns))
    frame = pd.DataFrame(numbers.astype(np.float32), columns=[f"x{place}" for place in range(columns)])
    frame.to_csv(path, index=False, float_format="%.6g")


def write_texts(path: Path, rows: int) -> None:
    """Write a CSV of texts of 4 to 14 words out of 60,000, one as often as its rank in a language says."""
    import numpy as np

    rng = np.random.default_rng(0)
    syllables = np.array([f"{first}{vowel}{last}" for first in "bdfghklmnprstvz" for vowel in "aeiou" for last in ENDS])
    words = np.unique(["".join(rng.choice(syllables, size=length)) for length in rng.integers(1, 5, size=60_000)])
    rng.shuffle(words)
    often = 1 / np.arange(2, len(words) + 2)
    with path.open("w", encoding="utf-8") as file:
        file.write("text\n")
        for start in range(0, rows, TEXTS):
            lengths = rng.integers(4, 15, size=min(TEXTS, rows - start))
            drawn = rng.choice(words, size=lengths.sum(), p=often / often.sum())
            file.writelines(" ".join(each) + "\n" for each in np.split(drawn, np.cumsum(lengths)[:-1]))


def sparse_bytes(path: Path) -> int:
    """Return what TF-IDF of all texts of a file would take as one matrix, as a sample of them says."""
    import numpy as np
    from pyarrow import csv

    from activelabel.learning.features.text import TextFeaturizer
    from activelabel.records.contents import ColumnTable
    from activelabel.records.kinds import Modality

    texts = csv.read_csv(path).column(0).to_numpy().astype(object)
    some = texts[:SAMPLE]
    table = ColumnTable(Modality.TEXT, len(some), (), np.empty((len(some), 0), np.float32), texts={"text": some})
    words = TextFeaturizer().fit(table, np.random.default_rng(0)).words(some.tolist())
    return int((words.data.nbytes + words.indices.nbytes) * len(texts) / len(some))


def main() -> None:
    """Measure and print JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--columns", type=int, default=64)
    parser.add_argument("--texts", action="store_true")
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    measured: dict[str, list[tuple[float, int]]] = {name: [] for name in ("floor", "init", "floor idle", "init idle")}
    with tempfile.TemporaryDirectory() as folder:
        big, small = Path(folder) / "big.csv", Path(folder) / "ten.csv"
        for path, rows in ((big, given.rows), (small, 10)):
            elsewhere(write_texts, path, rows) if given.texts else elsewhere(write_numbers, path, rows, given.columns)
        matrix = elsewhere(sparse_bytes, big) if given.texts else given.rows * given.columns * 4
        floor, kind = (FLOOR_OF_TEXTS, ["--text", "text"]) if given.texts else (FLOOR, [])
        for number in range(given.runs):
            for data, idle in ((small, " idle"), (big, "")):
                measured[f"floor{idle}"].append(run(floor, str(data)))
                root = str(Path(folder) / f"project{number}{idle}")
                measured[f"init{idle}"].append(run(OURS, "init", str(data), "--project", root, "--yes", *kind))
    seconds = {name: statistics.median(took for took, _ in runs) for name, runs in measured.items()}
    peaks = {name: statistics.median(peak for _, peak in runs) for name, runs in measured.items()}
    found = {
        "rows": given.rows,
        "columns": 1 if given.texts else given.columns,
        "matrix_megabytes": round(matrix / 1e6),
        "seconds": seconds,
        "ratio": seconds["init"] / seconds["floor"],
        "ratio_without_imports": (seconds["init"] - seconds["init idle"]) / (seconds["floor"] - seconds["floor idle"]),
        "memory_above_imports_in_matrices": {
            name: (peaks[name] - peaks[f"{name} idle"]) / matrix for name in ("floor", "init")
        },
    }
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
