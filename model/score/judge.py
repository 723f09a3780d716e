"""One tune, one verdict: whether it is parseable, and if not, the code of the first thing wrong."""

from __future__ import annotations

import re

from grammar import BookTune, Tune, parse
from grammar.tune import Chord, Note
from model.score.tunefile import Draw

__all__ = ["judge"]

_SECOND_TUNE = re.compile(r"^X:", re.MULTILINE)


def judge(tune: Draw | BookTune) -> str | None:
    """Return None for a parseable tune, or the code of the first thing that keeps it from being so.

    A draw is judged with `X:1` and an empty `T:` before it, and must be one whole tune, whatever
    the grammar takes: `unfinished` is one cut off at the cap; an `empty-line` would end it early,
    and a second X: (`second-tune`) begin another; `no-note` is silence. A tune of a tunebook is
    judged as it stands, by the grammar alone.
    """
    if isinstance(tune, BookTune):
        return _syntax(tune.text)[1]
    if fault := _fault(tune):
        return fault
    text = tune.text + "\n" if tune.text else ""
    parsed, code = _syntax("X:1\nT:\n" + text)
    return "no-note" if parsed and not _has_note(parsed) else code


def _fault(draw: Draw) -> str | None:
    if not draw.finished:
        return "unfinished"
    if draw.text and any(not line.strip() for line in draw.text.split("\n")):
        return "empty-line"
    if _SECOND_TUNE.search(draw.text):
        return "second-tune"
    return None


def _syntax(text: str) -> tuple[Tune | None, str | None]:
    parsed = parse(text)
    if parsed.tune:
        return parsed.tune, None
    return None, next(found.code for found in parsed.diagnostics if found.level == "parseable")


def _has_note(tune: Tune) -> bool:
    return any(isinstance(element, Note | Chord) for bar in tune.bars for element in bar.elements)
