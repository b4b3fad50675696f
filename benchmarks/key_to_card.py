"""How long from a key to the next card, with the learner at work: small and big pools, with COMMIT and without it.

    python benchmarks/key_to_card.py [--rows 1000 1000000] [--keys 2000] [--every 0.1]

A session as `label` holds it runs on a pseudo-terminal in this process, its learner in another. The keys are answers
and undos, three to two, so that the small pool lasts; one is pressed every `--every` seconds, or as soon as the card is
there. The time of a key, in milliseconds, is from writing it to the terminal until the frame of the next card is
written; that of COMMIT, in which the disk is waited for, is taken out and given beside it. The last line is the ratio
of the biggest pool to the smallest.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import multiprocessing
import os
import pty
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import time
from pathlib import Path
from queue import Queue

from init_time import write_numbers

from activelabel.cli.commands.label import Session
from activelabel.cli.console import console_on
from activelabel.cli.device import Device
from activelabel.cli.terminal import TerminalAnnotator
from activelabel.project.layout import Layout
from activelabel.project.store import Store

KEYS = "12\x7f1\x7f"  # answer, answer, undo, answer, undo


class Stopwatch:
    """Notes when frames are written and how long COMMIT takes, around the session's own methods."""

    def __init__(self) -> None:
        self.frames: Queue[tuple[float, float]] = Queue()
        self._commit = 0.0
        self._write, self._append = Device.write, Store.append

    def __enter__(self) -> Stopwatch:
        def write(device: Device, text: str) -> None:
            self._write(device, text)
            self.frames.put((time.perf_counter(), self._commit))
            self._commit = 0.0

        def append(store: Store, *arguments: object) -> object:
            started = time.perf_counter()
            try:
                return self._append(store, *arguments)
            finally:
                self._commit += time.perf_counter() - started

        Device.write, Store.append = write, append
        return self

    def __exit__(self, *exception: object) -> None:
        Device.write, Store.append = self._write, self._append


def pressed(master: int, watch: Stopwatch, keys: int, every: float, times: list[tuple[float, float]]) -> None:
    """Press the keys one by one, each once the card before it is there, and note the time of each and of its COMMIT."""
    threading.Thread(target=swallow, args=(master,), daemon=True).start()
    for _ in range(2):  # the second screen, and the first card
        watch.frames.get(timeout=120)
    for place in range(keys):
        started = time.perf_counter()
        os.write(master, KEYS[place % len(KEYS)].encode())
        ended, commit = watch.frames.get(timeout=600)
        times.append((ended - started - commit, commit))
        time.sleep(max(0.0, every - (ended - started)))
    os.write(master, b"\x04")


def swallow(master: int) -> None:
    """Read what the session draws, so that it never waits for its terminal."""
    while True:
        try:
            os.read(master, 1 << 16)
        except OSError:
            return


def measured(root: Path, keys: int, every: float) -> dict[str, float]:
    """Hold a session on this project and return its times in milliseconds."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    os.environ["TERM"] = "xterm-256color"
    times: list[tuple[float, float]] = []
    with (
        open(slave, "w", encoding="utf-8", closefd=False) as paper,
        open(slave, encoding="utf-8", closefd=False) as stdin,
        Stopwatch() as watch,
        Session(Layout(root), "benchmark") as session,
    ):
        # a menu about a whole cluster would wait for other keys
        session.asker.welcome_clusters = lambda: None
        driver = threading.Thread(target=pressed, args=(master, watch, keys, every, times))
        driver.start()
        with TerminalAnnotator(console_on(paper), stdin, session.asker) as annotator:
            session.take(annotator, None)
        driver.join()
        plans = session.asker.generation
    for end in (master, slave):
        os.close(end)
    without, commits = (sorted(1000 * took for took in column) for column in zip(*times, strict=True))
    return {
        "keys": len(times),
        "median": round(statistics.median(without), 2),
        "p99": round(without[int(0.99 * len(without))], 2),
        "worst": round(without[-1], 2),
        "commit_median": round(statistics.median(commits), 2),
        "commit_p99": round(commits[int(0.99 * len(commits))], 2),
        "plans": plans,
    }


def main() -> None:
    """Measure and print JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000, 1_000_000])
    parser.add_argument("--keys", type=int, default=2_000)
    parser.add_argument("--every", type=float, default=0.1)
    given = parser.parse_args()
    found: dict[str, object] = {}
    with tempfile.TemporaryDirectory() as folder:
        for rows in given.rows:
            data, root = Path(folder) / f"{rows}.csv", Path(folder) / f"project{rows}"
            # elsewhere: what numeric libraries leave in memory would slow this session's garbage collector
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                pool.apply(write_numbers, (data, rows, 64))
            command = [
                sys.executable,
                "-m",
                "activelabel",
                "init",
                data,
                "--project",
                root,
                "--classes",
                "one,two",
                "--yes",
            ]
            subprocess.run(command, check=True, capture_output=True)
            found[str(rows)] = measured(root, given.keys, given.every)
    fewest, most = (found[str(rows)]["p99"] for rows in (min(given.rows), max(given.rows)))
    found["ratio_of_p99"] = round(most / fewest, 2)
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
