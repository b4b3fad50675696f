"""Work that kills whoever does it: importable by a worker, as what it is sent must be."""

import os
import signal
from functools import partial


def _dying(marker, work, common, chunk):
    """Do the work on a chunk, but die at it while the marker is not there; "" for always."""
    if not marker or not os.path.exists(marker):
        if marker:
            open(marker, "w").close()
        os.kill(os.getpid(), signal.SIGKILL)
    return work(common, chunk)


def killing(run, marker):
    """Return a runner whose first task kills its worker, once."""
    return lambda work, common, chunks: run(partial(_dying, str(marker), work), common, chunks)
