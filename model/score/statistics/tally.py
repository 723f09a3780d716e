"""Many verdicts -> one tally."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tuneloom.grammar.diagnostics.diagnostic import Level
from tuneloom.model.score.reports.report import LEVELS, Rate, Tally
from tuneloom.model.score.tunes.judge import Verdict, judge
from tuneloom.model.score.tunes.tunebooks import Draw, Found

__all__ = ["MISSING", "count", "tally"]

MISSING = "missing-draw"


def tally(tunes: Iterable[Draw | Found], asked: int = 0) -> Tally:
    """Judge every tune once. Of `asked` draws, those that are not there count as not parseable."""
    return count(map(judge, tunes), asked)


def count(verdicts: Iterable[Verdict], asked: int = 0) -> Tally:
    """Count verdicts; those of `asked` draws that are missing count as not parseable."""
    reached: Counter[Level] = Counter()
    errors: Counter[str] = Counter()
    read = bars = full = 0
    for verdict in verdicts:
        read += 1
        reached.update(verdict.levels)
        errors.update(verdict.errors)
        bars += verdict.bars
        full += verdict.full_bars
    total = max(asked, read)
    if total > read:
        errors[MISSING] = total - read
    return Tally(
        total,
        {level: Rate(reached[level], total) for level in LEVELS if level != "playable"},
        dict(errors.most_common()),
        Rate(full, bars),
    )
