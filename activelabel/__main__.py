"""The entry point: nothing is loaded before Ctrl-C ends the program quietly, and nothing escapes the guard."""

from __future__ import annotations

import signal
import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line and exit with its code."""
    # until the guard stands, an interrupt must end the program as it would end `cat`, not print a traceback
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if sys.platform == "win32":
        sys.exit("error: native Windows is not supported\nhint: use WSL, where everything works")
    from activelabel.cli.app import app
    from activelabel.cli.guard import run

    code = run(lambda: app(standalone_mode=False))
    # an interrupt that was heard inside an exec(), as of a named tuple, would make Python end by SIGINT, not by a code
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    sys.exit(code)


if __name__ == "__main__":
    main()
