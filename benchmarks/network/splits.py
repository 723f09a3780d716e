"""Bits per character of one small network under two splits of the same tunes: by family, and at random.

The tunes of `folk` are ingested twice, the second time with every tune as a family of its own. A network of
the size for short runs is trained on either, the second time for as many steps as the first took, and
measured on the test split. A lower figure at random is what such a split makes a network look better than it
is. Arguments: the minutes for the first (default: 2).
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

from benchmarks.support.data_sets import data_set
from tuneloom.pipeline.dataset.manifest import Manifest
from tuneloom.pipeline.execution import transforms

if TYPE_CHECKING:
    from tuneloom.model.network.config import TrainingConfig
    from tuneloom.model.training.schedule import Budget

MINUTES = 2.0
_LINE = "{:<12}{:>10}{:>8}{:>10}{:>12}{:>14}{:>10}"


def main(arguments: list[str]) -> None:
    from tuneloom.model.network.config import TrainingConfig
    from tuneloom.model.runtime.threads import configure_threads
    from tuneloom.model.training.schedule import Budget

    minutes = float(arguments[0]) if arguments else MINUTES
    sets = {"by family": data_set("folk"), "at random": _random_data_set()}
    config = TrainingConfig.for_budget(minutes)
    configure_threads(config.batch_size)
    columns = "training", "test", "steps", "training", "validation", "test"
    print(f"{config.units} units, {minutes:g} minutes; tunes, steps, bits per character")
    print(_LINE.format("split", *columns), flush=True)
    budget = Budget(minutes=minutes)
    for name, data in sets.items():
        steps, *bits = _trained_figures(data, config, budget)
        splits = Manifest.load(data).splits
        sizes = (f"{splits[split].records:,}" for split in ("train", "test"))
        print(_LINE.format(name, *sizes, f"{steps:,.0f}", *(f"{b:.3f}" for b in bits)), flush=True)
        budget = Budget(steps=int(steps))


def _random_data_set() -> Path:
    """The same tunes, with every tune as a family of its own."""
    with patch.object(transforms, "find_families", lambda _: {}):
        return data_set("folk-random", "--source", "folk")


def _trained_figures(data: Path, config: TrainingConfig, budget: Budget) -> list[float]:
    """The steps, and the bits per character in training, of the best validation, and of the test split."""
    from tuneloom.model.training.evaluation import evaluate
    from tuneloom.model.training.trainer import Trainer

    with tempfile.TemporaryDirectory() as folder:
        run = Path(folder) / "run"
        last = Trainer.begin(data, run, config, budget).fit(lambda _: None)
        whole = evaluate(run, data).whole
    return [last.progress.step, last.bits, last.validation_bits or 0.0, whole.bits.per_character]
