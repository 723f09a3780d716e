"""A training run: windows in, checkpoints and metrics out, until its budget is spent."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from grammar.errors import RunFailed, UsageError
from model import checkpoint
from model.config import Config
from model.data import read_tunes
from model.evaluation import Examiner
from model.feed import feed
from model.interrupts import Interrupts
from model.learner import Learner
from model.metrics import Metrics
from model.network import Network
from model.packing import Tokens, Tunes
from model.rundir import RunDirectory
from model.schedule import Budget, Place, learning_rate
from model.vocabulary import Vocabulary
from pipeline.manifest import Manifest

__all__ = ["Progress", "Report", "Training"]

_CHECKPOINT_SECONDS = 50.0
"""From one checkpoint to the next: there is one each minute."""
_VALIDATION_SHARE = 0.05
"""The part of the time that validation may take."""
_ROW_STEPS = 50
"""Steps in a row of the metrics."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How a run stands: bits per character over the latest steps, and as last validated."""

    place: Place
    spent: float
    """The part of the budget that is used up."""
    bits: float
    validation_bits: float | None

    @property
    def seconds_left(self) -> float:
        """Time to the end of the budget, at the speed so far."""
        return self.place.seconds * max(0.0, 1 / self.spent - 1)


Report = Callable[[Progress], None]


class Training:
    """A run on its data set, ready to go. Made by `begin` or `resume`."""

    def __init__(self, run: RunDirectory, data: Path, manifest: Manifest, budget: Budget) -> None:
        self._run, self._budget = run, budget
        self._tunes = read_tunes(data, manifest, "train", run.vocabulary)
        network = Network.build(run.config, run.vocabulary.size)
        self._learner = Learner(network, run.config, min(run.config.lanes, len(self._tunes)))
        validation = _validation(data, manifest, run.vocabulary)
        self._examiner = Examiner(network, validation, run.config) if validation else None
        self._validation_bits: float | None = None
        self._set_out(Place(), Metrics())

    @classmethod
    def begin(
        cls, data: Path, path: Path, config: Config, budget: Budget, *, overwrite: bool = False
    ) -> Training:
        """A new run in the directory `path`, on the data set in `data`.

        Raises UsageError if the data cannot be trained on, or if there is something at `path`,
        unless that is a run and `overwrite` is set. Nothing is written if this raises.
        """
        manifest = Manifest.load(data)
        run = RunDirectory(path, config, manifest.sha256, Vocabulary(manifest.vocabulary))
        run.check_free(overwrite=overwrite)
        training = cls(run, data, manifest, budget)
        run.create()
        return training

    @classmethod
    def resume(cls, data: Path, path: Path, budget: Budget) -> Training:
        """The run in `path` where its last checkpoint was written; `budget` counts from its start.

        Raises UsageError if it has no checkpoint, began with other data, or has spent the budget.
        """
        manifest, run = Manifest.load(data), RunDirectory.open(path)
        if run.manifest_sha256 != manifest.sha256:
            raise UsageError(f"{path}: not trained on {data}; name the data set that it began with")
        training = cls(run, data, manifest, budget)
        place = checkpoint.restore(run.checkpoint, training._learner)
        if budget.spent(place) >= 1:
            raise UsageError(f"{path}: has spent this budget, at step {place.step}; give a larger")
        training._set_out(place, Metrics.read(run.metrics, last_step=place.step))
        return training

    def go(self, report: Report) -> Progress:
        """Learn until the budget is spent, with a checkpoint each minute and at the end.

        Raises RunFailed if the loss stops being a number or a checkpoint cannot be written, and
        KeyboardInterrupt, with all saved, on Ctrl-C or SIGTERM. The last good checkpoint stays.
        """
        config, lanes = self._run.config, self._learner.lanes
        with Interrupts() as interrupts:
            for tokens, ahead in feed(self._tunes, config, lanes, self._place):
                report(self._step(tokens, ahead))
                if self._spent() >= 1 or interrupts.noticed:
                    break
                if self._seconds() >= self._checkpoint_due:
                    self._save()
                if self._seconds() >= self._validation_due:
                    self._validate()
            self._save()
        if interrupts.noticed:
            raise KeyboardInterrupt
        self._validate()
        self._metrics.write(self._run.metrics)
        return self._progress(self._metrics.rows[-1].train_bits)

    def _set_out(self, place: Place, metrics: Metrics) -> None:
        self._place, self._metrics = place, metrics
        self._began = time.monotonic() - place.seconds
        self._checkpoint_due = self._validation_due = place.seconds + _CHECKPOINT_SECONDS

    def _step(self, tokens: Tokens, ahead: Place) -> Progress:
        rate = learning_rate(self._run.config, self._budget, self._place)
        bits, predicted = self._learner.learn(tokens, rate)
        step, characters = self._place.step + 1, self._place.characters + predicted
        if not math.isfinite(bits):
            raise RunFailed(
                f"{self._run.path}: the loss is not a number at step {step}; the last good "
                "checkpoint stays: train again with a lower learning rate"
            )
        self._place = replace(ahead, step=step, characters=characters, seconds=self._seconds())
        self._metrics.add(bits, predicted, rate)
        if step % _ROW_STEPS == 0:
            self._metrics.close_row(self._place)
        return self._progress(bits / predicted)

    def _save(self) -> None:
        self._metrics.close_row(self._place)
        try:
            checkpoint.save(self._run.checkpoint, self._learner, self._place)
            self._run.save_network(self._learner.network)
            self._metrics.write(self._run.metrics)
        except OSError as error:
            raise RunFailed(
                f"{self._run.path}: no checkpoint at step {self._place.step} ({error.strerror}); "
                "the last good one stays: make room and --resume"
            ) from error
        self._checkpoint_due = self._seconds() + _CHECKPOINT_SECONDS

    def _validate(self) -> None:
        """Measure the validation split, and put the next time off by what this one cost."""
        if self._examiner is None:
            return
        began = self._seconds()
        self._validation_bits = self._examiner.bits_per_character()
        self._metrics.validated(self._place, self._validation_bits)
        cost = self._seconds() - began
        self._validation_due = began + max(_CHECKPOINT_SECONDS, cost / _VALIDATION_SHARE)

    def _progress(self, bits: float) -> Progress:
        return Progress(self._place, self._spent(), bits, self._validation_bits)

    def _spent(self) -> float:
        return self._budget.spent(self._place)

    def _seconds(self) -> float:
        """Time spent on the run, with that before it was resumed."""
        return time.monotonic() - self._began


def _validation(data: Path, manifest: Manifest, vocabulary: Vocabulary) -> Tunes | None:
    """The validation split; a small data set may have none."""
    if not any(shard.records for shard in manifest.shards if shard.split == "validation"):
        return None
    return read_tunes(data, manifest, "validation", vocabulary)
