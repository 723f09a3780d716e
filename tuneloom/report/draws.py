"""The tunes of each run: drawn for the report, or those of files."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from tuneloom.grammar.errors import UsageError
from tuneloom.model.score.reports.reference import ReferenceTunes
from tuneloom.model.score.reports.scoring import score_tunes
from tuneloom.model.score.tunes.tune_set import TuneSet, read_tunes
from tuneloom.report.reported_runs import ReportedDraws, ReportedRun

__all__ = ["DrawOptions", "with_draws"]

_REMARKS = re.compile(r"^%%tuneloom (?!draws? )(.*)$", re.MULTILINE)
_HEAD = 4096  # bytes of a file in which its remarks are

DrawOptions = tuple[int, int]
"""How many tunes to draw from each run, and the seed."""

_Found = tuple[TuneSet, str, str, tuple[str, ...]]
"""Tunes, and the fields of `ReportedDraws` that follow the score."""


def with_draws(
    runs: Sequence[ReportedRun],
    files: Sequence[Path],
    options: DrawOptions,
    real: ReferenceTunes | None,
    workers: int,
    tell: Callable[[str], None],
) -> list[ReportedRun]:
    """The runs with the scores of their tunes: those of the files, one for each run, or new draws.

    Raises:
        UsageError: a file has no tune, or there are fewer or more files than runs.
        RunFailed: a network gives no numbers.
    """
    if files and len(files) != len(runs):
        raise UsageError(
            f"--tunes: {len(files)} given for {len(runs)} runs; give one for each, in their order"
        )
    sets: list[_Found | str]
    sets = [*map(_read_from, files)] or [_drawn_from(run, options, tell) for run in runs]
    return [
        replace(run, undrawn=found)
        if isinstance(found, str)
        else replace(
            run,
            draws=ReportedDraws(score_tunes(found[0], real, workers=workers), *found[1:]),
        )
        for run, found in zip(runs, sets, strict=True)
    ]


def _read_from(path: Path) -> _Found:
    tunes = read_tunes(path)
    with path.open("rb") as file:
        head = file.read(_HEAD).decode(errors="replace").split("\nX:")[0]
    remarks = _REMARKS.findall(head)
    origin = f"the tunes of {path.name}" + (f" ({'; '.join(remarks)})" if remarks else "")
    return tunes, origin, str(path), ()


def _drawn_from(
    run: ReportedRun, options: DrawOptions, tell: Callable[[str], None]
) -> _Found | str:
    """The draws, or why there are none."""
    count, seed = options
    if not count:
        return "none were asked for"
    if not run.is_learned:
        return "it has no network yet"
    from tuneloom.model.sampling.config import SamplingConfig
    from tuneloom.model.sampling.generate import generate_tunes
    from tuneloom.model.sampling.request import GenerationRequest

    tell(f"{run.name}: drawing {count:,} tunes")
    result = generate_tunes(run.directory, SamplingConfig(seed=seed), GenerationRequest(count))
    if result.partial:
        raise KeyboardInterrupt
    tunes = TuneSet(tuple(each.to_drawn_text() for each in result.tunes.values()), count)
    directory = run.directory
    file = "tunes.abc" if directory.is_pretrained else str(directory.path / "tunes.abc")
    named, output = shlex.quote(directory.address), shlex.quote(file)
    command = f"tuneloom generate {named} -n {count} --seed {seed} --output {output}"
    origin = (
        f"{count:,} tunes drawn from its best network for this report, as `tuneloom generate` draws them by "
        f"default, with seed {seed}; none was left out"
    )
    return tunes, origin, file, (command,)
