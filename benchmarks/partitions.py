"""Time, memory and disk of a pool of many files: drawing its working set, a session, a sweep over all of it.

    python benchmarks/partitions.py [--rows 10000000] [--partitions 100] [--workers 2] [--working-set 100000]

Prints JSON. The rows are 64 numbers in twenty overlapping clouds of five classes, written as Parquet to a folder that
is deleted at the end. Memory is the most that each worker had, its libraries included; `right` is the share of all rows
whose label is.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from activelabel.project.claims import Claims
from activelabel.project.dataset import Dataset
from activelabel.project.layout import Layout
from activelabel.project.plan import PlanReader
from activelabel.project.recorded import ledger_of
from activelabel.project.store import Store
from activelabel.session.asker import Asker
from activelabel.session.clock import utc_now
from activelabel.session.instep import GoldAnnotator, InStep
from activelabel.session.learner import Learner
from activelabel.session.loop import run as run_session

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

NUMBERS = 64
CLASSES = ("ash", "beech", "cedar", "elm", "fir")
CLOUDS = 20
ANSWERS = 40
GROUP_ROWS = 50_000


def main(arguments: Sequence[str] | None = None) -> dict[str, object]:
    """Measure, print and return the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--partitions", type=int, default=100)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--working-set", type=int, default=100_000)
    parser.add_argument("--folder", type=Path, default=None, help="where there is room; default: the temporary folder")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        figures = measured(given, Path(folder))
    print(json.dumps(figures, indent=2))
    return figures


def measured(given: argparse.Namespace, folder: Path) -> dict[str, object]:
    pool, root, labels = folder / "pool", folder / "project", folder / "labels"
    wrote = timed(lambda: write_pool(pool, given.rows, given.partitions))
    cluster = f"local:{given.workers}"
    options = ["--cluster", cluster, "--working-set", str(given.working_set), "--ignore", "kind"]
    init = timed(
        lambda: activelabel("init", pool, *options, "--classes", ",".join(CLASSES), "--yes", "--project", root)
    )
    session = timed(lambda: answer(Layout(root)))
    swept: list[str] = []
    sweep = timed(lambda: swept.append(activelabel("sweep", labels, "--json", "--project", root)))
    found = json.loads(swept[0])
    disk = {name: size_of(folder / name) for name in ("pool", "project", "labels")}
    right = share_right(pool, labels)
    shutil.rmtree(pool)
    return {
        "rows": given.rows,
        "partitions": given.partitions,
        "workers": given.workers,
        "working_set": given.working_set,
        "seconds": {"write": wrote, "init": init, "session": session, "sweep": sweep},
        "worker_peak_mb": [round(peak / 1e6) for peak in found["worker_peak_bytes"]],
        "disk_gb": {name: round(size / 1e9, 2) for name, size in disk.items()},
        "visitors": found["visitors"],
        "drift": found["drift"],
        "right": right,
    }


def write_pool(pool: Path, rows: int, partitions: int) -> None:
    """Write the rows, a partition at a time; each follows from its number alone."""
    pool.mkdir()
    centres = np.random.default_rng(0).normal(scale=0.8, size=(CLOUDS, NUMBERS))
    for number in range(partitions):
        rng = np.random.default_rng([1, number])
        count = rows * (number + 1) // partitions - rows * number // partitions
        clouds = rng.integers(0, CLOUDS, count)
        points = (centres[clouds] + rng.normal(size=(count, NUMBERS))).astype(np.float32)
        kinds = pa.array(np.array(CLASSES)[clouds % len(CLASSES)]).dictionary_encode()
        table = pa.table({"kind": kinds, **{f"x{place}": points[:, place] for place in range(NUMBERS)}})
        pq.write_table(table, pool / f"part-{number:04d}.parquet", row_group_size=GROUP_ROWS)


def answer(layout: Layout) -> None:
    """Answer forty cards rightly, the learner working after every ten, and have it learn from the last."""
    with ExitStack() as stack:
        store = stack.enter_context(Store(layout.labels))
        claims = Claims(layout.claims)
        stack.callback(claims.close)
        learner = Learner(layout)
        stack.callback(learner.close)
        asker = Asker(store, PlanReader(layout), claims, "you", utc_now)
        gold = GoldAnnotator(known_of(layout), lambda *_: None)
        run_session(InStep(asker, learner, 10), gold, time.monotonic, ANSWERS)
        learner.step()


def known_of(layout: Layout) -> dict[str, str]:
    settings = ledger_of(layout).settings
    assert settings is not None
    dataset = Dataset.open(layout.cache, settings)
    assert dataset is not None
    kinds = dataset.column("kind").tolist()
    return dict(zip(dataset.unit_ids.astype(str).tolist(), kinds, strict=True))


def share_right(pool: Path, labels: Path) -> float:
    """Return the share of all rows whose label is right, file by file."""
    right = rows = 0
    for data, written in zip(sorted(pool.iterdir()), sorted(labels.iterdir()), strict=True):
        truth = pq.read_table(data, columns=["kind"])["kind"].cast(pa.string()).to_numpy()
        right += int((truth == pq.read_table(written, columns=["label"])["label"].to_numpy()).sum())
        rows += len(truth)
    return round(right / rows, 4)


def activelabel(*arguments: object) -> str:
    command = [sys.executable, "-m", "activelabel", *map(str, arguments)]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    return done.stdout


def size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return round(time.perf_counter() - started, 1)


if __name__ == "__main__":
    main()
