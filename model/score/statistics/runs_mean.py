"""The mean of a figure over runs of one system, such as its seeds, with the interval that these leave."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot, sqrt
from statistics import fmean, stdev

from tuneloom.model.score.statistics.figure_value import Estimate

__all__ = ["mean_of_runs"]

# Student's t: its 97.5% quantile by the degrees of freedom, from 1. Beyond the table, the next term of its
# expansion is right to three decimals.
_T = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228,
    2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086,
)  # fmt: skip
_NORMAL = 1.959964


def mean_of_runs(runs: Sequence[Estimate]) -> Estimate:
    """The mean of two runs or more, with its 95% interval by Student's t.

    Runs are what varies, so the tunes of one do not count for themselves: three runs leave a wide interval.
    It is never narrower than the intervals of the runs make that of their mean, since a few runs may agree
    by chance.
    """
    values = [run.value for run in runs]
    mean, freedom = fmean(values), len(runs) - 1
    beyond = _NORMAL + (_NORMAL**3 + _NORMAL) / 4 / freedom
    quantile = _T[freedom - 1] if freedom <= len(_T) else beyond
    half = quantile * stdev(values, mean) / sqrt(len(runs))
    below = hypot(*(run.value - run.low for run in runs)) / len(runs)
    above = hypot(*(run.high - run.value for run in runs)) / len(runs)
    return Estimate(mean, mean - max(half, below), mean + max(half, above))
