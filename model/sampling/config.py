"""The settings of sampling."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from tuneloom.grammar.errors import UsageError

__all__ = ["AskedLevel", "ExactMethod", "SamplingConfig"]

ExactMethod = Literal["restart", "resample"]
"""How tunes under a constraint follow the network's own distribution, given the constraint.

`restart` gives a draw up at the first token that the constraint forbids, and begins the next one; `resample`
draws with the mask and resamples the tunes by what it cut.
"""

AskedLevel = Literal["metrical", "parseable"]
"""The level of the tunes that a network is asked for: with every bar right, or like all it learned from."""


@dataclass(frozen=True, slots=True)
class SamplingConfig:
    """How tokens are sampled. Raises UsageError for a value out of range."""

    temperature: float = 1.0
    """Divides the logits: below 1, likely tokens become likelier. More than 0."""
    seed: int = 0
    max_length: int = 2048
    """The most tokens of a tune, prompt and final boundary included; a longer one is unfinished."""
    top_p: float = 1.0
    """Nucleus sampling: sample from the most likely tokens with this total probability."""
    batch_size: int = 64
    """Tunes drawn in parallel. Another size may round logits differently, and so draw other tunes."""

    def __post_init__(self) -> None:
        if not 0 < self.temperature < math.inf:
            raise UsageError(f"--temperature {self.temperature}: must be more than 0, such as 0.8")
        if not 0 < self.top_p <= 1:
            raise UsageError(
                f"--top-p {self.top_p}: must be more than 0 and at most 1, such as 0.9"
            )
