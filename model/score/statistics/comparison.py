"""Several scores side by side: estimates with 95% intervals, and a winner where these are apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, sqrt
from typing import Literal

from tuneloom.grammar.checking.levels import CHECKED_LEVELS
from tuneloom.model.score.reports.report import Score, TuneScore
from tuneloom.model.score.statistics.interval import wilson
from tuneloom.model.score.statistics.rate import Rate

__all__ = ["ComparisonRow", "Estimate", "compare_scores"]

_Z = 1.959964  # standard errors on either side that make 95%


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure and the ends of its 95% interval, all in the unit of the line."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One figure of every score; None where it was not measured. `better` is None where neither is."""

    name: str
    unit: Literal["percent", "notes", "similarity"]
    better: Literal["high", "low"] | None
    estimates: tuple[Estimate | None, ...]

    @property
    def winner(self) -> int | None:
        """The score whose interval lies on the better side of all others; of one alone, none."""
        sign = {"high": 1, "low": -1, None: 0}[self.better]
        known = [(i, each) for i, each in enumerate(self.estimates) if each]
        if not sign or len(known) < 2:
            return None
        best, its = max(known, key=lambda pair: sign * pair[1].value)
        others = [each for i, each in known if i != best]
        apart = all(its.low > each.high if sign > 0 else its.high < each.low for each in others)
        return best if apart else None


def compare_scores(scores: Sequence[Score]) -> list[ComparisonRow]:
    """The figures of several scores, line by line.

    Shares of tunes have Wilson intervals. The bars of one tune are alike, so the interval of full bars
    is Wilson's for as many bars as would vary by as much if they were independent. A median has the
    interval between two of the ordered values that holds it with 95% whatever the distribution.
    """
    lines = [
        ComparisonRow(
            level, "percent", "high", tuple(_share(s.tally.levels.get(level)) for s in scores)
        )
        for level in CHECKED_LEVELS
    ]
    lines.append(
        ComparisonRow("full bars", "percent", "high", tuple(_full_bars(s.tunes) for s in scores))
    )
    originals = [score.originality for score in scores]
    lines.append(
        ComparisonRow(
            "duplicates",
            "percent",
            "low",
            tuple(_share(o.duplicates if o else None) for o in originals),
        )
    )
    if any(o and o.copies for o in originals):
        copies = tuple(_share(o.copies if o else None) for o in originals)
        lines.append(ComparisonRow("training tunes", "percent", "low", copies))
        kin = [[tune.kin for tune in score.tunes if tune.kin] for score in scores]
        runs = tuple(_median([each.notes for each in tunes]) for tunes in kin)
        nearest = tuple(_median([each.similarity for each in tunes]) for tunes in kin)
        lines.append(ComparisonRow("longest run, median", "notes", None, runs))
        lines.append(ComparisonRow("nearest training tune, median", "similarity", None, nearest))
    return lines


def _share(rate: Rate | None) -> Estimate | None:
    if rate is None or rate.percent is None or rate.ci95 is None:
        return None
    return Estimate(rate.percent, *rate.ci95)


def _full_bars(tunes: Sequence[TuneScore]) -> Estimate | None:
    verdicts = [tune.study.verdict for tune in tunes if tune.study.verdict.bars]
    bars = sum(v.bars for v in verdicts)
    if not bars:
        return None
    share = sum(v.full_bars for v in verdicts) / bars
    # Without any spread, each tune counts as one observation.
    independent: float = len(verdicts)
    spread = sum((v.full_bars - share * v.bars) ** 2 for v in verdicts) / bars**2
    if spread and len(verdicts) > 1:
        spread *= len(verdicts) / (len(verdicts) - 1)
        independent = min(bars, share * (1 - share) / spread)
    total = max(1, round(independent))
    low, high = wilson(min(total, round(share * total)), total)
    return Estimate(100 * share, 100 * min(low, share), 100 * max(high, share))


def _median(values: Sequence[float]) -> Estimate | None:
    if not values:
        return None
    ordered, count = sorted(values), len(values)
    middle = (ordered[(count - 1) // 2] + ordered[count // 2]) / 2
    half = _Z * sqrt(count) / 2
    low = max(0, floor(count / 2 - half) - 1)
    high = min(count - 1, ceil(count / 2 + half))
    return Estimate(middle, ordered[low], ordered[high])
