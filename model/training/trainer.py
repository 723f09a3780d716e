"""A training run: windows in, checkpoints and metrics out, until its budget is spent."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from tuneloom.grammar.errors import RunFailed, UsageError
from tuneloom.model.data.augmentation import Repertoire
from tuneloom.model.data.batching import Tokens, Tunes
from tuneloom.model.data.split import read_split, tokenize
from tuneloom.model.data.vocabulary import Vocabulary
from tuneloom.model.network.config import Config
from tuneloom.model.network.network import Network
from tuneloom.model.runs.directory import RunDirectory
from tuneloom.model.runs.headers import Headers
from tuneloom.model.runtime.interrupts import Interrupts
from tuneloom.model.training import checkpoint
from tuneloom.model.training.batches import feed
from tuneloom.model.training.early_stopping import Best
from tuneloom.model.training.evaluation import Examiner
from tuneloom.model.training.log import Journal
from tuneloom.model.training.samples import Sketches
from tuneloom.model.training.schedule import Budget, Place, learning_rate
from tuneloom.model.training.step import Learner
from tuneloom.pipeline.dataset.manifest import Manifest

__all__ = ["Progress", "Report", "Training"]

_CHECKPOINT_SECONDS = 50.0
"""From one checkpoint to the next: there is one each minute."""
_FEWEST_STEPS, _MOST_STEPS = 1000, 2000
"""From one examination to the next, which would be each epoch."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How a run stands: bits per character over the latest step, and at the best validation."""

    place: Place
    spent: float
    """The part of the budget that is used up."""
    bits: float
    validation_bits: float | None
    parseable: float | None
    """The percentage of the latest sample."""

    @property
    def seconds_left(self) -> float:
        """Time to the end of the budget, at the speed so far."""
        return self.place.seconds * max(0.0, 1 / self.spent - 1)


Report = Callable[[Progress], None]


class Training:
    """A run on its data set, ready to go. Made by `begin` or `resume`."""

    def __init__(self, run: RunDirectory, data: Path, manifest: Manifest, budget: Budget) -> None:
        self._run, self._budget = run, budget
        config, vocabulary = run.config, run.vocabulary
        texts = read_split(data, manifest, "train", config.level).texts
        self._headers = Headers.of(texts)
        self._tunes = Repertoire.of(texts, vocabulary, data, transposed=config.transpose)
        network = Network.build(config, vocabulary.size)
        self._learner = Learner(network, config, min(config.lanes, len(texts)))
        self._examiner = Examiner(network, config)
        self._validation = _validation(data, manifest, run)
        self._sketches = Sketches(network, vocabulary, config)
        characters = sum(len(text) + 1 for text in texts)
        epoch = characters // (self._learner.lanes * config.window)
        self._examination_steps = min(max(epoch, _FEWEST_STEPS), _MOST_STEPS)
        self._set_out(Place(), Best())

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
        replace(run, headers=training._headers).create()
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
        place, best = checkpoint.restore(run.checkpoint, training._learner)
        if budget.spent(place) >= 1:
            raise UsageError(f"{path}: has spent this budget, at step {place.step}; give a larger")
        training._set_out(place, best)
        return training

    def go(self, report: Report) -> Progress:
        """Learn until the budget is spent, or until validation has long ceased to get better.

        There is a checkpoint each minute and at the end. Raises UsageError if another process
        trains this run, RunFailed if the loss stops being a number or a checkpoint cannot be
        written, and KeyboardInterrupt, with all saved, on Ctrl-C or SIGTERM. The last good checkpoint
        stays.
        """
        config, lanes = self._run.config, self._learner.lanes
        with self._run.alone(), Interrupts() as interrupts:
            for tokens, ahead in feed(self._tunes, config, lanes, self._place):
                report(self._step(tokens, ahead))
                if self._is_over() or self._place.step % self._examination_steps == 0:
                    self._examine()
                stale = self._best.is_stale(self._place.step)
                if self._is_over() or stale or interrupts.noticed:
                    break
                if self._seconds() >= self._checkpoint_due:
                    self._save()
            self._save()
        if interrupts.noticed and not self._is_over():
            raise KeyboardInterrupt
        return self._progress(self._journal.train_bits)

    def _set_out(self, place: Place, best: Best) -> None:
        self._place, self._best = place, best
        self._journal = Journal(self._run, place)
        self._began = time.monotonic() - place.seconds
        self._checkpoint_due = place.seconds + _CHECKPOINT_SECONDS

    def _step(self, tokens: Tokens, ahead: Place) -> Progress:
        rate = learning_rate(self._run.config, self._budget, self._place)
        bits, predicted = self._learner.learn(tokens, rate, self._place.step)
        step, characters = self._place.step + 1, self._place.characters + predicted
        if not math.isfinite(bits):
            raise RunFailed(
                f"{self._run.path}: the loss is not a number at step {step}; the last good "
                "checkpoint stays: train again with a lower learning rate"
            )
        self._place = replace(ahead, step=step, characters=characters, seconds=self._seconds())
        self._journal.learnt(self._place, bits, predicted, rate)
        return self._progress(bits / predicted)

    def _examine(self) -> None:
        """Validate and draw a sample; the best network by validation becomes that of the run."""
        validation = self._validation
        bits = self._examiner.bits(validation).per_character if validation else None
        sample = self._sketches.sample()
        if bits is not None:
            self._best = self._best.after(bits, self._place.step)
        with self._writing():
            self._journal.examined(self._place, bits, sample)
            if bits is None or self._best.step == self._place.step:
                self._run.save_network(self._learner.network)

    def _save(self) -> None:
        """Write a checkpoint; until there is a best network, the latest one is the run's."""
        with self._writing():
            checkpoint.save(self._run.checkpoint, self._learner, self._place, self._best)
            if self._best.bits is None:
                self._run.save_network(self._learner.network)
            self._journal.write(self._place)
        self._checkpoint_due = self._seconds() + _CHECKPOINT_SECONDS

    def _progress(self, bits: float) -> Progress:
        return Progress(
            self._place,
            self._budget.spent(self._place),
            bits,
            self._best.bits,
            self._journal.parseable,
        )

    def _is_over(self) -> bool:
        return self._budget.spent(self._place) >= 1

    def _seconds(self) -> float:
        """Time spent on the run, with that before it was resumed."""
        return time.monotonic() - self._began

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise RunFailed(
                f"{self._run.path}: no checkpoint at step {self._place.step} ({error.strerror}); "
                "the last good one stays: make room and --resume"
            ) from error


def _validation(data: Path, manifest: Manifest, run: RunDirectory) -> Tunes | None:
    """The validation split; a small data set may have none."""
    if not any(shard.records for shard in manifest.shards if shard.split == "validation"):
        return None
    texts = read_split(data, manifest, "validation", run.config.level).texts
    return tokenize(texts, run.vocabulary, data)
