"""Run the Beam graph: in this process, in watched worker processes, or on a runner given by name."""

# mypy: allow-untyped-calls
from __future__ import annotations

import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import apache_beam as beam
import apache_beam.pipeline as beam_pipeline
from apache_beam.options.pipeline_options import PipelineOptions, StandardOptions
from apache_beam.runners.portability.fn_api_runner.fn_runner import FnApiRunner
from apache_beam.runners.runner import PipelineRunner, create_runner

from tuneloom.grammar.errors import RunFailed, TuneloomError, UsageError
from tuneloom.pipeline.execution.cluster import missing_task_managers, require_cluster
from tuneloom.pipeline.execution.failures import carried_error, failure_reason, missing_package
from tuneloom.pipeline.execution.workers import WorkerPool, ignore_broken_streams
from tuneloom.pipeline.storage.interrupts import keep_interrupts

__all__ = ["EMBEDDED", "choose_runner", "run_pipeline"]

EMBEDDED = "FnApiRunner"
_WORKER_LOG = "workers.log"


def choose_runner(workers: int, arguments: Sequence[str]) -> str:
    """The name of the runner that Beam's options ask for, or of the embedded one.

    (The default of Beam itself would download a program.)

    Raises:
        UsageError: there is no such runner, it is known to lose data, or its cluster does not answer or
            does not fit.
    """
    name = PipelineOptions(list(arguments)).view_as(StandardOptions).runner or EMBEDDED
    if "dask" in name.lower():
        raise UsageError(f"--runner {name}: loses data silently in Beam 2.77; choose another")
    if name != EMBEDDED and workers > 1:
        raise UsageError(
            f"--workers works with {EMBEDDED} only; remove it, or remove --runner {name}"
        )
    try:
        runner = create_runner(name)
    except (ValueError, ImportError, AttributeError) as error:
        raise UsageError(f"--runner {name}: {str(error).splitlines()[0]}") from error
    require_cluster(runner, arguments)
    if lack := missing_task_managers(runner, arguments):
        # Not an error: some clusters start theirs once there is a job.
        print(f"note: {lack}; the run waits for one", file=sys.stderr)
    return str(name)


def run_pipeline(
    lay_out: Callable[[beam.Pipeline], None],
    runner: str,
    workers: int,
    arguments: Sequence[str],
    scratch: Path,
) -> None:
    """Run what `lay_out` puts into a pipeline. `arguments` are Beam's own options.

    `scratch` takes the workers' log and all temporary files.

    Raises:
        UsageError: a worker cannot take part in the run.
        RunFailed: the run failed.
    """
    ignore_broken_streams()
    try:
        # Interrupts are kept here as well, so that a run that a person stopped does not count as failed.
        with keep_interrupts():
            if runner == EMBEDDED:
                with _temporary_files_in(scratch), _as_outside_of_notebooks():
                    _run_embedded(lay_out, workers, arguments, scratch / _WORKER_LOG)
            else:
                # A job server that Beam starts outlives the run, so its files must not be in scratch.
                _run_on(create_runner(runner), lay_out, arguments)
    except TuneloomError:
        raise
    except Exception as error:
        if refusal := carried_error(error) or missing_package(error):
            raise UsageError(refusal) from error
        reason = _missing_cluster(runner, arguments) or failure_reason(error)
        raise RunFailed(f"the run failed: {reason}; {_save_traceback()}") from error


def _run_embedded(
    lay_out: Callable[[beam.Pipeline], None], workers: int, arguments: Sequence[str], log: Path
) -> None:
    if workers == 1:
        _run_on(FnApiRunner(), lay_out, arguments)
        return
    pool = WorkerPool(log)
    runner = FnApiRunner(default_environment=pool.environment)
    options = [*arguments, f"--direct_num_workers={workers}"]
    pool.run(lambda: _run_on(runner, lay_out, options))


def _run_on(
    runner: PipelineRunner, lay_out: Callable[[beam.Pipeline], None], arguments: Sequence[str]
) -> None:
    pipeline = beam.Pipeline(runner=runner, options=PipelineOptions(list(arguments)))
    lay_out(pipeline)
    result = pipeline.run()
    try:
        result.wait_until_finish()
    except BaseException:
        # A cluster would go on working at something that nobody waits for.
        with suppress(Exception):
            result.cancel()
        raise


@contextmanager
def _temporary_files_in(folder: Path) -> Iterator[None]:
    """Put the temporary files of this process and its children into a folder that goes with the run.

    Beam leaves such files behind when it is interrupted, or when its workers are killed.
    """
    variable, chosen = os.environ.get("TMPDIR"), tempfile.tempdir
    os.environ["TMPDIR"] = tempfile.tempdir = str(folder.absolute())
    try:
        yield
    finally:
        tempfile.tempdir = chosen
        if variable is None:
            del os.environ["TMPDIR"]
        else:
            os.environ["TMPDIR"] = variable


@contextmanager
def _as_outside_of_notebooks() -> Iterator[None]:
    """Keep Beam from taking a pipeline in a notebook for an interactive one.

    For that it imports its data frames, which pandas 3 is too new for, and it would leave files behind.
    """
    names = ("is_in_ipython", "alter_label_if_ipython")
    found = {name: getattr(beam_pipeline, name) for name in names}
    for name in names:
        setattr(beam_pipeline, name, lambda *_: False)
    try:
        yield
    finally:
        for name in names:
            setattr(beam_pipeline, name, found[name])


def _missing_cluster(runner: str, arguments: Sequence[str]) -> str:
    """What the cluster lacks now, after the run failed; empty if it lacks nothing."""
    try:
        require_cluster(create_runner(runner), arguments)
        return missing_task_managers(create_runner(runner), arguments)
    except UsageError as error:
        return str(error)


def _save_traceback() -> str:
    """Write the current exception to a file that is kept, and say where; the disk may be full."""
    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="tuneloom-", suffix=".log", delete=False, encoding="utf-8"
        ) as file:
            file.write(traceback.format_exc())
    except OSError:
        return "the disk has no room for the details"
    return f"see {file.name} for details"
