"""How far a training run has come."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["TrainingProgress"]


@dataclass(frozen=True, slots=True)
class TrainingProgress:
    """The position of a run in its data, and what it has used so far."""

    step: int = 0
    """Steps taken."""
    epoch: int = 0
    """Epochs completed."""
    batch: int = 0
    """Batches taken from the current epoch."""
    epoch_batches: int = 1
    """Batches in the current epoch."""
    characters: int = 0
    """Characters and tune ends learned from, over all epochs."""
    seconds: float = 0.0
    """Time spent training."""

    @property
    def epochs(self) -> float:
        """Epochs completed, with the fraction of the current one."""
        return self.epoch + self.batch / self.epoch_batches
