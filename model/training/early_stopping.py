"""When to stop a run that no longer improves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["BestValidation"]

# `auto` waits longer in a longer run.
_MIN_MISSES = 3
_MAX_SHARE = 0.25
"""The share of all steps so far that may pass without an improvement."""


@dataclass(frozen=True, slots=True)
class BestValidation:
    """The best validation loss of a run so far, in bits per character; None before the first."""

    bits: float | None = None
    step: int = 0
    misses: int = 0
    """Validations since then."""

    def updated(self, bits: float, step: int) -> BestValidation:
        """The best after another validation, at this step."""
        if self.bits is None or bits < self.bits:
            return BestValidation(bits, step)
        return BestValidation(self.bits, self.step, self.misses + 1)

    def should_stop(self, step: int, patience: int | Literal["auto"]) -> bool:
        """Whether more validations have passed without an improvement than the setting `patience` allows."""
        if patience == "auto":
            return self.misses >= _MIN_MISSES and step - self.step > _MAX_SHARE * step
        return 0 < patience <= self.misses
