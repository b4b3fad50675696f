"""The way out: whatever ends the program becomes two lines for a person and a number for a script."""

from __future__ import annotations

import errno
import os
import signal
import sys
import tempfile
import traceback
import warnings
from typing import TYPE_CHECKING, Final, TextIO

from activelabel.cli.render.safe import safe
from activelabel.cli.signals import Interrupted, ending_signals_raise
from activelabel.cli.standard_streams import stand_in_for_closed_streams
from activelabel.errors import BUG_EXIT_CODE, ActivelabelError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["run"]

CTRL_C = 128 + signal.SIGINT
NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def run(start: Callable[[], object]) -> int:
    """Call the program and return the exit code of the process.

    SIGTERM, SIGHUP and Ctrl-C end whatever it does as an exception, so that nothing half-made is left behind.

    Parameters
    ----------
    start
        Runs a command and returns None, or an exit code; for a Typer application
        ``lambda: app(standalone_mode=False)``, so that wrong use is worded here as all else is.

    Returns
    -------
    int
        0 done, 1 cannot be done, 2 wrong use, 70 our bug, 128 + n ended by signal n.
    """
    stand_in_for_closed_streams()
    with warnings.catch_warnings():
        if not sys.warnoptions:
            # what a library tells its programmer is no use to the person at the keyboard
            warnings.simplefilter("ignore")
        try:
            with ending_signals_raise():
                code = _outcome(start)
        except KeyboardInterrupt:
            code = CTRL_C
    if code == CTRL_C:
        _tell("stopped by Ctrl-C")
    return _flushed(code)


def _outcome(start: Callable[[], object]) -> int:
    try:
        code = start()
    except SystemExit as error:
        code = error.code
    except Interrupted as error:
        _tell(str(error))
        return error.exit_code
    except ActivelabelError as error:
        return _failed(error.exit_code, str(error), error.hint)
    except BrokenPipeError:
        # whoever read our output has seen enough
        return 1
    except OSError as error:
        # what is written to files is named where it is opened: without a name it was the standard output
        where = error.filename or "standard output"
        return _failed(1, f"{error.strerror}: {where}" if error.strerror else str(error), _advice(error))
    except Exception as error:
        return _wrong_use(error) or _bug(error)
    return code if isinstance(code, int) else 0


def _advice(error: OSError) -> str:
    if error.errno in NO_ROOM:
        return "free some space; nothing that was saved is lost"
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return "see who may read and write there"
    return "nothing that was saved is lost; see to it and run the command again"


def _wrong_use(error: Exception) -> int:
    """Tell what Typer found wrong in the command line; 0 if the error is none of Typer's."""
    # duck typing: Typer carries its own copy of Click's exceptions in some versions, not in others
    worded, code = getattr(error, "format_message", None), getattr(error, "exit_code", None)
    if worded is None or not isinstance(code, int):
        return 0
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "activelabel"
    # no command at all: the help is on the screen already
    return _failed(code, worded().rstrip(".") or "no command is given", f"see {command} --help")


def _bug(error: Exception) -> int:
    trace = safe("".join(traceback.format_exception(error)), newlines=True)
    words = f"this is a bug of activelabel: {type(error).__name__}: {error}"
    try:
        handle, path = tempfile.mkstemp(prefix="activelabel-", suffix=".log", text=True)
        with os.fdopen(handle, "w", encoding="utf-8") as log:
            log.write(trace)
    except OSError as problem:
        return _failed(BUG_EXIT_CODE, words, f"no log could be written: {problem.strerror}")
    return _failed(BUG_EXIT_CODE, words, f"nothing saved is lost; please report it with {path}")


def _failed(code: int, what: str, hint: str) -> int:
    _tell(f"error: {_one_line(what)}")
    if hint:
        _tell(f"hint: {_one_line(hint)}")
    return code


def _one_line(text: str) -> str:
    return safe(" ".join(text.split()))


def _tell(line: str) -> None:
    try:
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()
    except (OSError, ValueError):
        # there is nobody left to tell; the exit code still says it
        _silence(sys.stderr)


def _flushed(code: int) -> int:
    """Write out what is left of standard output, so that a full disk is noticed here and not by the interpreter."""
    if sys.stdout.closed:
        return code
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _silence(sys.stdout)
        return code or 1
    except OSError as error:
        _silence(sys.stdout)
        return code or _failed(1, f"{error.strerror}: standard output", _advice(error))
    return code


def _silence(stream: TextIO) -> None:
    # what is still in the buffer would be tried again at exit, with a traceback
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    except (OSError, ValueError):
        return
