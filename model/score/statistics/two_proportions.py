"""Two proportions compared: the z test, the difference with its interval, and Cohen's h.

The test is the pooled two-sided z test. The interval is Newcombe's hybrid score interval without a continuity
correction (Newcombe 1998, method 10), made of the Wilson intervals of the two. The p-values of several tests
are adjusted by Holm's step-down procedure (1979).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, erfc, hypot, sqrt

from tuneloom.model.score.statistics.interval import wilson_interval
from tuneloom.model.score.statistics.rate import Rate

__all__ = ["ProportionTest", "compare_proportions", "holm_adjusted"]


@dataclass(frozen=True, slots=True)
class ProportionTest:
    """The first proportion less the second, both from 0 to 1, and what tells them apart."""

    difference: float
    ci95: tuple[float, float]
    """Newcombe's 95% interval of the difference."""
    cohens_h: float
    """The effect size: 0.2 is called small, 0.5 medium, 0.8 large (Cohen 1988)."""
    z: float
    p_value: float
    """Two-sided, not adjusted for other tests."""


def compare_proportions(first: Rate, second: Rate) -> ProportionTest:
    """Compare the shares of two independent samples.

    Where both are 0% or both 100%, z is 0 and the p-value 1.

    Raises:
        ValueError: a share is of nothing.
    """
    (low1, high1), (low2, high2) = (wilson_interval(r.count, r.total) for r in (first, second))
    one, two = first.count / first.total, second.count / second.total
    pooled = (first.count + second.count) / (first.total + second.total)
    error = sqrt(pooled * (1 - pooled) * (1 / first.total + 1 / second.total))
    z = (one - two) / error if error else 0.0
    return ProportionTest(
        difference=one - two,
        ci95=(
            one - two - hypot(one - low1, high2 - two),
            one - two + hypot(high1 - one, two - low2),
        ),
        cohens_h=2 * asin(sqrt(one)) - 2 * asin(sqrt(two)),
        z=z,
        p_value=erfc(abs(z) / sqrt(2)),
    )


def holm_adjusted(p_values: Sequence[float]) -> list[float]:
    """The p-values adjusted for being so many, in the same order."""
    adjusted = [0.0] * len(p_values)
    highest = 0.0
    order = sorted(range(len(p_values)), key=lambda index: p_values[index])
    for rank, index in enumerate(order):
        highest = max(highest, min(1.0, (len(p_values) - rank) * p_values[index]))
        adjusted[index] = highest
    return adjusted
