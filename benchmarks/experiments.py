"""The experiments behind the defaults of training: one setting changed at a time, the same minutes each.

For each: characters learnt, bits per character on validation, and of 500 draws at temperature 1 the
percentages that are parseable and that have every bar right. Arguments: the minutes of each (5 unless
given), then the names of those to run; all of them without names.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.dataset import mixed

DRAWS = 500
SETTINGS: dict[str, dict[str, Any]] = {
    "defaults": {},
    "256 units": {"units": 256},
    "384 units": {"units": 384},
    "2 layers of 384": {"units": 384, "layers": 2},
    "no dropout": {"dropout": 0.0},
    "dropout 0.25": {"dropout": 0.25},
    "32 lanes": {"lanes": 32},
    "128 lanes": {"lanes": 128},
    "window 32": {"window": 32},
    "window 128": {"window": 128},
    "rate 2e-3": {"learning_rate": 2e-3},
    "rate 8e-3": {"learning_rate": 8e-3},
    "no transposition": {"transpose": False},
    "level metrical": {"level": "metrical"},
}
_LINE = "{:<18}{:>14}{:>10}{:>12}{:>12}"


def main(arguments: list[str]) -> None:
    if arguments and arguments[0] == "--only":
        _only(arguments[1], float(arguments[2]))
        return
    minutes, names = float(arguments[0]) if arguments else 5.0, arguments[1:] or list(SETTINGS)
    mixed()
    print(_LINE.format(f"{minutes:g} minutes", "characters", "bits", "parseable", "bars right"))
    for name in names:
        command = [sys.executable, "-m", "benchmarks", "experiments", "--only", name, str(minutes)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        found = json.loads(done.stdout.splitlines()[-1])
        figures = f"{found['characters']:,}", f"{found['bits']:.3f}"
        percentages = f"{found['parseable']:.1f}%", f"{found['metrical']:.1f}%"
        print(_LINE.format(name, *figures, *percentages), flush=True)


def _only(name: str, minutes: float) -> None:
    from model.config import Config
    from model.generation import generate
    from model.loss import deal_cores
    from model.rundir import RunDirectory
    from model.sampling import Sampler
    from model.schedule import Budget
    from model.score.judge import judge
    from model.training import Training

    config = replace(Config(), **SETTINGS[name])
    deal_cores(config.lanes)
    with tempfile.TemporaryDirectory() as folder:
        training = Training.begin(mixed(), Path(folder) / "run", config, Budget(minutes=minutes))
        last = training.go(lambda _: None)
        draws = generate(RunDirectory.open(Path(folder) / "run"), Sampler(), DRAWS)
    levels = [judge(draw.to_judge()).levels for draw in draws]
    found = {"characters": last.place.characters, "bits": last.validation_bits} | {
        level: 100 * sum(level in reached for reached in levels) / DRAWS
        for level in ("parseable", "metrical")
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1:])
