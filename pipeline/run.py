"""One ingestion, from the command line to the finished data set.

What the user asked for is looked at before Beam is loaded, so that a slip costs no waiting.
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

from tuneloom.corpus.reading.tunebooks import read
from tuneloom.corpus.record import Reject
from tuneloom.corpus.source import SourceFile
from tuneloom.corpus.sources import SOURCES, resolve
from tuneloom.grammar import GRAMMAR_HASH
from tuneloom.grammar.errors import RunFailed, TuneloomError, UsageError
from tuneloom.pipeline.dataset.files import REJECTS, RUN, SPLITS, is_ours
from tuneloom.pipeline.dataset.manifest import Manifest
from tuneloom.pipeline.description.summary import print_summary
from tuneloom.pipeline.execution.counters import FOUND, JUDGED, PARTS, Ticks
from tuneloom.pipeline.options import Options, parse_options
from tuneloom.pipeline.progress import Progress, showing
from tuneloom.pipeline.publish.bucket import replacing_in_bucket
from tuneloom.pipeline.publish.local import check_target, replacing
from tuneloom.pipeline.publish.origins import locations
from tuneloom.pipeline.steps.plan import Plan, SourceTerms, limited
from tuneloom.pipeline.storage.interrupts import keeping_interrupts
from tuneloom.pipeline.storage.paths import AnyPath, is_remote, set_file_options
from tuneloom.pipeline.storage.remote_inputs import open_anywhere, remote_files
from tuneloom.pipeline.storage.silence_beam import quiet_beam

__all__ = ["ingest", "main", "make_plan"]

_INTERRUPTED = 130
_SCRATCH = ".scratch"
_RAISED_BY = {
    "file-too-large": "--max-file-mb",
    "expands-too-much": "--max-expansion",
    "tune-too-long": "--max-tune-chars",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run an ingestion and return the exit status; a problem is one line on standard error."""
    started = time.monotonic()
    try:
        options = parse_options(sys.argv[1:] if arguments is None else arguments)
        manifest = ingest(options)
    except TuneloomError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("error: interrupted; the output is as it was", file=sys.stderr)
        return _INTERRUPTED
    print_summary(manifest, str(options.output), time.monotonic() - started)
    return 0


def ingest(options: Options) -> Manifest:
    """Make the data set and return its manifest.

    Raises `UsageError` for what cannot be done or gives no tune, and `RunFailed` when the run
    breaks off or the disk is full; either way the output is left as it was, but for a bucket if the
    last step breaks off, that of putting files into place.
    """
    if any(map(is_remote, [*options.inputs, str(options.output)])):
        set_file_options(options.beam)
    check_target(options.output, options.overwrite)
    plan = make_plan(options)
    with keeping_interrupts(), quiet_beam():
        from tuneloom.pipeline.execution.runner import runner_named

        runner = runner_named(options.workers, options.beam)
        try:
            with _replacing(options.output, options.overwrite) as staged:
                return _fill(staged, plan, options, runner)
        except OSError as error:
            raise RunFailed(
                f"{options.output}: cannot be written ({error.strerror}); the output is as it was"
            ) from error


def _replacing(target: AnyPath, overwrite: bool) -> AbstractContextManager[AnyPath]:
    if isinstance(target, Path):
        return replacing(target, overwrite)
    return replacing_in_bucket(target, overwrite)


def make_plan(options: Options) -> Plan:
    """Find the files to read, and the terms of their sources."""
    local = [text for text in options.inputs if not is_remote(text)]
    remote = remote_files([text for text in options.inputs if is_remote(text)])
    files = sorted(
        [*resolve(options.sources, local, options.accepted), *remote],
        key=lambda file: (file.source, file.path),
    )
    reading = partial(read, limits=options.limits, open_=open_anywhere)
    jobs = tuple(limited(files, options.limit, reading))
    return Plan(
        profile=options.profile,
        grammar=GRAMMAR_HASH,
        limit=options.limit,
        shards={split: options.shards if split == "train" else 1 for split in SPLITS},
        sources=tuple({job.file.source: _terms(job.file) for job in jobs}.values()),
        jobs=jobs,
        limits=options.limits,
    )


def _terms(file: SourceFile) -> SourceTerms:
    source = SOURCES.get(file.source)
    return SourceTerms(file.source, file.license, source.citation if source else "")


def _fill(staged: AnyPath, plan: Plan, options: Options, runner: str) -> Manifest:
    """Run the pipeline in the directory that will become the data set."""
    from tuneloom.pipeline.execution.graph import build
    from tuneloom.pipeline.execution.runner import execute

    began, started = datetime.now(UTC), time.monotonic()
    scratch = staged / _SCRATCH
    scratch.mkdir()
    lay_out = partial(build, plan=plan, directory=staged, scratch=scratch, options=options.beam)
    with _showing_ticks(scratch), _here(scratch) as here:
        execute(lay_out, runner, options.workers, options.beam, here)
    if isinstance(staged, Path):
        shutil.rmtree(staged / _SCRATCH)
        _sweep(staged)
    manifest = Manifest.read(staged)
    _refuse_nothing(manifest, staged)
    _write_run(
        staged / RUN,
        runner=runner,
        workers=options.workers,
        began=began.isoformat(timespec="seconds"),
        seconds=round(time.monotonic() - started, 1),
        locations=locations([job.file for job in plan.jobs]),
    )
    return manifest


def _showing_ticks(scratch: AnyPath) -> AbstractContextManager[None]:
    """Show how far the run is, where that is counted."""
    if not isinstance(scratch, Path):
        return nullcontext()
    counts = [Ticks(scratch / name) for name in (JUDGED, PARTS, FOUND)]
    return showing(lambda: Progress(*(each.count() for each in counts)))


@contextmanager
def _here(scratch: AnyPath) -> Iterator[Path]:
    """A folder of this machine that goes with the run."""
    if isinstance(scratch, Path):
        yield scratch
    else:
        with tempfile.TemporaryDirectory(prefix="tuneloom-") as folder:
            yield Path(folder)


def _sweep(staged: Path) -> None:
    """Remove what workers left half written: a cluster that loses one has another do its part again."""
    for path in staged.iterdir():
        if not is_ours(path.name):
            path.unlink(missing_ok=True)


def _refuse_nothing(manifest: Manifest, staged: AnyPath) -> None:
    if not manifest.counts.taken:
        rejects = ", ".join(f"{code} {count:,}" for code, count in manifest.counts.rejects.items())
        raise UsageError(
            f"not one tune could be taken ({rejects}), so nothing was written; "
            f"{_first_reason(staged)}"
        )


def _first_reason(staged: AnyPath) -> str:
    """What became of the first file or tune, and the option that would let it pass, if there is one."""
    with (staged / REJECTS).open("rb") as file:
        line = file.readline()
    if not line:
        return "is this ABC notation?"
    first = Reject(**json.loads(line))
    option = _RAISED_BY.get(first.code)
    more = f" ({option} allows more)" if option else ""
    return f"the first: {first.path}:{first.line}: {first.message}{more}"


def _write_run(path: AnyPath, **facts: object) -> None:
    """How the data set was made: nothing of this decides a byte of it."""
    versions = {name: version(name) for name in ("tuneloom", "apache-beam", "lark")}
    facts |= {"python": platform.python_version(), "system": platform.platform()}
    path.write_text(json.dumps(facts | {"versions": versions}, indent=2) + "\n")
