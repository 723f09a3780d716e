"""The exceptions of every room, and the exit status each gives a command.

    TuneloomError            what a person can read and act on; shown as one line, never a traceback
    ├── UsageError           2  a wrong option, name or path; a file that cannot be read or written
    ├── GateMissed           3  a figure fell below the one that was asked for
    └── RunFailed            4  a run that failed under way: a worker lost, a loss that is not a number

What is wrong *inside* a tune is never an exception: it is a value, `grammar.Diagnostic`.
"""

__all__ = ["GateMissed", "RunFailed", "TuneloomError", "UsageError"]


class TuneloomError(Exception):
    """A problem told in one sentence that names the thing, and one that says what to do."""

    exit_code = 2


class UsageError(TuneloomError):
    """What was asked for cannot be done: a wrong option, name or path."""


class GateMissed(TuneloomError):
    """Everything ran, and a figure is below the threshold that the user set."""

    exit_code = 3


class RunFailed(TuneloomError):
    """A long run broke off; what stood before it is untouched."""

    exit_code = 4
