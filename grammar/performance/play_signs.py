"""What the signs of a voice say of its playing order: repeats, endings, parts and jumps.

Only bars that take time are played. What is written in a bar without notes and rests, as in `:| !D.C.! |`,
belongs to its neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Literal

from msgspec import Struct

from tuneloom.grammar.tune.elements import Bar, BarLine, Decoration, Field, Voice, is_timed

__all__ = ["MAX_PASSES", "PlaySigns", "part_label", "play_signs", "share_signs"]

MAX_PASSES = 100
"""The highest number of an ending that is told from higher ones, and so how often bars are repeated."""

_PART = re.compile(r"[A-Z](?:[ 0-9].*)?")

_JUMPS: dict[str, tuple[Literal["capo", "segno"], Literal["", "coda", "fine"]]] = {
    "D.C.": ("capo", ""),
    "D.C.alcoda": ("capo", "coda"),
    "D.C.alfine": ("capo", "fine"),
    "dacapo": ("capo", ""),
    "D.S.": ("segno", ""),
    "D.S.alcoda": ("segno", "coda"),
    "D.S.alfine": ("segno", "fine"),
}


class PlaySigns(Struct):
    """The signs at a bar that takes time; `bar` is its index in the voice.

    Before it: `starts` counts the colons of `|:`; `endings` has the passes of an ending that begins here;
    `part` is the label of a part. After it: `ends` counts the colons of `:|`; `closes` says whether a
    double or thick bar line follows. A jump is followed after its bar, up to `until`.
    """

    bar: int
    starts: int = 0
    endings: frozenset[int] = frozenset()
    part: str = ""
    segno: bool = False
    coda: bool = False
    ends: int = 0
    closes: bool = False
    fine: bool = False
    to_coda: bool = False
    jump: Literal["", "capo", "segno"] = ""
    until: Literal["", "coda", "fine"] = ""


def play_signs(voice: Voice) -> list[PlaySigns]:
    """The signs of each bar that takes time; the last bar's coda, written after it, leads nowhere."""
    signs: list[PlaySigns] = []
    following = PlaySigns(0)
    for index, bar in enumerate(voice.bars):
        if any(map(is_timed, bar.elements)):
            following.bar = index
            signs.append(following)
            following = PlaySigns(0)
        current = signs[-1] if signs else PlaySigns(0)
        has_time = bool(signs) and current.bar == index
        _read_elements(bar, current, following, before=has_time)
        if bar.line:
            _read_bar_line(bar.line, current, following)
    return signs


def _read_elements(bar: Bar, current: PlaySigns, following: PlaySigns, before: bool) -> None:
    """Signs up to the first note are before the bar if `before` holds, and all others after it."""
    for element in bar.elements:
        if is_timed(element):
            before = False
        elif isinstance(element, Decoration):
            _read_decoration(element.name, current, current if before else following)
        elif isinstance(element, Field) and element.letter == "P":
            (current if before else following).part = part_label(element.value)


def part_label(value: str) -> str:
    """The letter of a part; other text, such as `Fine`, begins none."""
    return value[0] if _PART.fullmatch(value) else ""


def _read_decoration(name: str, current: PlaySigns, at: PlaySigns) -> None:
    if name == "segno":
        at.segno = True
    elif name == "coda":
        at.coda = True
    elif name == "dacoda":
        current.to_coda = True
    elif name == "fine":
        current.fine = True
    elif name in _JUMPS:
        current.jump, current.until = _JUMPS[name]


def _read_bar_line(line: BarLine, current: PlaySigns, following: PlaySigns) -> None:
    text = line.visible
    ends, starts = line.dots
    current.ends = max(current.ends, ends)
    current.closes = current.closes or "||" in text or "]" in text or "[|" in text
    following.starts = max(following.starts, starts)
    if line.volta:
        following.endings = _ending_passes(line.volta)


def _ending_passes(volta: str) -> frozenset[int]:
    """`1,3` and `2-4` as numbers (4.10), as far as they can be reached."""
    passes: set[int] = set()
    for part in volta.split(","):
        first, *others = (int(number) for number in part.split("-") if number)
        last = min(others[-1] if others else first, MAX_PASSES + 1)
        passes.update(range(min(first, MAX_PASSES + 1), last + 1))
    return frozenset(passes)


def share_signs(voices: Sequence[Sequence[PlaySigns]]) -> None:
    """Give voices without repeats or jumps those of the first voice that has some.

    In a score such signs are often written in one voice only. They are shared with voices of the same
    number of bars, kind by kind.
    """
    for has, names in _KINDS:
        source = next((signs for signs in voices if any(map(has, signs))), None)
        for signs in voices:
            if source and len(signs) == len(source) and not any(map(has, signs)):
                for sign, model in zip(signs, source, strict=True):
                    for name in names:
                        setattr(sign, name, getattr(model, name))


_KINDS: tuple[tuple[Callable[[PlaySigns], object], tuple[str, ...]], ...] = (
    (lambda s: s.starts or s.ends or s.endings, ("starts", "ends", "endings", "closes")),
    (lambda s: s.jump, ("segno", "coda", "fine", "to_coda", "jump", "until")),
)
