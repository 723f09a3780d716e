"""95% confidence intervals of shares and medians."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor, sqrt
from statistics import NormalDist

__all__ = ["clustered_interval", "median_interval", "wilson_interval"]

_Z = 1.959964  # the standard errors on either side that make 95%


def wilson_interval(count: int, total: int, confidence: float = 0.95) -> tuple[float, float]:
    """The Wilson score interval of the share `count / total`, two numbers from 0 to 1.

    Unlike the textbook interval it stays inside [0, 1] and keeps a width at 0% and at 100%, where the scores
    of a good generator lie.

    Raises:
        ValueError: unless 0 <= count <= total and total > 0.
    """
    if not 0 <= count <= total or total == 0:
        raise ValueError(f"{count} out of {total} is not a share")
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share = count / total
    scale = 1 + z * z / total
    middle = (share + z * z / (2 * total)) / scale
    half = z * sqrt(share * (1 - share) / total + z * z / (4 * total * total)) / scale
    # At the ends the exact bound is 0 or 1; rounding would leave it slightly off.
    return (
        max(0.0, middle - half) if count else 0.0,
        min(1.0, middle + half) if count < total else 1.0,
    )


def clustered_interval(counts: Sequence[int], totals: Sequence[int]) -> tuple[float, float]:
    """The interval of `sum(counts) / sum(totals)`, items of which come in clusters, such as bars in tunes.

    The items of a cluster resemble each other. The interval is Wilson's for as many items as would have the
    same variance if they were independent. No total may be 0, nor may there be no cluster.
    """
    items, clusters = sum(totals), len(totals)
    share = sum(counts) / items
    # Without any variance, each cluster counts as one observation.
    independent: float = clusters
    pairs = zip(counts, totals, strict=True)
    variance = sum((count - share * total) ** 2 for count, total in pairs) / items**2
    if variance and clusters > 1:
        variance *= clusters / (clusters - 1)
        independent = min(items, share * (1 - share) / variance)
    size = max(1, round(independent))
    low, high = wilson_interval(min(size, round(share * size)), size)
    return min(low, share), max(high, share)


def median_interval(ordered: Sequence[float]) -> tuple[float, float]:
    """The interval of the median, whatever the distribution: two of the ordered values."""
    count = len(ordered)
    half = _Z * sqrt(count) / 2
    low = max(0, floor(count / 2 - half) - 1)
    high = min(count - 1, ceil(count / 2 + half))
    return ordered[low], ordered[high]
