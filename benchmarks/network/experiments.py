"""Training with one setting changed at a time, for equally long: the figures that the defaults rest on.

Each line has the characters learned, the bits of a tune of the validation split and of the test
tunes of folk and of Nottingham, and the percentages of 500 tunes drawn at temperature 1 that are
parseable and that have every bar right. Arguments: the minutes for each (default: 5), then the names of
the experiments to run (default: all). `taskset -c 0 python -m benchmarks experiments` leaves the other
cores to other work.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.support.data_sets import data_set, mixed_data_set
from tuneloom.model.aids.catalogue import DEFAULT_AIDS

if TYPE_CHECKING:
    from tuneloom.model.training.evaluation import SourceEvaluation

DRAWS = 500
SETTINGS: dict[str, dict[str, Any]] = {
    "defaults": {},
    "plain": {"architecture": "plain"},
    "all aids": {"aids": (*DEFAULT_AIDS, "sections", "line-bars")},
    "256 units": {"units": 256},
    "384 units": {"units": 384},
    "2 layers of 384": {"units": 384, "layers": 2},
    "embedding 64": {"embedding": 64},
    "no dropout": {"dropout": 0.0},
    "dropout 0.2": {"dropout": 0.2},
    "beta_2 0.999": {"beta_2": 0.999},
    "batch 32": {"batch_size": 32},
    "batch 128": {"batch_size": 128},
    "unroll 16": {"unroll_length": 16},
    "unroll 64": {"unroll_length": 64},
    "rate 2e-3": {"learning_rate": 2e-3},
    "rate 6e-3": {"learning_rate": 6e-3},
    "bfloat16": {"precision": "bfloat16"},
    "own keys": {"keys": "own"},
    "many keys": {"keys": "many"},
    "level metrical": {"level": "metrical"},
    "profile full": {},
    "folk alone": {},
    "nottingham alone": {},
}
_LINE = "{:<18}{:>14}{:>10}{:>10}{:>14}{:>12}{:>12}"


def main(arguments: list[str]) -> None:
    if arguments and arguments[0] == "--only":
        _run_experiment(arguments[1], float(arguments[2]))
        return
    minutes, names = float(arguments[0]) if arguments else 5.0, arguments[1:] or list(SETTINGS)
    columns = "characters", "bits", "folk", "nottingham", "parseable", "bars right"
    print(_LINE.format(f"{minutes:g} minutes", *columns), flush=True)
    for name in names:
        _experiment_data(name)
        command = [sys.executable, "-m", "benchmarks", "experiments", "--only", name, str(minutes)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        found = json.loads(done.stdout.splitlines()[-1])
        bits = (
            "–" if found[key] is None else f"{found[key]:.1f}"
            for key in ("bits", "folk", "nottingham")
        )
        percentages = f"{found['parseable']:.1f}%", f"{found['metrical']:.1f}%"
        print(_LINE.format(name, f"{found['characters']:,}", *bits, *percentages), flush=True)


def _experiment_data(name: str) -> Path:
    match name.split():
        case ["profile", profile]:
            return mixed_data_set(profile)
        case [source, "alone"]:
            return data_set(source, "--source", source)
    return mixed_data_set()


def _run_experiment(name: str, minutes: float) -> None:
    from tuneloom.model.network.config import TrainingConfig
    from tuneloom.model.runs.directory import RunDirectory
    from tuneloom.model.runtime.threads import configure_threads
    from tuneloom.model.sampling.config import SamplingConfig
    from tuneloom.model.sampling.generate import generate_tunes
    from tuneloom.model.sampling.request import GenerationRequest
    from tuneloom.model.score.tunes.verdict import judge_tune
    from tuneloom.model.training.evaluation import evaluate
    from tuneloom.model.training.schedule import Budget
    from tuneloom.model.training.trainer import Trainer

    config, data = replace(TrainingConfig(), **SETTINGS[name]), _experiment_data(name)
    configure_threads(config.batch_size)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "run"
        trainer = Trainer.begin(data, path, config, Budget(minutes=minutes))
        last, validation = trainer.fit(lambda _: None), trainer.inputs.validation
        sources = evaluate(path, data).sources
        generated = generate_tunes(
            RunDirectory.open(path), SamplingConfig(), GenerationRequest(DRAWS)
        )
    levels = [judge_tune(draw.to_drawn_text()).levels for draw in generated.tunes.values()]
    found: dict[str, float | None] = {
        "characters": last.progress.characters,
        "bits": last.validation_bits * len(validation.tokens) / len(validation)
        if last.validation_bits and validation
        else None,
        "folk": _mean_bits([each for each in sources if each.source != "nottingham"]),
        "nottingham": _mean_bits([each for each in sources if each.source == "nottingham"]),
    }
    for level in ("parseable", "metrical"):
        found[level] = 100 * sum(level in reached for reached in levels) / DRAWS
    print(json.dumps(found))


def _mean_bits(sources: Sequence[SourceEvaluation]) -> float | None:
    """The bits of a tune over some sources; None without any tunes."""
    tunes = sum(each.bits.tunes for each in sources)
    return sum(each.bits.total for each in sources) / tunes if tunes else None
