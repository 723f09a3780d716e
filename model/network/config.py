"""The settings of a training run: the sizes of the network and how it is trained."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from tuneloom.grammar.diagnostics.diagnostic import Level

__all__ = ["LayoutName", "TrainingConfig"]

LayoutName = Literal["packed", "padded"]

_SHORT_RUN_MINUTES = 6.0


@dataclass(frozen=True, slots=True)
class TrainingConfig:
    """The defaults suit twenty minutes on two cores; docs/training.md has the measurements."""

    architecture: str = "lstm"
    """A name registered in `tuneloom.model.network.catalogue`."""
    embedding: int = 128
    """Size of the embedding vectors."""
    units: int = 512
    """Width of each recurrent layer."""
    layers: int = 1
    """Number of recurrent layers."""
    dropout: float = 0.1
    """Share of each recurrent layer's outputs set to zero, the same ones at all steps of a batch."""
    transpose: bool = True
    """Whether each epoch reads a tune in another key; the keys keep their share of the tunes."""
    level: Level = "parseable"
    """The level of validity that tunes for training and validation must reach."""
    batch_size: int = 64
    """Rows of a batch; fewer if there are fewer tunes."""
    unroll_length: int = 64
    """Steps of backpropagation through time in the packed layout."""
    layout: LayoutName = "packed"
    """`packed`: tunes end to end, fastest on a CPU. `padded`: whole tunes, one in each row, through
    Keras layers, which use cuDNN on a GPU."""
    learning_rate: float = 4e-3
    """Peak of the schedule: a linear warm-up, then a cosine to zero at the end of the budget."""
    warmup: int = 40
    """Steps of the warm-up."""
    clip: float = 1.0
    """Gradients are scaled down to this global norm."""
    seed: int = 0
    """Determines the initial weights, the order of the tunes, their keys and dropout."""

    def __post_init__(self) -> None:
        if self.layout not in get_args(LayoutName):
            raise ValueError(f"layout {self.layout!r}: not one of {get_args(LayoutName)}")

    @classmethod
    def for_budget(cls, minutes: float | None) -> TrainingConfig:
        """The defaults or, for a few minutes, a smaller network that takes more steps.

        Such a run sees too few epochs to overfit, so it needs neither dropout nor transposition.
        """
        if minutes is None or minutes >= _SHORT_RUN_MINUTES:
            return cls()
        return cls(units=256, unroll_length=32, learning_rate=8e-3, dropout=0.0, transpose=False)
