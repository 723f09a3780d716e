"""Run an ingestion, from the command line to the finished data set.

The options are checked before Beam is loaded, so that a mistake is reported at once.
"""

from __future__ import annotations

import json
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path

from tuneloom.corpus.record import Reject
from tuneloom.grammar.errors import GateMissed, RunFailed, TuneloomError, UsageError
from tuneloom.grammar.project import load_project_plugins
from tuneloom.pipeline.contract.evaluate import evaluate_expectations
from tuneloom.pipeline.contract.results import check_results_path, write_results
from tuneloom.pipeline.dataset.files import COMPLETED, REJECTS, RUN, is_dataset_file
from tuneloom.pipeline.dataset.manifest import Manifest
from tuneloom.pipeline.description.license_notes import license_notes
from tuneloom.pipeline.description.summary import print_summary
from tuneloom.pipeline.execution.counters import FOUND, JUDGED, PARTS, ProgressCounter
from tuneloom.pipeline.options import Options, parse_options
from tuneloom.pipeline.planning import make_plan
from tuneloom.pipeline.progress import IngestionProgress, show_progress
from tuneloom.pipeline.publish.bucket import staging_in_bucket
from tuneloom.pipeline.publish.local import staging_directory
from tuneloom.pipeline.publish.source_locator import input_locations
from tuneloom.pipeline.publish.target import check_target
from tuneloom.pipeline.steps.plan import Plan
from tuneloom.pipeline.storage.interrupts import keep_interrupts
from tuneloom.pipeline.storage.paths import AnyPath, is_remote, set_file_options
from tuneloom.pipeline.storage.silence_beam import silence_beam

__all__ = ["main", "run_ingestion"]

_INTERRUPTED = 130
_SCRATCH = ".scratch"
_LIMIT_OPTIONS = {
    "file-too-large": "--max-file-mb",
    "expands-too-much": "--max-expansion",
    "tune-too-long": "--max-tune-chars",
}


def main(
    arguments: Sequence[str] | None = None, program: str = "beam run pipeline/ingest.py"
) -> int:
    """Run an ingestion and return the exit status; a problem is one line on standard error."""
    started = time.monotonic()
    try:
        plugins = load_project_plugins(Path.cwd())
        given = sys.argv[1:] if arguments is None else arguments
        options = parse_options(given, plugins, program)
        manifest = run_ingestion(options)
    except TuneloomError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("error: interrupted; the output is unchanged", file=sys.stderr)
        return _INTERRUPTED
    notes = license_notes({source.name: source.license for source in manifest.sources})
    print_summary(manifest, notes, str(options.output), time.monotonic() - started)
    return 0


def run_ingestion(options: Options, *, quiet: bool = False) -> Manifest:
    """Make the data set and return its manifest. Progress is shown on standard error unless `quiet`.

    If this raises, the output is unchanged, unless it is in a bucket and moving the files into place failed.

    Raises:
        UsageError: the options cannot be carried out, or no tune could be taken.
        GateMissed: the data set does not meet the expectations.
        RunFailed: the run failed, or the disk is full.
    """
    if any(map(is_remote, [*options.inputs, str(options.output)])):
        set_file_options(options.beam)
    check_target(options.output, options.overwrite)
    if options.results:
        check_results_path(options.results)
    last = _last_manifest(options.output) if options.expected else None
    plan = make_plan(options)
    with keep_interrupts(), silence_beam():
        from tuneloom.pipeline.execution.runner import choose_runner

        runner = choose_runner(options.workers, options.beam)
        try:
            with _staging(options.output, options.overwrite) as staged:
                manifest = _fill(staged, plan, options, runner, quiet)
                _require_expectations(options, manifest, last, staged)
                return manifest
        except OSError as error:
            raise RunFailed(
                f"{options.output}: cannot be written ({error.strerror}); the output is unchanged"
            ) from error


def _staging(target: AnyPath, overwrite: bool) -> AbstractContextManager[AnyPath]:
    if isinstance(target, Path):
        return staging_directory(target, overwrite)
    return staging_in_bucket(target, overwrite)


def _fill(staged: AnyPath, plan: Plan, options: Options, runner: str, quiet: bool) -> Manifest:
    """Run the pipeline in the directory that will become the data set."""
    from tuneloom.pipeline.execution.graph import build_graph
    from tuneloom.pipeline.execution.runner import run_pipeline

    began, started = datetime.now(UTC), time.monotonic()
    scratch = staged / _SCRATCH
    scratch.mkdir()
    lay_out = partial(
        build_graph, plan=plan, directory=staged, scratch=scratch, options=options.beam
    )
    with _progress_shown(scratch, quiet), _local_scratch(scratch) as local:
        run_pipeline(lay_out, runner, options.workers, options.beam, local)
    if isinstance(staged, Path):
        shutil.rmtree(staged / _SCRATCH)
        _remove_leftovers(staged)
    manifest = Manifest.read(staged)
    _require_tunes(manifest, staged)
    _write_run_facts(
        staged / RUN,
        runner=runner,
        workers=options.workers,
        began=began.isoformat(timespec="seconds"),
        seconds=round(time.monotonic() - started, 1),
        locations=input_locations([job.file for job in plan.jobs]),
    )
    return manifest


def _progress_shown(scratch: AnyPath, quiet: bool) -> AbstractContextManager[None]:
    """Show progress, where it can be counted."""
    if quiet or not isinstance(scratch, Path):
        return nullcontext()
    counters = [ProgressCounter(scratch / name) for name in (JUDGED, PARTS, FOUND)]
    return show_progress(lambda: IngestionProgress(*(each.value() for each in counters)))


@contextmanager
def _local_scratch(scratch: AnyPath) -> Iterator[Path]:
    """A folder on this machine that is removed after the run."""
    if isinstance(scratch, Path):
        yield scratch
    else:
        with tempfile.TemporaryDirectory(prefix="tuneloom-") as folder:
            yield Path(folder)


def _remove_leftovers(staged: Path) -> None:
    """Remove unfinished files: a cluster that loses a worker has another repeat its part."""
    for path in staged.iterdir():
        if not is_dataset_file(path.name):
            path.unlink(missing_ok=True)


def _require_tunes(manifest: Manifest, staged: AnyPath) -> None:
    if (query := manifest.options.get("query")) and not manifest.counts.read:
        raise UsageError(f"--query {query}: no tune matches, so nothing was written")
    if not manifest.counts.taken:
        rejects = ", ".join(f"{code} {count:,}" for code, count in manifest.counts.rejects.items())
        raise UsageError(
            f"not one tune could be taken ({rejects}), so nothing was written; "
            f"{_first_reason(staged)}"
        )


def _first_reason(staged: AnyPath) -> str:
    """Why the first file or tune was rejected, and the option that would admit it, if there is one."""
    with (staged / REJECTS).open("rb") as file:
        line = file.readline()
    if not line:
        return "is this ABC notation?"
    first = Reject(**json.loads(line))
    option = _LIMIT_OPTIONS.get(first.code)
    more = f" (raise {option} to admit it)" if option else ""
    return f"the first: {first.place}: {first.message}{more}"


def _last_manifest(target: AnyPath) -> Manifest | None:
    """The manifest of the data set that is replaced; None if there is none that can be read."""
    try:
        (target / COMPLETED).read_bytes()
        return Manifest.read(target)
    except (OSError, UsageError):
        return None


def _require_expectations(
    options: Options, manifest: Manifest, last: Manifest | None, staged: AnyPath
) -> None:
    if not (options.expected and options.results):
        return
    results = evaluate_expectations(options.expected, manifest, last)
    write_results(options.results, results, manifest, staged)
    broken = [str(result) for result in results if not result.met]
    if broken:
        raise GateMissed(
            f"{options.expected.path}: {len(broken)} of {len(results)} expectations not met: "
            f"{'; '.join(broken)}; {options.output} is unchanged, see {options.results}"
        )


def _write_run_facts(path: AnyPath, **facts: object) -> None:
    """Record how the data set was made; nothing of this decides a byte of it."""
    versions = {name: version(name) for name in ("tuneloom", "apache-beam", "lark")}
    facts |= {"python": platform.python_version(), "system": platform.platform()}
    path.write_text(json.dumps(facts | {"versions": versions}, indent=2) + "\n")
