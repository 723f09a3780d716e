"""The exceptions of all packages, and the exit status that each gives a command.

    TuneloomError            a problem that the user can act on; shown as one line, without a traceback
    ├── UsageError           2  a wrong option, name or path; a file that cannot be read or written
    ├── GateMissed           3  a figure is below the one that was asked for
    └── RunFailed            4  a run that failed midway: a lost worker, a loss that is not a number

What is wrong *inside* a tune is never an exception: it is a value, `grammar.Diagnostic`.
"""

__all__ = ["GateMissed", "RunFailed", "TuneloomError", "UsageError"]


class TuneloomError(Exception):
    """A problem, in one sentence that names the thing and one that says what to do."""

    exit_code = 2


class UsageError(TuneloomError):
    """What was asked for cannot be done, because of a wrong option, name or path."""


class GateMissed(TuneloomError):
    """Everything ran, but a figure is below the threshold that the user set."""

    exit_code = 3


class RunFailed(TuneloomError):
    """A long run failed midway; what existed before it is untouched."""

    exit_code = 4
