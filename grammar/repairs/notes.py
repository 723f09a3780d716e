"""Repairs of notes, bar lines, chord symbols and what belongs to them, wherever they are."""

from __future__ import annotations

import re

from tuneloom.grammar.repairs.interface import Repair, RepairPlace, substitution
from tuneloom.grammar.source.segments import split_music

__all__ = ["NOTES", "is_skipped"]

# What applies to the next note, unless a mark comes between.
_APPLIES_TO_NEXT = frozenset(".~^_=HJLMOPRST")
_BELONGS_TO_LAST = re.compile(r"[0-9,'/<>)-]")
_REACH = 80  # characters on each side that are searched for the brackets of a chord
_BAR_LINE = re.compile(r"[|:\]]|\[[|\d]")
_OPEN_GROUP = re.compile(r"\[(?![|:\d\x22]|[A-Za-z]:)[^\[\]|]*$|\{[^{}|]*$")
_CLOSED_GROUP = re.compile(r"[^\[{|]*?(?<!\|)[\]}]")
# A sharp before its note, or after it where no other note follows.
_SHARP_SIGN = r"(?<![A-Ga-g,'#])#([A-Ga-g])|(?<![A-Ga-g^_=])([A-Ga-g][,']*)#(?![#A-Ga-g])"
_RESERVED = re.compile(r"(?:[*;?@]|(?<![A-Ga-g,'#])#(?![#A-Ga-g]))+(?![#*;?@0-9/,'<>-])")
_LINE_END_BANG = re.compile(r"(?<=[^\s!])\s*!\s*$")
_NO_CHORD = re.compile(r'^"(?=[^A-Ga-g(^_<>@"N])(?=[^"]*[^\s"])')
_NOTE_OR_BAR_LINE = re.compile(r"[A-Ga-gxyzXZ|]")


def is_skipped(music: str, start: int, end: int) -> bool:
    """Whether players skip the characters from `start` to `end` of a line, as if they were not there.

    abc2midi and abcjs do so between notes. But a decoration or an accidental before such a mark misses its
    note, a chord ends, a length after it is overlooked, and a bar line becomes two.
    """
    before, after = music[start - 1 : start], music[end : end + 1]
    if not (before or after) or before in _APPLIES_TO_NEXT or _BELONGS_TO_LAST.match(after):
        return False
    if before == "(" and after in ("(", "["):
        return False
    if before and before in "|:]" and _BAR_LINE.match(music, end):
        return False
    is_in_group = _OPEN_GROUP.search(music, max(0, start - _REACH), start) or _CLOSED_GROUP.match(
        music, end, end + _REACH
    )
    return not is_in_group


def _drop_skipped_reserved(text: str, _: RepairPlace) -> str:
    """Remove what players skip without a change to the notes around it."""

    def replacement(match: re.Match[str]) -> str:
        return "" if is_skipped(text, match.start(), match.end()) else match[0]

    return _RESERVED.sub(replacement, text)


def _drop_line_end_bang(text: str, _: RepairPlace) -> str:
    """Remove a `!` at the end of a line, if it is the only one: others would pair with it."""
    if not text.rstrip().endswith("!"):
        return text
    pieces = split_music(text)
    if not pieces[-1].strip() or sum(piece.count("!") for piece in pieces[::2]) != 1:
        return text
    return _LINE_END_BANG.sub("", text)


def _annotate(text: str, _: RepairPlace) -> str:
    return _NO_CHORD.sub('"^', text)


def _annotate_alone(text: str, place: RepairPlace) -> str:
    """Annotate text without a chord symbol at its note: abcjs reads both together, as no chord."""
    pieces = split_music(text)
    at_note: list[int] = []
    for index, piece in enumerate([*pieces, "|"]):
        if index % 2 and piece[0] == '"':
            at_note.append(index)
        elif (index % 2 == 0 or index == len(pieces)) and _NOTE_OR_BAR_LINE.search(piece):
            if not any("A" <= pieces[each][1:2] <= "G" for each in at_note):
                for each in at_note:
                    pieces[each] = _annotate(pieces[each], place)
            at_note.clear()
    return "".join(pieces)


NOTES = (
    Repair(
        "blank-chord-symbol", "blank-chord-symbol", 'a chord symbol `" "` says nothing',
        "quoted", substitution(r'^"\s*"$', ""), safe=False,  # abcjs ends the chord before it
    ),
    Repair(
        "chord-symbol", "chord-symbol", "text that no chord begins with is an annotation: `\"^p\"`",
        "music", _annotate_alone,
    ),
    Repair(
        "text-and-chord", "chord-symbol", "the same next to a chord symbol, which abcjs plays only then",
        "quoted", _annotate, safe=False,
    ),
    Repair(
        "slur-direction", "slur-direction", "`.(,` and `(,` give a slur a direction",
        "notes", substitution(r"\(,(?=[\^_=A-Ga-g])", "("),
    ),
    Repair(
        "slur-above", "slur-direction", "`('`, where abc2midi takes the `'` for a decoration",
        "notes", substitution(r"\([',](?![0-9])", "("), safe=False,
    ),
    Repair(
        "detached-tie", "detached-tie", "a tie touches the first of its notes: `c2 -c2` is `c2- c2`",
        "notes", substitution(r"(?<=[A-Ga-g0-9,'/\])])([ \t]+)-", r"-\1"),
    ),
    # Unsafe: players overlook such a number, and play all of the endings.
    Repair(
        "detached-volta", "detached-volta", "a volta's number touches its bar line: `| 1` is `|1`",
        "notes",
        substitution(r"(?<=[|:\]])[ \t]+(?=[12](?:[,-][1-9])*(?:[ \t]|(?=[A-Ga-g(\[{\"~^_=])))", ""),
        safe=False,
    ),
    Repair(
        "old-chord", "old-chord", "`+CEG+` is how chords were written before `[CEG]`",
        "notes", substitution(r"\+[ \t]*((?:(?:\^\^?|__?|=)?[A-Ga-g][,']*[0-9/]*[ \t]*){2,})\+", r"[\1]"),
        safe=False,
    ),
    Repair(
        "reserved-character", "reserved-character", "`# * ; ? @` where players skip them",
        "notes", _drop_skipped_reserved,
    ),
    Repair(
        "reserved-between", "reserved-character", "the same in a chord, or between a decoration and its note",
        "notes", substitution(_RESERVED.pattern, ""), safe=False,
    ),
    Repair(
        "sharp-sign", "reserved-character", "`#c3` and `c#3` are meant as `^c3`",
        "notes", substitution(_SHARP_SIGN, r"^\1\2"), safe=False,
    ),
    Repair(
        "line-end-bang", "line-end-bang", "a `!` at the end of a line breaks it, as its end does anyway",
        "music", _drop_line_end_bang,
    ),
)  # fmt: skip
