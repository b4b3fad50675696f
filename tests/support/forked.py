"""Python programs in terminals, forked from one process that has loaded what they need: none starts an interpreter."""

import fcntl
import multiprocessing
import os
import struct
import sys
import termios
from multiprocessing.reduction import recv_handle, send_handle

from pexpect.fdpexpect import fdspawn

# a server of its own, and not this process: a fork takes along neither its threads nor what tests have open
SERVER = multiprocessing.get_context("forkserver")
SERVER.set_forkserver_preload(["activelabel.cli.commands.label", "activelabel.project.search"])


class Forked(fdspawn):
    """A program in a terminal; what `pexpect.spawn` is to an interpreter of its own.

    Parameters
    ----------
    program
        What to call, a function of a module that can be imported.
    arguments
        Of its command line.
    dimensions
        Rows and columns of the terminal.
    env
        The environment.
    more
        As `fdspawn` takes it.
    """

    def __init__(self, program, arguments, dimensions, env, **more):
        device, other_end = os.openpty()
        super().__init__(device, use_poll=True, **more)
        self.setwinsize(*dimensions)
        here, there = SERVER.Pipe()
        self._process = SERVER.Process(target=_run, args=(there, program, arguments, env))
        self._process.start()
        self.pid = self._process.pid
        send_handle(here, other_end, self.pid)
        for end in (here, there):
            end.close()
        os.close(other_end)

    def setwinsize(self, rows, columns):
        fcntl.ioctl(self.child_fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def isalive(self):
        return self._process.is_alive()

    def kill(self, number):
        os.kill(self.pid, number)

    def wait(self):
        self._process.join()

    def close(self, force=True):
        """Hang up, as a window that is closed does, and end a program that stays."""
        super().close()
        self._process.join(1)
        if force and self._process.is_alive():
            self._process.kill()
            self._process.join()


def _run(connection, program, arguments, environ):
    os.login_tty(recv_handle(connection))
    os.environ.clear()
    os.environ.update(environ)
    sys.argv = [program.__module__, *arguments]
    encoding, _, errors = environ.get("PYTHONIOENCODING", "utf-8:strict").partition(":")
    how = {"buffering": 1, "encoding": encoding, "errors": errors}
    with open(0, **how) as sys.stdin, open(1, "w", **how) as sys.stdout, open(2, "w", **how) as sys.stderr:
        program()
