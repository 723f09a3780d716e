"""The verdict on a tune: the levels of validity that it reaches, and what is wrong with it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tuneloom.grammar import Tune, parse
from tuneloom.grammar.bars.timed_bars import timed_bars
from tuneloom.grammar.bars.wrong_bars import wrong_bars
from tuneloom.grammar.checking.check import run_rules
from tuneloom.grammar.checking.levels import levels_of
from tuneloom.grammar.diagnostics.diagnostic import Level
from tuneloom.grammar.tune.elements import Chord, Note
from tuneloom.model.score.tunes.tune_set import DrawnText, TunebookTune

__all__ = ["Verdict", "judge_and_parse", "judge_tune"]

_SECOND_TUNE = re.compile(r"^X:", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Verdict:
    """`levels` is empty for an unparseable tune; `errors` are the codes of what is wrong.

    An unparseable tune has one error, the first; rules beyond syntax may find several. `bars` counts the
    bars in a metre, `full_bars` those of them that have its length.
    """

    levels: tuple[Level, ...]
    errors: tuple[str, ...]
    bars: int = 0
    full_bars: int = 0


def judge_tune(tune: DrawnText | TunebookTune) -> Verdict:
    """Judge a tune at every level.

    A drawn tune is judged with `X:1` and an empty `T:` before it. It must be exactly one tune, which the
    grammar alone does not require, so it has errors of its own: `unfinished` if it was cut off, `empty-line`
    because that would end it early, `second-tune` for another X:, and `no-note` for silence. A tune of a
    tunebook is judged as it is, by the grammar and the rules alone.
    """
    return judge_and_parse(tune)[0]


def judge_and_parse(tune: DrawnText | TunebookTune) -> tuple[Verdict, Tune | None]:
    """Judge a tune as `judge_tune` does, and return it parsed if it is parseable."""
    if isinstance(tune, TunebookTune):
        return _verdict(tune.text, tune.file_header)
    if fault := _draw_fault(tune):
        return Verdict((), (fault,)), None
    return _verdict(tune.tune_text, "", needs_note=True)


def _draw_fault(draw: DrawnText) -> str | None:
    if not draw.finished:
        return "unfinished"
    if draw.text and any(not line.strip() for line in draw.text.split("\n")):
        return "empty-line"
    if _SECOND_TUNE.search(draw.text):
        return "second-tune"
    return None


def _verdict(text: str, file_header: str, needs_note: bool = False) -> tuple[Verdict, Tune | None]:
    parsed = parse(text, 1, file_header)
    tune = parsed.tune if parsed.parseable else None
    if needs_note and tune and not _has_note(tune):
        return Verdict((), ("no-note",)), None
    found = run_rules(parsed, text)
    errors = dict.fromkeys(d.code for d in found if d.severity == "error")
    bars, full = _count_bars(tune) if tune else (0, 0)
    return Verdict(levels_of(found), tuple(errors), bars, full), tune


def _count_bars(tune: Tune) -> tuple[int, int]:
    voices = list(timed_bars(tune))
    bars = sum(map(len, voices))
    return bars, bars - sum(len(wrong_bars(voice)) for voice in voices)


def _has_note(tune: Tune) -> bool:
    return any(isinstance(element, Note | Chord) for bar in tune.bars for element in bar.elements)
