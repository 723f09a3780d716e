"""Tunes drawn from a run without a constraint, next to real validation tunes.

Arguments: RUN, the number of tunes (default: 1,000) and DIR (default: `data/mixed`). Each line has the
validation tunes, or tunes drawn at one temperature. The first table has the bits that the run needs for a
tune; in percent, figures of the score: parseable, metrical, bars full, bars repeated, tunes with any, final
on the tonic; and the number of copies of training tunes, in any key, with repeats written out or not. The
second has the tunes that are distinct in the same sense, and the medians of the longest run of characters
shared with any training tune, of bars and of notes a bar.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from statistics import median

from benchmarks.support.data_sets import mixed_data_set
from tuneloom.model.runs.directory import RunDirectory
from tuneloom.model.runtime.threads import configure_threads
from tuneloom.model.sampling.config import SamplingConfig
from tuneloom.model.sampling.generate import generate_tunes
from tuneloom.model.sampling.request import GenerationRequest
from tuneloom.model.score.reports.reference import ReferenceTunes, read_reference_tunes
from tuneloom.model.score.reports.report import Score
from tuneloom.model.score.reports.scoring import score_tunes
from tuneloom.model.score.statistics.rate import Rate
from tuneloom.model.score.tunes.tune_set import TuneSet
from tuneloom.model.training.evaluation import Evaluator
from tuneloom.model.training.inputs import TrainingInputs
from tuneloom.pipeline.dataset.manifest import Manifest

DRAWS = 1000
TEMPERATURES = 1.0, 0.8
_PERCENTAGES = {
    "parseable": "parseable",
    "metrical": "metrical",
    "bars full": "bars",
    "repeated": "structure.repeated_bars",
    "with any": "structure.tunes_repeating",
    "on tonic": "tonality.final_on_tonic",
}
_UNMEASURED = "–"
_VALIDITY = "{:<15}{:>7}{:>11}{:>10}{:>11}{:>10}{:>10}{:>10}{:>8}"
_ORIGINALITY = "{:<15}{:>13}{:>13}{:>6}{:>11}"


def main(arguments: list[str]) -> None:
    path, *rest = arguments
    count = int(rest[0]) if rest else DRAWS
    data = Path(rest[1]) if rest[1:] else mixed_data_set()
    run = RunDirectory.open(Path(path))
    configure_threads(run.config.batch_size)
    scores = _scores(run, count, _reference(run, data))
    bits = {"validation": _bits_per_tune(run, data)}
    print(f"{run.name}, level {run.config.level}")
    print(_VALIDITY.format("", "bits", *_PERCENTAGES, "copies"))
    for name, score in scores.items():
        print(
            _VALIDITY.format(
                name, bits.get(name, _UNMEASURED), *_percentages(score), _copies_text(score)
            )
        )
    print()
    print(_ORIGINALITY.format("", "distinct", "longest run", "bars", "notes/bar"))
    for name, score in scores.items():
        print(_ORIGINALITY.format(name, *_originality(score)))


def _reference(run: RunDirectory, data: Path) -> ReferenceTunes:
    """The data set; of its validation tunes those of the level from which the run has learnt."""
    real = read_reference_tunes(data, os.cpu_count() or 1)
    level = run.config.level
    return replace(real, validation=[t for t in real.validation if level in t.verdict.levels])


def _scores(run: RunDirectory, count: int, real: ReferenceTunes) -> Mapping[str, Score]:
    validation = tuple(each.tune for each in real.validation)
    sets = {"validation": TuneSet(validation, len(validation))}
    for temperature in TEMPERATURES:
        request = GenerationRequest(count)
        sets[f"temperature {temperature:g}"] = _drawn(run, SamplingConfig(temperature), request)
    if run.load_network().knows_levels:
        sets["of any level"] = _drawn(
            run, SamplingConfig(), GenerationRequest(count, level="parseable")
        )
    workers = os.cpu_count() or 1
    return {name: score_tunes(tunes, real, workers=workers) for name, tunes in sets.items()}


def _drawn(run: RunDirectory, config: SamplingConfig, request: GenerationRequest) -> TuneSet:
    drawn = generate_tunes(run, config, request)
    return TuneSet(tuple(tune.to_drawn_text() for tune in drawn.tunes.values()), request.count)


def _bits_per_tune(run: RunDirectory, data: Path) -> str:
    inputs = TrainingInputs.read(data, Manifest.load(data), run.config, run.vocabulary)
    if not inputs.validation:
        return _UNMEASURED
    evaluator = Evaluator(run.load_network(), run.config, run.metrical_share)
    return f"{evaluator.bits(inputs.validation).per_tune:.1f}"


def _percentages(score: Score) -> list[str]:
    values = (score.tally.figures.get(name) for name in _PERCENTAGES.values())
    estimates = (value and value.estimate for value in values)
    return [f"{estimate.value:.1f}" if estimate else _UNMEASURED for estimate in estimates]


def _copies_text(score: Score) -> str:
    copies = score.tally.figures.get("originality.copies")
    return f"{copies.count:,}" if isinstance(copies, Rate) else _UNMEASURED


def _originality(score: Score) -> list[str]:
    copied = sum(tune.first_copy is not None for tune in score.tunes)
    features = [tune.tune.features for tune in score.tunes if tune.tune.features]
    shared = [tune.overlap.characters for tune in score.tunes if tune.overlap]
    bars = [tune.bars for tune in features]
    notes = [len(tune.durations) / tune.bars for tune in features if tune.bars]
    return [
        f"{len(score.tunes) - copied:,}",
        f"{median(shared or [0]):.0f}",
        f"{median(bars or [0]):.0f}",
        f"{median(notes or [0]):.2f}",
    ]
