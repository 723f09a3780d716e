"""Tunes drawn from a run without a constraint, next to real validation tunes.

Arguments: RUN, the number of tunes (default: 1,000) and DIR (default: `data/mixed`). For temperatures 1
and 0.8, each line has the tunes that are parseable, that have every bar right, that are distinct and
that are copies of training tunes; and the medians of the longest run of characters shared with any
training tune, of bars per tune and of notes per bar.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from statistics import median

from benchmarks.support.data_sets import mixed_data_set
from tuneloom.grammar import Tune, parse
from tuneloom.grammar.tune.elements import Chord, Note
from tuneloom.model.runs.directory import RunDirectory
from tuneloom.model.runtime.threads import configure_threads
from tuneloom.model.sampling.config import SamplingConfig
from tuneloom.model.sampling.generate import generate
from tuneloom.model.sampling.request import GenerationRequest
from tuneloom.model.score.similarity.common_runs import longest_common_runs
from tuneloom.model.score.tunes.tune_set import DrawnText
from tuneloom.model.score.tunes.verdict import judge_tune
from tuneloom.pipeline.dataset.reader import read_records

_LINE = "{:<24}{:>10}{:>12}{:>10}{:>8}{:>8}{:>8}{:>10}"


def main(arguments: list[str]) -> None:
    path, *rest = arguments
    count = int(rest[0]) if rest else 1000
    data = Path(rest[1]) if rest[1:] else mixed_data_set()
    run = RunDirectory.open(Path(path))
    configure_threads(run.config.batch_size)
    level = run.config.level
    train, validation = (
        [record.abc for record in read_records(data, split) if level in record.levels]
        for split in ("train", "validation")
    )
    heads = "parseable", "bars right", "distinct", "copies", "run", "bars", "notes/bar"
    print(_LINE.format(f"{run.name}, level {level}", *heads))
    _print_quality("validation", [DrawnText(text) for text in validation], train)
    for temperature in (1.0, 0.8):
        tunes = generate(run, SamplingConfig(temperature), GenerationRequest(count)).tunes.values()
        _print_quality(
            f"temperature {temperature}", [DrawnText(d.text, d.finished) for d in tunes], train
        )


def _print_quality(name: str, draws: Sequence[DrawnText], train: Sequence[str]) -> None:
    draws = [DrawnText(draw.text.rstrip("\n"), draw.finished) for draw in draws]
    levels = [judge_tune(draw).levels for draw in draws]
    texts, known = [draw.text for draw in draws], {text.rstrip("\n") for text in train}
    parsed = [parse("X:1\nT:\n" + draw.text + "\n") for draw in draws]
    tunes = [found.tune for found in parsed if found.parseable]
    bars = [sum(_bar_notes(tune)[0]) for tune in tunes]
    notes = [
        sum(_bar_notes(tune)[1]) / max(1, count) for tune, count in zip(tunes, bars, strict=True)
    ]
    figures = (
        f"{100 * sum('parseable' in each for each in levels) / len(draws):.1f}%",
        f"{100 * sum('metrical' in each for each in levels) / len(draws):.1f}%",
        f"{len(set(texts)):,}",
        sum(text in known for text in texts),
        f"{median(longest_common_runs(texts, train)):.0f}",
        f"{median(bars or [0]):.0f}",
        f"{median(notes or [0]):.2f}",
    )
    print(_LINE.format(name, *figures))


def _bar_notes(tune: Tune) -> tuple[list[bool], list[int]]:
    """For each bar, whether it has notes and how many."""
    counts = [sum(isinstance(e, Note | Chord) for e in bar.elements) for bar in tune.bars]
    return [count > 0 for count in counts], counts
