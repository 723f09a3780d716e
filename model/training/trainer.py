"""Training a run until its budget is spent, with checkpoints and metrics along the way."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from tuneloom.grammar.errors import RunFailed, UsageError
from tuneloom.model.data.inputs import NetworkInputs
from tuneloom.model.data.vocabulary import Vocabulary
from tuneloom.model.network.build import build_network
from tuneloom.model.network.config import TrainingConfig
from tuneloom.model.network.layouts import layout_of
from tuneloom.model.network.network import Network
from tuneloom.model.runs.directory import RunDirectory
from tuneloom.model.runs.progress import TrainingProgress
from tuneloom.model.runtime.interrupts import InterruptFlag
from tuneloom.model.training.batches import training_batches
from tuneloom.model.training.checkpoint import restore_checkpoint, save_checkpoint
from tuneloom.model.training.early_stopping import BestValidation
from tuneloom.model.training.evaluation import Evaluator
from tuneloom.model.training.fine_tuning import check_base, copy_base_network
from tuneloom.model.training.inputs import TrainingInputs
from tuneloom.model.training.log import TrainingLog
from tuneloom.model.training.samples import SampleDrawer
from tuneloom.model.training.schedule import Budget, learning_rate
from tuneloom.model.training.step import TrainStep
from tuneloom.pipeline.dataset.manifest import Manifest

__all__ = ["DEFAULT_INTERVALS", "Intervals", "Trainer", "TrainingStatus"]


@dataclass(frozen=True, slots=True)
class Intervals:
    """How often a run writes a checkpoint, and how often it validates."""

    checkpoint_seconds: float = 50.0
    """With the time that a step and writing take, there is a checkpoint each minute."""
    min_validation_steps: int = 1000
    max_validation_steps: int = 2000
    """A run validates after each epoch, but within these limits."""

    def validation_steps(self, epoch_steps: int) -> int:
        """Steps between two validations."""
        return min(max(epoch_steps, self.min_validation_steps), self.max_validation_steps)


DEFAULT_INTERVALS = Intervals()


@dataclass(frozen=True, slots=True)
class TrainingStatus:
    """What is known of a run after a step. Bits are per character."""

    progress: TrainingProgress
    spent: float
    """The share of the budget that is spent."""
    bits: float
    """Of the last step."""
    validation_bits: float | None
    """Of the best validation."""
    parseable: float | None
    """The percentage in the last sample."""

    @property
    def seconds_left(self) -> float:
        """The time to the end of the budget at the average speed so far."""
        return self.progress.seconds * max(0.0, 1 / self.spent - 1)


class Trainer:
    """Trains a run on its data set. Made by `begin` or `resume`."""

    def __init__(
        self,
        run: RunDirectory,
        inputs: TrainingInputs,
        budget: Budget,
        intervals: Intervals | None,
        train_step: TrainStep,
        progress: TrainingProgress,
        best: BestValidation,
    ) -> None:
        self._run, self._inputs, self._budget = run, inputs, budget
        self._intervals = intervals or DEFAULT_INTERVALS
        self._train_step, self._progress, self._best = train_step, progress, best
        network, config = train_step.network, run.config
        self._evaluator = Evaluator(network, config, run.metrical_share)
        self._sample_drawer = SampleDrawer(network, run.vocabulary, run.spelling, config.seed)
        self._log = TrainingLog(run, progress)
        self._started = time.monotonic() - progress.seconds
        self._checkpoint_due = progress.seconds + self._intervals.checkpoint_seconds
        epoch_steps = inputs.characters // (train_step.batch_size * config.unroll_length)
        self._validation_steps = self._intervals.validation_steps(epoch_steps)

    @property
    def network(self) -> Network:
        """The network being trained."""
        return self._train_step.network

    @property
    def config(self) -> TrainingConfig:
        """The settings of the run."""
        return self._run.config

    @property
    def inputs(self) -> TrainingInputs:
        """What the run learns from."""
        return self._inputs

    @property
    def progress(self) -> TrainingProgress:
        """How far the run has come."""
        return self._progress

    @classmethod
    def begin(
        cls,
        data: Path,
        path: Path,
        config: TrainingConfig,
        budget: Budget,
        *,
        base: RunDirectory | None = None,
        overwrite: bool = False,
        intervals: Intervals | None = None,
    ) -> Trainer:
        """A new run in the directory `path`, on the data set in `data`.

        It begins with the network of the run `base`, if there is one, and knows its characters as well.

        Raises:
            UsageError: the data cannot be trained on, `base` does not fit, or `path` is not free; it may
                hold a run if `overwrite` is set. Nothing is written then.
        """
        manifest = Manifest.load(data)
        RunDirectory.check_free(path, overwrite=overwrite)
        if base:
            check_base(base, config, data, manifest)
        known = base.vocabulary if base else Vocabulary("")
        inputs = TrainingInputs.read(data, manifest, config, known, extends=True)
        run = RunDirectory(
            path,
            config,
            manifest.sha256,
            inputs.vocabulary,
            inputs.headers,
            manifest.profile,
            base.address if base else "",
            inputs.metrical_share,
        )
        train_step = _new_train_step(run, inputs)
        if base:
            copy_base_network(base, train_step.network, run.vocabulary)
        progress, best = TrainingProgress(), BestValidation()
        trainer = cls(run, inputs, budget, intervals, train_step, progress, best)
        run.create()
        return trainer

    @classmethod
    def resume(
        cls, data: Path, path: Path, budget: Budget, *, intervals: Intervals | None = None
    ) -> Trainer:
        """The run in `path` from its last checkpoint; `budget` counts from the run's start.

        Raises:
            UsageError: it has no checkpoint, was trained on other data, or has spent the budget.
        """
        manifest, run = Manifest.load(data), RunDirectory.open(path)
        if run.manifest_sha256 != manifest.sha256:
            raise UsageError(f"{path}: not trained on {data}; name the data set that it began with")
        inputs = TrainingInputs.read(data, manifest, run.config, run.vocabulary)
        train_step = _new_train_step(run, inputs)
        progress, best = restore_checkpoint(run.checkpoint, train_step)
        if budget.spent(progress) >= 1:
            with run.lock():  # which removes what a process left that was killed at its very end
                pass
            raise UsageError(
                f"{path}: has spent this budget, at step {progress.step}; give a larger one"
            )
        return cls(run, inputs, budget, intervals, train_step, progress, best)

    def fit(self, report: Callable[[TrainingStatus], None]) -> TrainingStatus:
        """Train until the budget is spent or validation has stopped improving; report each step.

        Raises:
            UsageError: another process is training this run.
            RunFailed: the loss is not a number, or a checkpoint cannot be written; the last good
                checkpoint is kept.
            KeyboardInterrupt: on Ctrl-C or SIGTERM, after saving everything.
        """
        config = self._run.config
        batches = training_batches(
            self._inputs.tunes,
            layout_of(config),
            self._train_step.batch_size,
            config.seed,
            self._progress,
        )
        with self._run.lock(), InterruptFlag() as interrupt:
            for batch, position in batches:
                report(self._take_step(batch, position))
                if self._is_over() or self._progress.step % self._validation_steps == 0:
                    self._validate()
                stop = self._best.should_stop(self._progress.step, config.patience)
                if self._is_over() or stop or interrupt.is_set:
                    break
                if self._seconds() >= self._checkpoint_due:
                    self._save()
            self._save()
        if interrupt.is_set and not self._is_over():
            raise KeyboardInterrupt
        return self._status(self._log.train_bits)

    def _take_step(self, batch: NetworkInputs, position: TrainingProgress) -> TrainingStatus:
        rate = learning_rate(self._run.config, self._budget, self._progress)
        bits, characters = self._train_step.run(batch, rate, self._progress.step)
        step = self._progress.step + 1
        if not math.isfinite(bits):
            raise RunFailed(
                f"{self._run.path}: the loss is not a number at step {step}; the last good "
                "checkpoint is kept: train again with a lower learning rate"
            )
        self._progress = replace(
            position,
            step=step,
            characters=self._progress.characters + characters,
            seconds=self._seconds(),
        )
        self._log.record_step(self._progress, bits, characters, rate)
        return self._status(bits / characters)

    def _validate(self) -> None:
        """Validate and draw a sample; save the network if it is the best by validation."""
        validation = self._inputs.validation
        bits = self._evaluator.bits(validation).per_character if validation else None
        sample = self._sample_drawer.draw()
        if bits is not None:
            self._best = self._best.updated(bits, self._progress.step)
        with self._writing():
            self._log.record_validation(self._progress, bits, sample)
            if bits is None or self._best.step == self._progress.step:
                self._run.save_network(self.network)

    def _save(self) -> None:
        """Write a checkpoint and, before the first validation, the network as it is.

        The checkpoint comes last. Metrics beyond it are dropped when the run goes on; any before it that a
        killed process had not written would be lost.
        """
        with self._writing():
            self._log.write(self._progress)
            if self._best.bits is None:
                self._run.save_network(self.network)
            save_checkpoint(self._run.checkpoint, self._train_step, self._progress, self._best)
        self._checkpoint_due = self._seconds() + self._intervals.checkpoint_seconds

    def _status(self, bits: float) -> TrainingStatus:
        return TrainingStatus(
            self._progress,
            self._budget.spent(self._progress),
            bits,
            self._best.bits,
            self._log.parseable,
        )

    def _is_over(self) -> bool:
        return self._budget.spent(self._progress) >= 1

    def _seconds(self) -> float:
        """Time spent on the run, also before it was resumed."""
        return time.monotonic() - self._started

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise RunFailed(
                f"{self._run.path}: no checkpoint at step {self._progress.step} "
                f"({error.strerror}); the last good one is kept: make room and --resume"
            ) from error


def _new_train_step(run: RunDirectory, inputs: TrainingInputs) -> TrainStep:
    network = build_network(run.config, run.vocabulary.size)
    return TrainStep(network, run.config, min(run.config.batch_size, len(inputs.tunes)))
