"""Run the Beam graph: in this process, on watched worker processes, or on a named runner."""

# mypy: allow-untyped-calls
from __future__ import annotations

import os
import re
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import apache_beam as beam
from apache_beam.options.pipeline_options import PipelineOptions, StandardOptions
from apache_beam.runners.portability.fn_api_runner.fn_runner import FnApiRunner
from apache_beam.runners.runner import PipelineRunner, create_runner

from tuneloom.grammar.errors import RunFailed, TuneloomError, UsageError
from tuneloom.pipeline.execution.cluster import lacks_task_managers, require_cluster
from tuneloom.pipeline.execution.workers import WorkerPool, ignore_broken_streams
from tuneloom.pipeline.storage.interrupts import keeping_interrupts

__all__ = ["EMBEDDED", "execute", "runner_named"]

EMBEDDED = "FnApiRunner"
_WORKER_LOG = "workers.log"
# What workers raise comes back as text, and Beam adds the step in which it was raised.
_STEP = re.compile(r" \[while running .*\]$")
_REFUSAL = re.compile(rf"^\s*{UsageError.__module__}\.{UsageError.__name__}: (.+)$", re.MULTILINE)
_MISSING_PACKAGE = re.compile(r"^\s*ModuleNotFoundError: (No module named .+)$", re.MULTILINE)
_BROKEN_CALL = re.compile(r'^\s*details = "(.+)"$', re.MULTILINE)
# Flink's job server gives the root cause of a failure, which names no part of the cluster.
_JOB_FAILED = re.compile(r"^Pipeline \S+ failed in state [A-Z]+: ")
_LOST_WORKER = re.compile(
    r".*(?:StatusRuntimeException: (?=UNAVAILABLE|CANCELLED)|ConnectException: )(.+?)(?:\. |$)"
)


def runner_named(workers: int, arguments: Sequence[str]) -> str:
    """The runner that Beam's own options name, else the embedded one.

    Beam's own default would fetch a program from the internet. Raises `UsageError` for a runner
    that there is not, that cannot be trusted, or whose cluster does not answer or does not fit.
    """
    name = PipelineOptions(list(arguments)).view_as(StandardOptions).runner or EMBEDDED
    if "dask" in name.lower():
        raise UsageError(f"--runner {name}: loses data silently in Beam 2.77; choose another")
    if name != EMBEDDED and workers > 1:
        raise UsageError(f"--workers is for {EMBEDDED}; drop it, or drop --runner {name}")
    try:
        runner = create_runner(name)
    except (ValueError, ImportError, AttributeError) as error:
        raise UsageError(f"--runner {name}: {str(error).splitlines()[0]}") from error
    require_cluster(runner, arguments)
    if lack := lacks_task_managers(runner, arguments):
        # No error: there are clusters that start theirs once there is a job.
        print(f"note: {lack}; the run waits for one", file=sys.stderr)
    return str(name)


def execute(
    lay_out: Callable[[beam.Pipeline], None],
    runner: str,
    workers: int,
    arguments: Sequence[str],
    scratch: Path,
) -> None:
    """Run what `lay_out` puts into a pipeline; `arguments` are Beam's own options.

    `scratch` takes what worker processes say, and every file that they need for a while. Raises
    `UsageError` where a worker is not fit for the run, and `RunFailed` when it breaks off under way.
    """
    ignore_broken_streams()
    try:
        # Here too, so that what a person stopped is told apart before it counts as a failure.
        with keeping_interrupts():
            if runner == EMBEDDED:
                with _temporary_files_in(scratch):
                    _run_embedded(lay_out, workers, arguments, scratch / _WORKER_LOG)
            else:
                # A job server that Beam starts outlives the run, and its files go with it.
                _run(lay_out, create_runner(runner), arguments)
    except TuneloomError:
        raise
    except Exception as error:
        if refusal := _refusal(error):
            raise UsageError(refusal) from error
        cause = _lost(runner, arguments) or _cause(error)
        raise RunFailed(f"the run broke off: {cause}; {_keep_traceback()}") from error


def _run_embedded(
    lay_out: Callable[[beam.Pipeline], None], workers: int, arguments: Sequence[str], log: Path
) -> None:
    if workers == 1:
        _run(lay_out, FnApiRunner(), arguments)
        return
    pool = WorkerPool(log)
    runner = FnApiRunner(default_environment=pool.environment)
    options = [*arguments, f"--direct_num_workers={workers}"]
    pool.run(lambda: _run(lay_out, runner, options))


def _run(
    lay_out: Callable[[beam.Pipeline], None], runner: PipelineRunner, arguments: Sequence[str]
) -> None:
    pipeline = beam.Pipeline(runner=runner, options=PipelineOptions(list(arguments)))
    lay_out(pipeline)
    result = pipeline.run()
    try:
        result.wait_until_finish()
    except BaseException:
        # A cluster would work on at what nobody waits for any more.
        with suppress(Exception):
            result.cancel()
        raise


@contextmanager
def _temporary_files_in(folder: Path) -> Iterator[None]:
    """Send what this process and those it starts write for a while to a folder that goes with the run.

    Beam leaves such files behind when it is interrupted, or its workers are ended.
    """
    before, chosen = os.environ.get("TMPDIR"), tempfile.tempdir
    os.environ["TMPDIR"] = tempfile.tempdir = str(folder.absolute())
    try:
        yield
    finally:
        tempfile.tempdir = chosen
        if before is None:
            del os.environ["TMPDIR"]
        else:
            os.environ["TMPDIR"] = before


def _refusal(error: Exception) -> str:
    """What a worker has against the run, if that is why it broke off."""
    if found := _REFUSAL.findall(str(error)):
        return _STEP.sub("", found[-1])
    if found := _MISSING_PACKAGE.findall(str(error)):
        return f"a worker's Python: {_STEP.sub('', found[-1])}; install the driver's tuneloom there"
    return ""


def _lost(runner: str, arguments: Sequence[str]) -> str:
    """What the cluster is found to lack, now that the run broke off."""
    try:
        require_cluster(create_runner(runner), arguments)
        return lacks_task_managers(create_runner(runner), arguments)
    except UsageError as found:
        return str(found)


def _cause(error: Exception) -> str:
    """What went wrong, in a line; Beam makes whole tracebacks into messages."""
    if found := _BROKEN_CALL.findall(str(error)):
        return f"a part of the cluster no longer answers ({found[-1]})"
    failed = _JOB_FAILED.match(str(error))
    reason = str(error)[failed.end() :] if failed else ""
    if lost := _LOST_WORKER.match(reason):
        return f"a worker, or the pool that --environment_config names, seems lost ({lost[1]})"
    if reason and "\n" not in reason:
        return reason
    lines = [line.strip() for line in str(error).splitlines()]
    causes = [line for line in lines if line.partition(":")[0].endswith(("Error", "Exception"))]
    return causes[-1] if causes else traceback.format_exception_only(error)[-1].strip()


def _keep_traceback() -> str:
    """Write the exception at hand to a file that stays, and say where; a full disk may have no room."""
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="tuneloom-", suffix=".log", delete=False, encoding="utf-8"
        ) as file:
            file.write(traceback.format_exc())
    except OSError:
        return "there was no room to keep the details"
    return f"{file.name} has the details"
