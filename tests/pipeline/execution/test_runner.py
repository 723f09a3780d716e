"""What a run that breaks off says: one line, whatever the runner made of what went wrong."""

from pathlib import Path

import pytest

from tuneloom.grammar.errors import RunFailed
from tuneloom.pipeline.execution.runner import EMBEDDED, execute

CANCELLED = "CANCELLED: call already cancelled. Use a handler() to disable this exception"
TRACEBACK = """Traceback (most recent call last):
  File "shards.py", line 1, in write
OSError: [Errno 28] No space left on device"""


@pytest.mark.parametrize(
    ("said", "told"),
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
    ],
)
def test_the_cause_of_a_failed_job_is_one_line(said: str, told: str, tmp_path: Path) -> None:
    def fail(_: object) -> None:
        raise RuntimeError(f"Pipeline tunes-1 failed in state FAILED: {said}")

    with pytest.raises(RunFailed) as error:
        execute(fail, EMBEDDED, 1, [], tmp_path)
    assert str(error.value).startswith(f"the run broke off: {told}; ")
