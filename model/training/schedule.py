"""How long a run lasts, and the learning rate on its way there."""

from __future__ import annotations

import math
from dataclasses import dataclass

from tuneloom.grammar.errors import UsageError
from tuneloom.model.network.config import Config

__all__ = ["Budget", "Place", "learning_rate"]


@dataclass(frozen=True, slots=True)
class Place:
    """How far a run has come: what its next step will be, and what it has spent."""

    step: int = 0
    """Steps taken."""
    epoch: int = 0
    """Epochs completed."""
    window: int = 0
    """Windows taken of the epoch under way."""
    epoch_windows: int = 1
    """Windows of the epoch under way."""
    characters: int = 0
    """Characters and tune ends learnt from, over all epochs."""
    seconds: float = 0.0
    """Time spent."""

    @property
    def epochs(self) -> float:
        """Epochs completed, with the part of the one under way."""
        return self.epoch + self.window / self.epoch_windows


@dataclass(frozen=True, slots=True)
class Budget:
    """The end of a run: so many minutes, epochs or steps; exactly one of them is given."""

    minutes: float | None = None
    epochs: float | None = None
    steps: int | None = None

    def __post_init__(self) -> None:
        given = [value for value in (self.minutes, self.epochs, self.steps) if value is not None]
        if len(given) != 1 or not 0 < given[0] < math.inf:
            raise UsageError("give one of --minutes, --epochs and --steps, more than 0")

    def spent(self, place: Place) -> float:
        """The part of the budget that is used up: 0 at the start, 1 or more at the end."""
        if self.minutes is not None:
            return place.seconds / (60 * self.minutes)
        if self.epochs is not None:
            return place.epochs / self.epochs
        assert self.steps is not None
        return place.step / self.steps


def learning_rate(config: Config, budget: Budget, place: Place) -> float:
    """A linear warm-up, then half a cosine that comes down to zero when the budget is used up."""
    warm = min(1.0, (place.step + 1) / config.warmup)
    return config.learning_rate * warm * (1 + math.cos(math.pi * min(1.0, budget.spent(place)))) / 2
