"""How long a run goes on without getting better."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Best"]

_FEWEST_MISSES = 3
_SHARE = 0.25
"""The part of the steps so far that may pass without a new best."""


@dataclass(frozen=True, slots=True)
class Best:
    """The best validation of a run so far; None of it until the first."""

    bits: float | None = None
    step: int = 0
    misses: int = 0
    """Validations since then."""

    def after(self, bits: float, step: int) -> Best:
        """The best one when a validation at this step is counted in."""
        if self.bits is None or bits < self.bits:
            return Best(bits, step)
        return Best(self.bits, self.step, self.misses + 1)

    def is_stale(self, step: int) -> bool:
        """Whether so many steps and validations have passed since then that it is time to stop."""
        return self.misses >= _FEWEST_MISSES and step - self.step > _SHARE * step
