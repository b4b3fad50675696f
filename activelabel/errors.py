"""Every failure the person at the keyboard can meet, with its exit code.

    ActivelabelError        1   an expected failure: what happened, and what to do
    |-- WrongUse            2   an option, a name or a place that does not exist
    |   `-- UnknownClass    2   an answer that names no class there is
    |-- StaleCard           1   an answer to a card that is not asked any more
    |-- BadData             1   a file that cannot be read as a data set
    |-- ProjectError        1   a project that is missing, damaged, foreign or in the way
    |   |-- ProjectLocked   1   another session of the same annotator is open
    |   `-- NotSaved        1   an answer that did not reach the disk; nothing was acknowledged
    |-- LearningError       1   the labels, or the number of rows, do not allow it
    `-- ClusterError        1   workers that cannot be reached, or cannot do the work

Anything else that escapes is a bug of ours: exit 70, with a log file. Signals end with 129 (hang-up),
130 (Ctrl-C) and 143 (SIGTERM), after saving.
"""

__all__ = [
    "BUG_EXIT_CODE",
    "ActivelabelError",
    "BadData",
    "ClusterError",
    "LearningError",
    "NotSaved",
    "ProjectError",
    "ProjectLocked",
    "StaleCard",
    "UnknownClass",
    "WrongUse",
]

BUG_EXIT_CODE = 70


class ActivelabelError(Exception):
    """An expected failure, worded for the person at the keyboard.

    Parameters
    ----------
    message
        What happened, with the value and the place.
    hint
        What to do about it.
    """

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class WrongUse(ActivelabelError):
    """A command used wrongly: an option, a name or a place that does not exist."""

    exit_code = 2


class UnknownClass(WrongUse):
    """An answer that names no class there is."""


class StaleCard(ActivelabelError):
    """An answer to a card that is not asked any more; nothing was recorded."""


class BadData(ActivelabelError):
    """A file that cannot be read as a data set."""


class ProjectError(ActivelabelError):
    """A project that is missing, damaged, made by a newer version, or in the way."""


class ProjectLocked(ProjectError):
    """A second session of an annotator who is already at work."""


class NotSaved(ProjectError):
    """An answer that did not reach the disk; it was not acknowledged."""


class LearningError(ActivelabelError):
    """A computation that the labels given so far, or the number of rows, do not allow."""


class ClusterError(ActivelabelError):
    """Workers on this machine or others that cannot be reached, or cannot do the work."""
