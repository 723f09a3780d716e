"""How sure a percentage is: the Wilson score interval of a share of successes."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist

__all__ = ["wilson"]


def wilson(count: int, total: int, confidence: float = 0.95) -> tuple[float, float]:
    """Return the two ends, between 0 and 1, of Wilson's interval for `count` out of `total`.

    Unlike the textbook interval it stays inside [0, 1] and keeps a width at 0% and at 100%, where
    the scores of a good generator lie. Raises ValueError unless 0 <= count <= total and total > 0.
    """
    if not 0 <= count <= total or total == 0:
        raise ValueError(f"{count} out of {total} is no share")
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share = count / total
    scale = 1 + z * z / total
    middle = (share + z * z / (2 * total)) / scale
    half = z * sqrt(share * (1 - share) / total + z * z / (4 * total * total)) / scale
    # At the ends the exact bound is 0 or 1; floating point would leave a crumb beyond it.
    return (
        max(0.0, middle - half) if count else 0.0,
        min(1.0, middle + half) if count < total else 1.0,
    )
