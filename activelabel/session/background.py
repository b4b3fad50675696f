"""The learner as a process of its own, seen from the session that started it."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from activelabel.errors import ProjectError
from activelabel.session.parts import EVERYTHING

if TYPE_CHECKING:
    from collections.abc import Callable

    from activelabel.project.layout import Layout
    from activelabel.session.asker import Asker
    from activelabel.session.parts import Part

__all__ = ["Background"]

POLL = 0.02  # seconds between looks for a new plan, when there is nothing else to do
STARTS = 5  # a learner that dies this often will die again


class Background:
    """Starts the learner, wakes it after answers, starts it again when it died, and lets it end.

    The learner holds the other end of a pipe: when this process ends, however it ends, the pipe closes and the
    learner leaves within two seconds.

    Parameters
    ----------
    layout
        The project.
    part
        What to ask about.
    """

    def __init__(self, layout: Layout, part: Part = EVERYTHING) -> None:
        self._layout = layout.part(part.key)
        self._part = part
        self._process: subprocess.Popen[bytes] | None = None
        self._starts = 0
        self._failure: ProjectError | None = None

    def start(self) -> None:
        """Start the learner at low priority, with all cores but one."""
        threads = str(max(1, (os.cpu_count() or 2) - 1))
        names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "LOKY_MAX_CPU_COUNT")
        self._layout.plans.mkdir(parents=True, exist_ok=True)
        part = [self._part.as_json()] if self._part else []
        self.stop()
        with self._layout.learner_log.open("ab") as log:
            # -P: the current folder is data, not code; a module that lies there is never imported
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "activelabel.session.learner", str(self._layout.root.absolute()), *part],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                env={**os.environ, **dict.fromkeys(names, threads)},
                start_new_session=True,
            )
        self._starts += 1
        if self._process.stdin:
            os.set_blocking(self._process.stdin.fileno(), False)

    def wake(self) -> str:
        """Tell the learner that there is something new; return a line to show when it had died, else ""."""
        if self._process is None or self._failure:
            return ""
        if self._process.poll() is not None:
            return self._again()
        if self._process.stdin:
            # a full or closed pipe loses nothing: the learner reads the events themselves
            with contextlib.suppress(OSError):
                os.write(self._process.stdin.fileno(), b".")
        return ""

    def wait_for_plan(self, asker: Asker, is_wanted: Callable[[], bool] = lambda: True) -> bool:
        """Wait until a new plan is in force, as long as it is wanted; say whether there may be more cards.

        Raises
        ------
        ProjectError
            If there will be none, because the learner cannot work.
        """
        seen = asker.generation
        while asker.more_to_come() and is_wanted():
            if asker.look_again() != seen:
                return True
            self.wake()
            if self._failure:
                raise self._failure
            time.sleep(POLL)
        return False

    def stop(self) -> None:
        """Let the learner end."""
        for pipe in (self._process.stdin, self._process.stdout) if self._process else ():
            if pipe:
                with contextlib.suppress(OSError):
                    pipe.close()

    def _again(self) -> str:
        self._failure = self._reason()
        if self._failure:
            return f"{self._failure}; the cards that are planned can still be answered"
        self.start()
        return "the learner had stopped and was started again; no answer is affected"

    def _reason(self) -> ProjectError | None:
        """Return why the learner that has died would die again; None where it may be worth another try."""
        told = self._process.stdout.read() if self._process and self._process.stdout else b""
        with contextlib.suppress(ValueError):
            what, hint = json.loads(told)
            return ProjectError(f"no more cards can be planned: {what}", f"{hint}; what was answered is safe")
        if self._starts < STARTS:
            return None
        log = self._layout.learner_log
        return ProjectError(f"the learner stopped {STARTS} times: {log}", "report it with that file; no answer is lost")
