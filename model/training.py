"""A training run: windows in, checkpoints and metrics out, until its budget is spent."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

import numpy as np

from grammar.errors import RunFailed, UsageError
from model import checkpoint
from model.config import Config
from model.data import read_tunes
from model.files import replacing
from model.interrupts import Interrupts
from model.learner import Learner, bits_per_character
from model.metrics import Metrics
from model.network import Network
from model.packing import Tokens, Tunes, pack, windows
from model.rundir import RunDirectory
from model.schedule import Budget, Place, learning_rate
from model.vocabulary import Vocabulary
from pipeline.manifest import Manifest

__all__ = ["Progress", "feed", "resume", "train"]

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


def train(data: Path, path: Path, config: Config, budget: Budget, report: Report) -> Progress:
    """Train a new run at `path` on the data set at `data`; returns how it stood at the end.

    Raises UsageError if the data cannot be trained on or the run exists, RunFailed if the loss
    stops being a number, and KeyboardInterrupt on Ctrl-C or SIGTERM; whatever it raises, the run
    directory keeps the last good checkpoint."""
    manifest = Manifest.load(data)
    run = RunDirectory(path, config, manifest.sha256, Vocabulary(manifest.vocabulary))
    training = _Training(run, _Tunes.read(data, manifest, run.vocabulary), budget)
    run.create()
    return training.go(report)


def resume(data: Path, path: Path, budget: Budget, report: Report) -> Progress:
    """Go on with the run at `path` from its last checkpoint; in all else like `train`."""
    manifest = Manifest.load(data)
    run = RunDirectory.open(path)
    if run.manifest_sha256 != manifest.sha256:
        raise UsageError(f"{path}: not trained on {data}; name the data set that it began with")
    training = _Training(run, _Tunes.read(data, manifest, run.vocabulary), budget)
    training.restore()
    return training.go(report)


def feed(tunes: Tunes, config: Config, lanes: int, place: Place) -> Iterator[tuple[Tokens, Place]]:
    """The windows from `place` on, epoch after epoch without end, each with the place behind it.

    The order of the tunes depends on nothing but the seed and the number of the epoch.
    """
    for epoch in count(place.epoch):
        packed = pack(tunes, lanes, config.window, np.random.default_rng([config.seed, epoch]))
        epoch_windows = list(windows(packed, config.window))
        first = place.window if epoch == place.epoch else 0
        for number, tokens in enumerate(epoch_windows[first:], start=first + 1):
            yield tokens, Place(place.step, epoch, number, len(epoch_windows))


@dataclass(frozen=True, slots=True)
class _Tunes:
    """What a run reads; a small data set may have nothing to validate on."""

    train: Tunes
    validation: Tunes | None

    @classmethod
    def read(cls, data: Path, manifest: Manifest, vocabulary: Vocabulary) -> _Tunes:
        train = read_tunes(data, manifest, "train", vocabulary)
        if not any(shard.records for shard in manifest.shards if shard.split == "validation"):
            return cls(train, None)
        return cls(train, read_tunes(data, manifest, "validation", vocabulary))


class _Training:
    """A run under way."""

    def __init__(self, run: RunDirectory, tunes: _Tunes, budget: Budget) -> None:
        self.run, self.tunes, self.budget = run, tunes, budget
        network = Network.build(run.config, run.vocabulary.size)
        self.learner = Learner(network, run.config, min(run.config.lanes, len(tunes.train)))
        self.place, self.metrics = Place(), Metrics()
        self.validation_bits: float | None = None
        self._set_clock()

    def restore(self) -> None:
        """Go back to where the last checkpoint was written."""
        self.place = checkpoint.restore(self.run.checkpoint, self.learner)
        if self._spent() >= 1:
            raise UsageError(
                f"{self.run.path}: this budget was used up at step {self.place.step}; "
                "give a larger one"
            )
        self.metrics = Metrics.read(self.run.metrics, last_step=self.place.step)
        self._set_clock()

    def _set_clock(self) -> None:
        self._began = time.monotonic() - self.place.seconds
        self._checkpoint_due = self._validation_due = self.place.seconds + _CHECKPOINT_SECONDS

    def go(self, report: Report) -> Progress:
        """Learn until the budget is spent or a signal comes, with a checkpoint at the end."""
        config, lanes = self.run.config, self.learner.lanes
        with Interrupts() as interrupts:
            for tokens, ahead in feed(self.tunes.train, config, lanes, self.place):
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
        self.metrics.write(self.run.metrics)
        return self._progress(self.metrics.rows[-1].train_bits)

    def _step(self, tokens: Tokens, ahead: Place) -> Progress:
        rate = learning_rate(self.run.config, self.budget, self.place)
        bits, predicted = self.learner.learn(tokens, rate)
        step, characters = self.place.step + 1, self.place.characters + predicted
        if not math.isfinite(bits):
            raise RunFailed(
                f"{self.run.path}: the loss is not a number at step {step}; the last good "
                "checkpoint stays: train again with a lower learning rate"
            )
        self.place = replace(ahead, step=step, characters=characters, seconds=self._seconds())
        self.metrics.add(bits, predicted, rate)
        if step % _ROW_STEPS == 0:
            self.metrics.close_row(self.place)
        return self._progress(bits / predicted)

    def _save(self) -> None:
        checkpoint.save(self.run.checkpoint, self.learner, self.place)
        with replacing(self.run.model) as path:
            self.learner.network.model.save(path)
        self.metrics.close_row(self.place)
        self.metrics.write(self.run.metrics)
        self._checkpoint_due = self._seconds() + _CHECKPOINT_SECONDS

    def _validate(self) -> None:
        """Measure the validation split, and put the next time off by what this one cost."""
        if self.tunes.validation is None:
            return
        began = self._seconds()
        network, config = self.learner.network, self.run.config
        self.validation_bits = bits_per_character(network, self.tunes.validation, config)
        self.metrics.validated(self.place, self.validation_bits)
        cost = self._seconds() - began
        self._validation_due = began + max(_CHECKPOINT_SECONDS, cost / _VALIDATION_SHARE)

    def _progress(self, bits: float) -> Progress:
        return Progress(self.place, self._spent(), bits, self.validation_bits)

    def _spent(self) -> float:
        return self.budget.spent(self.place)

    def _seconds(self) -> float:
        """Time spent on the run, with that before it was resumed."""
        return time.monotonic() - self._began
