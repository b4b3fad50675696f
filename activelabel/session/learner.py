"""The learner: reads new answers, learns, puts a new plan in force; runs as a process of its own or in step.

As a process it lives on a pipe from the session that started it. Whatever ends that session closes the pipe, and the
learner leaves at once: everything it writes is whole or absent. Of several learners of one project one works; the
others wait for its lock, and take over when its session has gone.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from activelabel.errors import ActivelabelError, BadData, ProjectLocked
from activelabel.project.layout import Layout
from activelabel.project.ledger import Ledger
from activelabel.project.locks import hold, waiting_turn
from activelabel.project.plan import PlanReader, PlanWriter
from activelabel.project.readers.files import stamp_of
from activelabel.project.settings import settings_of
from activelabel.project.store import Store
from activelabel.session.clock import utc_now
from activelabel.session.parts import EVERYTHING, Part, part_from_json

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from activelabel.project.dataset import Dataset
    from activelabel.session.planning import Planner
    from activelabel.session.workshop import Workshop

__all__ = ["Learner", "main", "step_in_turn", "step_once"]

logger = logging.getLogger(__name__)

LOOK_EVERY = 0.5  # seconds between looks for answers of sessions that hold no pipe to this learner
NICENESS = 10
LOG_FORMAT = "%(asctime)s %(message)s"
FAILED = "the model could not be fitted again; labelling goes on (details in {log})"


class Learner:
    """Turns answers into plans, one step at a time.

    Parameters
    ----------
    layout
        The project.
    part
        What to ask about; the plans of a part are written beside those of the whole project.
    """

    def __init__(self, layout: Layout, part: Part = EVERYTHING) -> None:
        self._layout = layout.part(part.key)
        self._part = part
        self._store = Store(layout.labels, readonly=True)
        self._ledger = Ledger(self._store.events())
        self._planner: Planner | None = None
        self._planned = -1
        self._notice = ""
        self._gave_up = False

    def step(self) -> bool:
        """Learn from what was said since the last plan; say whether there was anything.

        A step that fails keeps the cards of the plan before, says so on the next card, and leaves its traceback in
        the log: labelling goes on.
        """
        for event in self._store.events(after=self._ledger.counter):
            self._ledger.apply(event)
        planner = self._planner or self._open()
        if self._planned == self._ledger.counter and self._layout.plan.exists():
            return self._grouped(planner)
        self._planned = self._ledger.counter
        try:
            planner.make(self._ledger, self._notice)
            self._notice = ""
        except Exception:  # whatever a numeric library raises on odd labels must not end the session
            logger.exception("a step failed")
            log = self._layout.learner_log.relative_to(self._layout.root)
            planner.keep(self._ledger, FAILED.format(log=log))
        return True

    def known_answers(self) -> dict[str, str]:
        """Return unit -> class name of the answers known beforehand; empty where the project has none."""
        workshop = (self._planner or self._open()).workshop
        if workshop.known is None:
            return {}
        return {workshop.dataset.unit(row): str(name) for row, name in enumerate(workshop.known) if name}

    def close(self) -> None:
        """Close the database."""
        self._store.close()

    def _grouped(self, planner: Planner) -> bool:
        """Make the clusters, in the spare time between two answers; say whether that was still to be done."""
        if self._gave_up:
            return False
        try:
            return planner.group(self._ledger)
        except Exception:  # a clusterer that refuses this pool leaves questions without clusters
            logger.exception("no clusters could be made")
            self._gave_up = True
            return False

    def _open(self) -> Planner:
        # here and not above: a learner that waits for its turn holds no numeric library in memory
        from activelabel.session.part_rows import rows_of_part
        from activelabel.session.planning import Planner
        from activelabel.session.workshop import open_workshop

        plans = PlanReader(self._layout)
        plans.refresh()
        workshop = open_workshop(self._layout, settings_of(self._layout, self._ledger.settings))
        part = rows_of_part(self._part, workshop, self._homes(workshop)) if self._part else None
        self._layout.plans.mkdir(parents=True, exist_ok=True)
        planner = Planner(workshop, PlanWriter(self._layout, plans.plan), plans.plan, part=part)
        self._notice = data_notice(workshop.dataset)
        if plans.plan and plans.plan.fingerprint == workshop.dataset.fingerprint and not self._notice:
            self._planned = plans.plan.answers_through
        self._planner = planner
        return planner

    def _homes(self, workshop: Workshop) -> NDArray[np.intp] | None:
        """Return shape (n,): the cluster of each row, made now where the part names one; else None."""
        from activelabel.session.clusters.finding import Clusters

        if self._part.cluster is None:
            return None
        n_classes = len(self._ledger.classes)
        clusters = Clusters(workshop, self._layout)
        clusters.make(n_classes)
        return clusters.homes(n_classes)


def step_once(layout: Layout) -> bool:
    """Take one step of the learner in this process, unless another learner is at work; say whether it was taken.

    Raises
    ------
    BadData
        If the cache was deleted and the data file cannot be read any more.
    """
    layout.cache.mkdir(exist_ok=True)
    try:
        with hold(layout.learner_lock, "the learner", utc_now()):
            return step_in_turn(layout)
    except ProjectLocked:
        return False


def step_in_turn(layout: Layout) -> bool:
    """Take one step of the learner in this process, which holds its lock; say whether there was anything to learn.

    Raises
    ------
    BadData
        As for `step_once`.
    """
    log = logging.FileHandler(layout.learner_log, encoding="utf-8", delay=True)
    log.setFormatter(logging.Formatter(LOG_FORMAT))
    logger.addHandler(log)
    learner = Learner(layout)
    try:
        return learner.step()
    finally:
        learner.close()
        logger.removeHandler(log)
        log.close()


def data_notice(dataset: Dataset) -> str:
    """Return what has changed in the data file since it was read; "" where its contents have not.

    The project goes on with its own copy either way: labels belong to contents, not to places in a file.
    """
    path = Path(dataset.settings.data)
    try:
        if stamp_of(path) == dataset.source_stamp:
            return ""
        if dataset.pool:
            return "the files of the pool have changed; questions come from the working set that was drawn from them"
        change = dataset.check_source(path)
    except BadData as error:
        return f"the data file cannot be read any more: {error}"
    if change is None:
        return ""
    if change.swapped:
        return (
            f"the data file has other contents under the ids {', '.join(change.swapped[:2])}; labels stay as they are"
        )
    counts = f"{change.new} new, {change.gone} gone, {change.changed} changed"
    return f"the data file has changed ({counts}); questions come from the copy, labels stay with their items"


def main(root: Path, part: Part = EVERYTHING) -> int:
    """Work until the session that started this process has gone; return the exit code.

    A failure that would come again is written to standard output, as a JSON list of what happened and what to do.
    """
    logging.basicConfig(format=LOG_FORMAT)
    layout = Layout(root).part(part.key)
    wake = threading.Event()
    threading.Thread(target=_leave_with_the_asker, args=(wake,), daemon=True).start()
    os.nice(NICENESS)
    with waiting_turn(layout.learner_lock, since=utc_now()):
        try:
            learner = Learner(layout, part)
            while True:
                wake.clear()
                while learner.step():
                    pass
                wake.wait(LOOK_EVERY)
        except ActivelabelError as error:
            logger.error("%s; %s", error, error.hint)
            sys.stdout.write(json.dumps([str(error), error.hint]))
            return error.exit_code


def _leave_with_the_asker(wake: threading.Event) -> None:
    while os.read(0, 4096):
        wake.set()
    os._exit(0)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *map(part_from_json, sys.argv[2:])))
