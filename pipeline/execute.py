"""Run the Beam graph: in this process, on watched worker processes, or on a named runner."""

# mypy: allow-untyped-calls
from __future__ import annotations

import traceback
from collections.abc import Sequence
from pathlib import Path

import apache_beam as beam
from apache_beam.options.pipeline_options import PipelineOptions, StandardOptions
from apache_beam.runners.portability.fn_api_runner.fn_runner import FnApiRunner
from apache_beam.runners.runner import PipelineRunner, create_runner

from grammar.errors import RunFailed, UsageError
from pipeline.plan import Plan
from pipeline.stages import build
from pipeline.workers import WorkerPool

__all__ = ["execute"]

_WORKER_LOG = "workers.log"


def execute(
    plan: Plan, directory: Path, scratch: Path, workers: int, arguments: Sequence[str]
) -> str:
    """Fill `directory` and name the runner that did; `arguments` are Beam's own options.

    Raises `RunFailed` when the run breaks off under way.
    """
    named = PipelineOptions(list(arguments)).view_as(StandardOptions).runner
    try:
        if named:
            return _named_runner(named, plan, directory, scratch, workers, arguments)
        if workers > 1:
            return _worker_processes(plan, directory, scratch, workers, arguments)
        _run(FnApiRunner(), plan, directory, scratch, PipelineOptions(list(arguments)))
        return "embedded, in memory"
    except (RunFailed, UsageError):
        raise
    except Exception as error:
        raise RunFailed(_told(error)) from error


def _run(
    runner: PipelineRunner,
    plan: Plan,
    directory: Path,
    scratch: Path,
    options: PipelineOptions,
) -> None:
    pipeline = beam.Pipeline(runner=runner, options=options)
    build(pipeline, plan, directory, scratch)
    pipeline.run().wait_until_finish()


def _worker_processes(
    plan: Plan, directory: Path, scratch: Path, workers: int, arguments: Sequence[str]
) -> str:
    pool = WorkerPool(scratch / _WORKER_LOG)
    options = PipelineOptions([*arguments, f"--direct_num_workers={workers}"])
    runner = FnApiRunner(default_environment=pool.environment)
    pool.run(lambda: _run(runner, plan, directory, scratch, options))
    return "embedded, worker processes"


def _named_runner(
    name: str,
    plan: Plan,
    directory: Path,
    scratch: Path,
    workers: int,
    arguments: Sequence[str],
) -> str:
    if "dask" in name.lower():
        raise UsageError(
            f"--runner {name}: loses data silently in Beam 2.77; choose another runner"
        )
    if workers > 1:
        raise UsageError("--workers is for the embedded runner; drop it, or drop --runner")
    _run(create_runner(name), plan, directory, scratch, PipelineOptions(list(arguments)))
    return name


def _told(error: Exception) -> str:
    """The last line of what went wrong; Beam wraps whole tracebacks into its messages."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    cause = next((line for line in reversed(lines) if "Error" in line.partition(":")[0]), "")
    return f"the run broke off: {cause or traceback.format_exception_only(error)[-1].strip()}"
