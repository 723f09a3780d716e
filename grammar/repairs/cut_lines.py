"""Repairs of music that was cut into two lines where it must not be: a continuation joins them (6.1.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tuneloom.grammar.repairs.interface import Repair, RepairPlace
from tuneloom.grammar.source.segments import is_music_line, key_line

__all__ = ["CUT_LINES", "is_joint_unheard", "is_last_music", "is_music_at"]

_NOT_NOTES = re.compile(r'"[^"]*"|\{[^{}]*\}')
_NOTE_OR_BAR_LINE = re.compile(r"\[(?=[\^_=A-Ga-g])\S|[A-Ga-gzxZX]|[|:\[\]]")
_NOTE = re.compile(r"[A-Ga-gzx]")
_DYNAMICS = re.compile(r"![a-z<>()]+!")
_SLUR = re.compile(r"\((?![2-9])")
_CHORD = re.compile(r"\[[^\[\]|]*\]")
_TUPLET = re.compile(r"\((?P<p>[2-9])(?::\d?(?::(?P<notes>\d+))?)?")


def is_music_at(lines: Sequence[str], index: int) -> bool:
    """Whether a tune has a line of music at an index, which may be outside of it."""
    return key_line(lines) < index < len(lines) and is_music_line(lines[index])


def is_joint_unheard(place: RepairPlace, index: int) -> bool:
    """Whether abcjs plays a line and the next one the same with a continuation between them.

    At the end of a line abcjs ends tuplets and slurs and takes the dynamics back, and it overlooks a bar line
    at the beginning of the next line. With several voices it also counts the beats of each line anew.
    """
    lines = place.lines
    if not 0 <= index < len(lines) - 1 or _DYNAMICS.search(lines[index]) or _is_polyphonic(lines):
        return False
    following = _NOT_NOTES.sub("", lines[index + 1])
    first = _NOTE_OR_BAR_LINE.search(following)
    if first is None or "-" in following[: first.start()]:
        return False
    if first[0] in "|:[]" and (
        _NOTE.search(following, first.end()) or not is_last_music(place, index + 1)
    ):
        return False
    line = _NOT_NOTES.sub("", lines[index])
    return not _has_open_tuplet(line) and len(_SLUR.findall(line)) <= line.count(")")


def _is_last_bar_line(place: RepairPlace, index: int, after: str) -> bool:
    """Whether no note follows a bar line; at the last one abcjs also ends the accompaniment."""
    has_chords = any('"' in line for line in place.lines)
    return not (has_chords or _NOTE.search(after)) and is_last_music(place, index)


def is_last_music(place: RepairPlace, index: int) -> bool:
    """Whether no music follows a line."""
    return not any(
        is_music_line(place.lines[later]) for later in range(index + 1, len(place.lines))
    )


def _has_open_tuplet(line: str) -> bool:
    tuplets = list(_TUPLET.finditer(line))
    if not tuplets:
        return False
    notes = _NOTE.findall(_CHORD.sub("z", line[tuplets[-1].end() :]))
    return len(notes) < int(tuplets[-1]["notes"] or tuplets[-1]["p"])


def _is_polyphonic(lines: Sequence[str]) -> bool:
    return any(line.startswith("V:") or "[V:" in line for line in lines)


def _join_where_cut(text: str, place: RepairPlace) -> str:
    index = _cut(place)
    return text if index is None else _joined(text, place, index)


def _join_unheard(text: str, place: RepairPlace) -> str:
    index = _cut(place)
    return (
        text if index is None or not is_joint_unheard(place, index) else _joined(text, place, index)
    )


def _cut(place: RepairPlace) -> int | None:
    """The line before if the error is at its line's beginning, its own if it is at its end."""
    line = place.current_line
    if not line[: place.column].strip():
        return place.line - 1
    # Between the error and the end of its line there may only be what is left open.
    return None if re.search(r"[|\s]\S", line[place.column :].rstrip()[1:]) else place.line


def _joined(text: str, place: RepairPlace, index: int) -> str:
    """The tune with a line of music joined to the next one."""
    if not (is_music_at(place.lines, index) and is_music_at(place.lines, index + 1)):
        return text
    line = place.lines[index].rstrip()
    return text if "%" in line or line.endswith("\\") else place.with_line(line + "\\", index)


_CUTS = (
    ("stray-number", "inside a length"),
    ("bad-length", "inside a length"),
    ("stray-octave-mark", "before an octave mark"),
    ("broken-rhythm-without-note", "at an arrow"),
    ("stray-accidental", "after an accidental"),
    ("unclosed-grace", "inside grace notes"),
    ("tuplet-without-note", "after `(3`"),
    ("unclosed-chord", "inside a chord"),
    ("unclosed-quote", "inside quoted text"),
    ("old-chord", "inside a chord"),
)
# Players read the line end as the end of a tuplet, a chord or a text, and play otherwise once it is gone.
_ENDED_BY_LINE = frozenset({"tuplet-without-note", "unclosed-chord", "unclosed-quote", "old-chord"})

CUT_LINES = (
    *(
        Repair(f"cut-{code}", code, f"a line that was cut {where}", "error", _join_unheard)
        for code, where in _CUTS
        if code not in _ENDED_BY_LINE
    ),
    *(
        Repair(
            f"joined-{code}",
            code,
            f"a line that was cut {where}"
            + (
                ""
                if code in _ENDED_BY_LINE
                else ", in a tuplet or where the next begins with a bar line"
            ),
            "error",
            _join_where_cut,
            safe=False,
        )
        for code, where in _CUTS
    ),
)
