"""Repairs of notes, bar lines and what belongs to them, quoted text included, wherever they are."""

from __future__ import annotations

import re

from tuneloom.grammar.repairs.interface import Repair, RepairPlace, substitution
from tuneloom.grammar.source.segments import split_music

__all__ = ["NOTES"]

# A sharp before its note, or after it where no other note follows.
_SHARP_SIGN = r"(?<![A-Ga-g,'#])#([A-Ga-g])|(?<![A-Ga-g^_=])([A-Ga-g][,']*)#(?![#A-Ga-g])"
_LINE_END_BANG = re.compile(r"(?<=[^\s!])\s*!\s*$")


def _drop_line_end_bang(text: str, _: RepairPlace) -> str:
    """Remove a `!` at the end of a line, if it is the only one: others would pair with it."""
    if not text.rstrip().endswith("!"):
        return text
    pieces = split_music(text)
    if not pieces[-1].strip() or sum(piece.count("!") for piece in pieces[::2]) != 1:
        return text
    return _LINE_END_BANG.sub("", text)


NOTES = (
    Repair(
        "slur-direction", "slur-direction", "`.('`, `.(,` and `(,` give a slur a direction",
        "notes", substitution(r"(\.\()[',]|(\(),", r"\1\2"),
    ),
    Repair(
        "slur-above", "slur-direction", "`('`, where abc2midi takes the `'` for a decoration",
        "notes", substitution(r"\('", "("), safe=False,
    ),
    Repair(
        "detached-tie", "detached-tie", "a tie touches the first of its notes: `c2 -c2` is `c2- c2`",
        "notes", substitution(r"(?<=[A-Ga-g0-9,'/\])])([ \t]+)-", r"-\1"),
    ),
    Repair(
        "detached-volta", "detached-volta", "a volta's number touches its bar line: `| 1` is `|1`",
        "notes",
        substitution(r"(?<=[|:\]])[ \t]+(?=[12](?:[,-][1-9])*(?:[ \t]|(?=[A-Ga-g(\[{\"~^_=])))", ""),
    ),
    Repair(
        "old-chord", "old-chord", "`+CEG+` is how chords were written before `[CEG]`",
        "notes", substitution(r"\+[ \t]*((?:(?:\^\^?|__?|=)?[A-Ga-g][,']*[0-9/]*[ \t]*){2,})\+", r"[\1]"),
        safe=False,
    ),
    Repair(
        "reserved-character", "reserved-character", "`# * ; ? @` have no meaning in music",
        "notes", substitution(r"(?:[*;?@]|(?<![A-Ga-g,'#])#(?![#A-Ga-g]))+(?![#*;?@0-9/,'<>-])", ""),
    ),
    Repair(
        "sharp-sign", "reserved-character", "`#c3` and `c#3` are meant as `^c3`",
        "notes", substitution(_SHARP_SIGN, r"^\1\2"), safe=False,
    ),
    Repair(
        "line-end-bang", "line-end-bang", "a `!` at the end of a line breaks it, as its end does anyway",
        "music", _drop_line_end_bang,
    ),
    Repair(
        "blank-chord-symbol", "blank-chord-symbol", 'a chord symbol `" "` says nothing',
        "quoted", substitution(r'^"\s*"$', ""), safe=False,  # abcjs ends the chord before it
    ),
    Repair(
        "chord-symbol", "chord-symbol", "text that no chord begins with is an annotation: `\"^p\"`",
        "quoted", substitution(r'^"(?=[^A-Ga-g(^_<>@"N])(?=[^"]*[^\s"])', '"^'),
    ),
)  # fmt: skip
