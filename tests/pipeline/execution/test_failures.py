"""Why a run failed, in one line, whatever Beam and the runner made of it."""

import traceback

import pytest

from tuneloom.grammar.errors import UsageError
from tuneloom.pipeline.execution.failures import (
    carried_error,
    carry_errors,
    failure_reason,
    missing_package,
)

CANCELLED = "CANCELLED: call already cancelled. Use a handler() to disable this exception"
TRACEBACK = """Traceback (most recent call last):
  File "shards.py", line 1, in write
OSError: [Errno 28] No space left on device"""
BROKEN_CALL = """<_InactiveRpcError of RPC that terminated with:
\tstatus = StatusCode.UNAVAILABLE
\tdetails = "failed to connect to all addresses"
>"""


def through_beam(message: str) -> RuntimeError:
    """What the driver gets if a worker raises a `UsageError`: the traceback as text, and the step."""
    try:
        try:
            with carry_errors():
                raise UsageError(message)
        except Exception as error:
            raise type(error)(f"{error} [while running 'Judge-ptransform-1']") from error
    except Exception:
        return RuntimeError(f"{traceback.format_exc()}\n\nmore of Beam's words")


@pytest.mark.parametrize("message", ["a worker lacks it", 'two\nlines, "quotes" and caf\xe9', ""])
def test_an_error_of_ours_gets_through_beam_unchanged(message: str) -> None:
    assert carried_error(through_beam(message)) == str(UsageError(message))


@pytest.mark.parametrize("text", ["", "OSError: no", "tuneloom error: none", TRACEBACK])
def test_other_errors_are_not_ours(text: str) -> None:
    assert carried_error(RuntimeError(text)) is None


def test_other_exceptions_pass_unchanged() -> None:
    with pytest.raises(OSError, match="full"), carry_errors():
        raise OSError("full")


def test_a_module_that_a_worker_lacks_is_to_be_installed_there() -> None:
    text = "  File x\nModuleNotFoundError: No module named 'tuneloom' [while running 'Read']\n"
    assert missing_package(RuntimeError(text)) == (
        "a worker's Python: No module named 'tuneloom'; install the driver's tuneloom there"
    )
    assert missing_package(RuntimeError(TRACEBACK)) == ""


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "java.net.ConnectException: finishConnect(..) failed: Connection refused",
            "a worker, or the pool that --environment_config names, seems lost "
            "(finishConnect(..) failed: Connection refused)",
        ),
        (
            f"io.grpc.StatusRuntimeException: io.grpc.StatusRuntimeException: {CANCELLED}",
            "a worker, or the pool that --environment_config names, seems lost "
            "(CANCELLED: call already cancelled)",
        ),
        (
            "io.grpc.StatusRuntimeException: RESOURCE_EXHAUSTED: too large",
            "io.grpc.StatusRuntimeException: RESOURCE_EXHAUSTED: too large",
        ),
        (TRACEBACK, "OSError: [Errno 28] No space left on device"),
        (
            BROKEN_CALL,
            "a part of the cluster no longer answers (failed to connect to all addresses)",
        ),
    ],
)
def test_the_reason_of_a_failed_job_is_one_line(text: str, reason: str) -> None:
    error = RuntimeError(f"Pipeline tunes-1 failed in state FAILED: {text}")
    assert failure_reason(error) == reason


def test_an_exception_without_a_traceback_in_it_is_given_as_it_is() -> None:
    assert failure_reason(ValueError("too deep")) == "ValueError: too deep"
