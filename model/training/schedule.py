"""The budget of a run, and the learning-rate schedule over it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from tuneloom.grammar.errors import UsageError
from tuneloom.model.network.config import TrainingConfig
from tuneloom.model.runs.progress import TrainingProgress

__all__ = ["Budget", "learning_rate"]


@dataclass(frozen=True, slots=True)
class Budget:
    """How long a run lasts: minutes, epochs or steps. UsageError unless exactly one is given."""

    minutes: float | None = None
    epochs: float | None = None
    steps: int | None = None

    def __post_init__(self) -> None:
        given = [value for value in (self.minutes, self.epochs, self.steps) if value is not None]
        if len(given) != 1 or not 0 < given[0] < math.inf:
            raise UsageError("give one of --minutes, --epochs and --steps, more than 0")

    def spent(self, progress: TrainingProgress) -> float:
        """The share of the budget that is spent: 0 at the start, 1 or more at the end."""
        if self.minutes is not None:
            return progress.seconds / (60 * self.minutes)
        if self.epochs is not None:
            return progress.epochs / self.epochs
        assert self.steps is not None
        return progress.step / self.steps


def learning_rate(config: TrainingConfig, budget: Budget, progress: TrainingProgress) -> float:
    """The rate of the next step: a linear warm-up, then half a cosine to zero at the budget's end."""
    warm = min(1.0, (progress.step + 1) / config.warmup)
    spent = min(1.0, budget.spent(progress))
    return config.learning_rate * warm * (1 + math.cos(math.pi * spent)) / 2
