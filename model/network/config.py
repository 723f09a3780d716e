"""What a training run is made of: the network's sizes, and how it is trained."""

from __future__ import annotations

from dataclasses import dataclass

from tuneloom.grammar.diagnostics.diagnostic import Level

__all__ = ["Config"]


_FEW_MINUTES = 6.0


@dataclass(frozen=True, slots=True)
class Config:
    """The defaults suit twenty minutes on two cores; docs/training.md has the measurements."""

    embedding: int = 128
    """Length of the vector that stands for a token."""
    units: int = 512
    """Width of each LSTM layer."""
    layers: int = 1
    """LSTM layers, one on top of the other."""
    dropout: float = 0.1
    """Share of each LSTM layer's outputs that is set to zero, the same ones over a whole window."""
    transpose: bool = True
    """Whether a tune is read in another key each epoch; the keys keep their share of the tunes."""
    level: Level = "parseable"
    """The level of validity of the tunes that are learnt and validated on."""
    lanes: int = 64
    """Rows of a batch; fewer where there are fewer tunes."""
    window: int = 64
    """Characters of each lane in a step; the gradient reaches no further back."""
    rows: bool = False
    """Whether a batch is whole tunes, one a row, through Keras's own layers: for a GPU's cuDNN."""
    learning_rate: float = 4e-3
    """Peak of the schedule: a linear warm-up, then a cosine to zero at the end of the budget."""
    warmup: int = 40
    """Steps of the warm-up."""
    clip: float = 1.0
    """The longest gradient, as a global norm; longer ones are scaled down to it."""
    seed: int = 0
    """Decides the initial weights and the order of the tunes."""

    @classmethod
    def suited(cls, minutes: float | None) -> Config:
        """The defaults or, for a few minutes, a smaller network that takes more steps in them.

        It sees too few epochs to learn anything by heart, and so needs no help against that.
        """
        if minutes is None or minutes >= _FEW_MINUTES:
            return cls()
        return cls(units=256, window=32, learning_rate=8e-3, dropout=0.0, transpose=False)
