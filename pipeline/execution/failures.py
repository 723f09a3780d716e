"""Why a run failed, in one line.

Beam passes on the text of what a worker raised, and no exception objects. An error of ours that is meant for
the user is therefore sent as JSON within the text (`carry_errors`), and unpacked from it (`carried_error`).
What Beam, gRPC and Flink report themselves is recognized by the patterns below.
"""

from __future__ import annotations

import json
import re
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tuneloom.grammar.errors import UsageError

__all__ = ["carried_error", "carry_errors", "failure_reason", "missing_package"]

_MARK = "tuneloom error: "


class _CarriedError(Exception):
    """A `UsageError` on its way from a worker to the driver.

    Beam makes it anew with the step added to its text, so it has no arguments but that.
    """


@contextmanager
def carry_errors() -> Iterator[None]:
    """Raise a `UsageError` of the block in a form that gets through Beam."""
    try:
        yield
    except UsageError as error:
        raise _CarriedError(_MARK + json.dumps(str(error))) from error


def carried_error(error: Exception) -> str | None:
    """The message of a `UsageError` that a worker raised within `carry_errors`, if there is one."""
    _, mark, rest = str(error).rpartition(_MARK)
    if not mark:
        return None
    try:
        message, _ = json.JSONDecoder().raw_decode(rest)
    except ValueError:
        return None
    return str(message)


@dataclass(frozen=True, slots=True)
class _Symptom:
    """A text that tells why a run failed, and the explanation, with what the pattern's group matched."""

    pattern: re.Pattern[str]
    explanation: str

    def explain(self, text: str) -> str:
        """The explanation for the last match, or an empty string."""
        found = self.pattern.findall(text)
        return self.explanation.format(found[-1]) if found else ""


# Raised where a worker unpickles what the driver sent. Beam adds the step to the message.
_MISSING_PACKAGE = _Symptom(
    re.compile(
        r"^\s*ModuleNotFoundError: (No module named .+?)(?: \[while running .*\])?$", re.MULTILINE
    ),
    "a worker's Python: {}; install the driver's tuneloom there",
)
# How gRPC prints a call that failed.
_BROKEN_CALL = _Symptom(
    re.compile(r'^\s*details = "(.+)"$', re.MULTILINE),
    "a part of the cluster no longer answers ({})",
)
# Flink's job server reports the root cause of a failure, which does not name a part of the cluster.
_LOST_WORKER = _Symptom(
    re.compile(
        r"\A.*(?:StatusRuntimeException: (?=UNAVAILABLE|CANCELLED)|ConnectException: )(.+?)(?:\. |$)"
    ),
    "a worker, or the pool that --environment_config names, seems lost ({})",
)
_JOB_FAILED = re.compile(r"\APipeline \S+ failed in state [A-Z]+: ")


def missing_package(error: Exception) -> str:
    """What to install where a worker lacks a module, if that is why the run failed."""
    return _MISSING_PACKAGE.explain(str(error))


def failure_reason(error: Exception) -> str:
    """What went wrong, in one line; Beam puts whole tracebacks into messages."""
    text = str(error)
    if explanation := _BROKEN_CALL.explain(text):
        return explanation
    failed = _JOB_FAILED.match(text)
    reason = text[failed.end() :] if failed else ""
    if explanation := _LOST_WORKER.explain(reason):
        return explanation
    if reason and "\n" not in reason:
        return reason
    lines = [line.strip() for line in text.splitlines()]
    causes = [line for line in lines if line.partition(":")[0].endswith(("Error", "Exception"))]
    return causes[-1] if causes else traceback.format_exception_only(error)[-1].strip()
