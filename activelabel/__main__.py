"""The entry point: nothing is loaded before Ctrl-C ends the program quietly, and nothing escapes the guard."""

from __future__ import annotations

import os
import signal
import sys

__all__ = ["main"]

ENDED_BY_SIGNAL = 128


def main() -> None:
    """Run the command line and exit with its code."""
    # until the guard stands, an interrupt must end the program as it would end `cat`, not print a traceback
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if sys.platform == "win32":
        sys.exit("error: native Windows is not supported\nhint: use WSL, where everything works")
    from activelabel.cli.app import app
    from activelabel.cli.guard import run

    code = run(lambda: app(standalone_mode=False))
    if code > ENDED_BY_SIGNAL:
        # an interrupt heard inside an exec(), as of a named tuple, makes Python die of SIGINT instead of by this code;
        # what had to be kept is kept, and threads of libraries need not be waited for
        os._exit(code)
    sys.exit(code)


if __name__ == "__main__":
    main()
