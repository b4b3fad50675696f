"""The parts of a pool worked on by Dask: on this machine, or wherever a scheduler has workers. Only this imports it."""

from __future__ import annotations

import logging
import os
import re
import resource
import shutil
import signal
import socket
import sys
import warnings
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from multiprocessing import resource_tracker
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from activelabel.errors import ClusterError, WrongUse
from activelabel.project.working_set import ALONE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from activelabel.project.readers.partitions import Chunk
    from activelabel.project.working_set import Runner

__all__ = ["check_address", "open_cluster"]

STATUS = Path("/proc/self/status")
LOCAL = "local"
HERE = re.compile(rf"{LOCAL}(:0*[1-9][0-9]*)?")
ANSWER_WITHIN = 10
"""Seconds in which a scheduler answers, if it is one."""

WORKERS_WITHIN = 60
"""Seconds in which a scheduler that has no workers yet gets its first."""

Common = TypeVar("Common")
Result = TypeVar("Result")


def check_address(address: str) -> None:
    """Raise WrongUse if an address is neither "" for this process, nor `local`, `local:N` or that of a scheduler."""
    is_scheduler = "://" in address and not address.startswith(f"{LOCAL}:")
    if address and not is_scheduler and not HERE.fullmatch(address):
        raise WrongUse(f"--cluster is {address!r}", "write local, local:2 for two workers, or tcp://HOST:PORT")


@contextmanager
def open_cluster(address: str, scratch: Path) -> Iterator[Runner]:
    """Yield who works on the parts of a pool for as long as the block runs.

    Parameters
    ----------
    address
        "" for this process, `local` for as many workers as this machine has cores, `local:N` for N of them, else the
        address of a scheduler.
    scratch
        A folder for what workers of this machine put aside; it is gone at the end.

    Raises
    ------
    ClusterError
        If Dask is not installed, no scheduler answers, or it gets no workers.
    """
    if not address:
        yield ALONE
        return
    try:
        import distributed
    except ImportError:
        hint = "pip install 'activelabel[dask]', or leave --cluster out"
        raise ClusterError(f"no Dask for --cluster {address}", hint) from None
    with ExitStack() as stack:
        stack.enter_context(_quiet())
        if address.partition(":")[0] == LOCAL:
            stack.callback(shutil.rmtree, scratch, ignore_errors=True)
            address = stack.enter_context(_local(distributed, address, scratch))
        yield _Workers(stack.enter_context(_client(distributed, address)), distributed)


@dataclass(frozen=True, slots=True)
class _Workers:
    """A `Runner` by the workers of a scheduler.

    Every task names its part of the pool and reads it there. What all tasks need is the result of a task, not data
    that was put on a worker: when a worker dies, the scheduler makes it again elsewhere, and the lost parts with it.
    """

    client: Any
    distributed: Any
    peaks: dict[str, int] = field(default_factory=dict)

    def __call__(
        self, work: Callable[[Common, Chunk], Result], common: Common, chunks: Sequence[Chunk]
    ) -> Iterator[Result]:
        """Yield what comes of each chunk, in the order in which they are done."""
        shared = self.client.submit(_itself, common, pure=False)
        futures = [self.client.submit(_measured, work, shared, chunk, pure=False) for chunk in chunks]
        try:
            for future in self.distributed.as_completed(futures):
                result, worker, peak = future.result()
                future.release()
                self.peaks[worker] = max(peak, self.peaks.get(worker, 0))
                yield result
        except self.distributed.KilledWorker:
            hint = "does it have the memory? write the files with smaller row groups, or give workers more"
            raise ClusterError("workers died again and again over the same part of the pool", hint) from None
        except ImportError as error:
            hint = "install the same activelabel[dask] where the workers run"
            raise ClusterError(f"a worker cannot load what it is to run: {error}", hint) from None
        except (self.distributed.CancelledError, self.distributed.comm.CommClosedError):
            raise ClusterError("the scheduler has gone in the middle of the work", "start it and try again") from None
        finally:
            self.client.cancel([shared, *futures])


def _itself(common: Common) -> Common:
    return common


def _measured(work: Callable[[Common, Chunk], Result], common: Common, chunk: Chunk) -> tuple[Result, str, int]:
    """Return what comes of a chunk, whose process it was, and the most bytes of memory that this has had."""
    done = work(common, chunk)
    return done, f"{socket.gethostname()}:{os.getpid()}", _peak()


def _peak() -> int:
    """Return the most bytes of memory that this process has had."""
    if STATUS.exists():
        # of this program alone: what is counted for a process begins with what the one that started it holds
        figures = dict(line.split(":", 1) for line in STATUS.read_text(encoding="utf-8").splitlines())
        return int(figures["VmHWM"].split()[0]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


@contextmanager
def _local(distributed: Any, address: str, scratch: Path) -> Iterator[str]:
    """Yield the address of a scheduler with workers of this machine, one thread each."""
    workers = int(address.partition(":")[2] or os.cpu_count() or 1)
    with ExitStack() as stack:
        with _deaf_to_interrupts():
            cluster = stack.enter_context(_started(distributed, workers, scratch))
        yield cluster.scheduler_address


def _started(distributed: Any, workers: int, scratch: Path) -> Any:
    try:
        return distributed.LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            memory_limit="auto",
            dashboard_address="127.0.0.1:0",
            local_directory=str(scratch),
            silence_logs=logging.CRITICAL,
        )
    except (RuntimeError, OSError) as error:  # as of a machine without memory for another process
        what = f"workers could not be started here: {error.__cause__ or error}"
        raise ClusterError(what, "try again, or leave --cluster out") from error


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Keep Ctrl-C from threads and processes that start inside the block; this process hears it at the end.

    A terminal sends it to workers too, who would each print where they were. They are told to end by who started them.
    """
    # started later, it would open the ears of the thread that starts it
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    # threads that were there before may hear it for this one; half a cluster would be left by what they raise here
    heard: list[int] = []
    handler = signal.signal(signal.SIGINT, lambda number, _: heard.append(number))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        signal.signal(signal.SIGINT, handler)
    if heard:
        signal.raise_signal(signal.SIGINT)


@contextmanager
def _client(distributed: Any, address: str) -> Iterator[Any]:
    try:
        client = distributed.Client(address, timeout=ANSWER_WITHIN)
    except (OSError, ValueError):
        hint = "start one (dask scheduler; dask worker ADDRESS), or give --cluster local"
        raise ClusterError(f"no scheduler answers at {address}", hint) from None
    with client:
        try:
            client.wait_for_workers(1, timeout=WORKERS_WITHIN)
        except TimeoutError:
            raise ClusterError(f"the scheduler at {address} has no workers", f"dask worker {address}") from None
        yield client


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what Dask tells its operators from the person's screen; what matters comes as an error."""
    import dask

    loggers = [logging.getLogger(name) for name in ("distributed", "distributed.client")]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    settings = {
        # a model of a hundred thousand rows goes to the scheduler once: that is meant
        "distributed.admin.large-graph-warning-threshold": "4 GiB",
        # workers start slowly on a machine that has other things to do
        "distributed.comm.timeouts.connect": "120 s",
    }
    with dask.config.set(settings), warnings.catch_warnings():
        # a slow disk or a busy machine is told as a warning
        warnings.simplefilter("ignore", UserWarning)
        try:
            yield
        finally:
            for logger, level in zip(loggers, before, strict=True):
                logger.setLevel(level)
