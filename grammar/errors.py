"""The exceptions of all packages, and the exit status that each gives a command.

    TuneloomError            a problem that the user can act on; shown as one line, without a traceback
    ├── UsageError           2  a wrong option, name or path; a file that cannot be read or written
    ├── GateMissed           3  a figure is below the one that was asked for
    └── RunFailed            4  a run that failed midway: a lost worker, a loss that is not a number

What is wrong *inside* a tune is never an exception: it is a value, `grammar.Diagnostic`.
"""

import re

__all__ = ["GateMissed", "RunFailed", "TuneloomError", "UsageError", "in_one_line"]

_LINE_END = r"\s*[\r\n]\s*"
# What a terminal might obey, or show in another order.
_CONTROL = "[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"


def in_one_line(text: str) -> str:
    """The text without line ends, and U+FFFD for what a terminal might obey."""
    return re.sub(_CONTROL, "\ufffd", re.sub(_LINE_END, " ", text))


class TuneloomError(Exception):
    """A problem, in one sentence that names the thing and one that says what to do.

    What is quoted from a file or a name in it is safe to print.
    """

    exit_code = 2

    def __init__(self, message: str) -> None:
        super().__init__(in_one_line(message))


class UsageError(TuneloomError):
    """What was asked for cannot be done, because of a wrong option, name or path."""


class GateMissed(TuneloomError):
    """Everything ran, but a figure is below the threshold that the user set."""

    exit_code = 3


class RunFailed(TuneloomError):
    """A long run failed midway; what existed before it is untouched."""

    exit_code = 4
