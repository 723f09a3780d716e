"""Many verdicts -> one tally."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tuneloom.grammar.diagnostics.diagnostic import Level
from tuneloom.model.score.reports.report import LEVELS, Rate, Tally
from tuneloom.model.score.tunes.tune_set import DrawnText, TunebookTune
from tuneloom.model.score.tunes.verdict import Verdict, judge_tune

__all__ = ["MISSING", "tally_tunes", "tally_verdicts"]

MISSING = "missing-draw"


def tally_tunes(tunes: Iterable[DrawnText | TunebookTune], requested: int = 0) -> Tally:
    """Judge every tune once. Of `requested` draws, those that are not there count as not parseable."""
    return tally_verdicts(map(judge_tune, tunes), requested)


def tally_verdicts(verdicts: Iterable[Verdict], requested: int = 0) -> Tally:
    """Count verdicts; those of `requested` draws that are missing count as not parseable."""
    reached: Counter[Level] = Counter()
    errors: Counter[str] = Counter()
    read = bars = full = 0
    for verdict in verdicts:
        read += 1
        reached.update(verdict.levels)
        errors.update(verdict.errors)
        bars += verdict.bars
        full += verdict.full_bars
    total = max(requested, read)
    if total > read:
        errors[MISSING] = total - read
    return Tally(
        total,
        {level: Rate(reached[level], total) for level in LEVELS if level != "playable"},
        dict(errors.most_common()),
        Rate(full, bars),
    )
