"""How long `init` takes and how much memory it needs, as ratios to the least that anyone has to do.

    python benchmarks/init_time.py [--rows 100000] [--columns 64] [--runs 3]

The floor is one process that reads the same file as text with pyarrow, makes one float32 matrix of it, and runs one
mini-batch k-means over that matrix; ours is the command. Both are whole processes. Imports are what each takes on a
file of ten rows, in seconds and in memory; the memory given is the peak on top of that.
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
from pathlib import Path

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


def write_numbers(path: Path, rows: int, columns: int) -> None:
    """Write a CSV of normal deviates around fifty centres, six significant digits."""
    import numpy as np
    import pandas as pd

    rng = np.random.default_rng(0)
    centres = rng.normal(size=(50, columns)) * 2
    numbers = centres[rng.integers(50, size=rows)] + rng.normal(size=(rows, columns))
    frame = pd.DataFrame(numbers.astype(np.float32), columns=[f"x{place}" for place in range(columns)])
    frame.to_csv(path, index=False, float_format="%.6g")


def main() -> None:
    """Measure and print JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--columns", type=int, default=64)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    measured: dict[str, list[tuple[float, int]]] = {name: [] for name in ("floor", "init", "floor idle", "init idle")}
    with tempfile.TemporaryDirectory() as folder:
        big, small = Path(folder) / "numbers.csv", Path(folder) / "ten.csv"
        write_numbers(big, given.rows, given.columns)
        write_numbers(small, 10, given.columns)
        for number in range(given.runs):
            for data, idle in ((small, " idle"), (big, "")):
                measured[f"floor{idle}"].append(run(FLOOR, str(data)))
                root = str(Path(folder) / f"project{number}{idle}")
                measured[f"init{idle}"].append(run(OURS, "init", str(data), "--project", root, "--yes"))
    seconds = {name: statistics.median(took for took, _ in runs) for name, runs in measured.items()}
    peaks = {name: statistics.median(peak for _, peak in runs) for name, runs in measured.items()}
    matrix = given.rows * given.columns * 4
    found = {
        "rows": given.rows,
        "columns": given.columns,
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
