"""Many verdicts -> one tally."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from grammar import BookTune
from model.score.judge import judge
from model.score.report import Rate, Tally
from model.score.tunefile import Draw

__all__ = ["MISSING", "tally"]

MISSING = "missing-draw"


def tally(tunes: Iterable[Draw | BookTune], asked: int = 0) -> Tally:
    """Judge every tune once. Of `asked` draws, those that are not there count as not parseable."""
    verdicts = Counter(judge(tune) for tune in tunes)
    read = verdicts.total()
    if asked > read:
        verdicts[MISSING] = asked - read
    parseable = verdicts.pop(None, 0)
    total = max(asked, read)
    errors = {str(code): count for code, count in verdicts.most_common()}
    return Tally(total, {"parseable": Rate(parseable, total)}, errors)
