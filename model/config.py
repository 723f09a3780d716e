"""What a training run is made of: the network's sizes, and how it is trained."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Config"]


@dataclass(frozen=True, slots=True)
class Config:
    """The defaults suit some minutes on two cores; docs/decisions.md has the measurements."""

    embedding: int = 128
    """Length of the vector that stands for a token."""
    units: int = 256
    """Width of each LSTM layer."""
    layers: int = 1
    """LSTM layers, one on top of the other."""
    lanes: int = 64
    """Rows of a batch; fewer where there are fewer tunes."""
    window: int = 32
    """Characters of each lane in a step; the gradient reaches no further back."""
    learning_rate: float = 8e-3
    """Peak of the schedule: a linear warm-up, then a cosine to zero at the end of the budget."""
    warmup: int = 40
    """Steps of the warm-up."""
    clip: float = 1.0
    """The longest gradient, as a global norm; longer ones are scaled down to it."""
    seed: int = 0
    """Decides the initial weights and the order of the tunes."""
