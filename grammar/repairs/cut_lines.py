"""Repairs of music that was cut into two lines where it must not be: a continuation joins them (6.1.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tuneloom.grammar.repairs.interface import Repair, RepairPlace
from tuneloom.grammar.source.segments import is_music_line, key_line

__all__ = ["CUT_LINES", "is_music_at"]


def is_music_at(lines: Sequence[str], index: int) -> bool:
    """Whether a tune has a line of music at an index, which may be outside of it."""
    return key_line(lines) < index < len(lines) and is_music_line(lines[index])


def _join_where_cut(text: str, place: RepairPlace) -> str:
    """Join the line before if the error is at its line's beginning, the next if it is at its end."""
    line = place.current_line
    if not line[: place.column].strip():
        return _joined(text, place, place.line - 1)
    # Between the error and the end of its line there may only be what is left open.
    if re.search(r"[|\s]\S", line[place.column :].rstrip()[1:]):
        return text
    return _joined(text, place, place.line)


def _joined(text: str, place: RepairPlace, index: int) -> str:
    """The tune with a line of music joined to the next one."""
    if not (is_music_at(place.lines, index) and is_music_at(place.lines, index + 1)):
        return text
    line = place.lines[index].rstrip()
    return text if "%" in line or line.endswith("\\") else place.with_line(line + "\\", index)


# abcjs reads the line end as the end of a tuplet or a chord, and plays other notes once it is gone.
_ENDED_BY_LINE = frozenset({"tuplet-without-note", "unclosed-chord", "old-chord"})

CUT_LINES = tuple(
    Repair(
        f"cut-{code}",
        code,
        f"a line that was cut {where}",
        "error",
        _join_where_cut,
        safe=code not in _ENDED_BY_LINE,
    )
    for code, where in (
        ("stray-number", "inside a length"),
        ("bad-length", "inside a length"),
        ("stray-octave-mark", "before an octave mark"),
        ("broken-rhythm-without-note", "at an arrow"),
        ("stray-accidental", "after an accidental"),
        ("tuplet-without-note", "after `(3`"),
        ("unclosed-chord", "inside a chord"),
        ("unclosed-grace", "inside grace notes"),
        ("unclosed-quote", "inside quoted text"),
        ("old-chord", "inside a chord"),
    )
)
