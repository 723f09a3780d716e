"""The open end of a beginning: a sign that has begun and that what comes next completes.

Such as `(3` before its notes, `A>` before the second note, a chord or a quote that is not closed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from tuneloom.corpus.training_text.profile import Profile
from tuneloom.grammar.canonical.elements import spell_length
from tuneloom.grammar.parsing.tokens import note_token
from tuneloom.grammar.tune.elements import GraceGroup, Note, Quoted
from tuneloom.grammar.tune.pitch import spell_letter

__all__ = ["OpenEnd", "split_open_end"]

# Whole signs, inside of which nothing begins: quotes, decorations, graces, inline fields and chords.
_WHOLE = re.compile(
    r'"(?:[^"\\]|\\.)*"|![^!\s|:\[\]]+!|\{[^}]*\}|\[[A-Za-z]:[^\]]*\]'
    r'|\[(?=[^\]|:0-9\[])(?:"[^"]*"|[^\]"|])*\]|\|(?:[|:\[\]]*[|:\]])?(?:\[(?=[0-9]))?|:+[|:\]]+|\[[|0-9\]]|[^"!{\[(:<>^_=]'
)
_OPEN = re.compile(
    r"(?P<inline>\[[A-Za-z]:.*|\[[KLM])|(?P<chord>\[.*)|(?P<quote>\".*)|(?P<grace>\{.*)"
    r"|(?P<tuplet>\([0-9:]*)|(?P<broken>(?:>+|<+)-?[ \t]*)|(?P<accidental>\^\^?|__?|=)|(?P<dots>:)"
)
_NOTE = re.compile(r"(?:\^\^?|__?|=)?[A-Ga-g][,']*[0-9/]*-?|(?:\^\^?|__?|=)$")


@dataclass(frozen=True, slots=True)
class OpenEnd:
    """The music before the open end, and the open end in training spelling, which may be empty."""

    before: str
    text: str = ""
    may_follow_blank: bool = False
    left_out: tuple[str, ...] = ()


def split_open_end(music: str, profile: Profile) -> OpenEnd:
    """Split music, without blanks at its end, at the sign that its last line leaves open."""
    start = music.rfind("\n") + 1
    if re.match(r"[A-Za-z]:", music[start:]):
        return OpenEnd(music)
    while start < len(music):
        if whole := _WHOLE.match(music, start):
            start = whole.end()
            continue
        found = _OPEN.fullmatch(music, start)
        if found and found.lastgroup:
            return _open_end(music[:start], found.lastgroup, found[0], profile)
        start += 1
    return OpenEnd(music)


def _open_end(before: str, kind: str, text: str, profile: Profile) -> OpenEnd:
    match kind:
        case "broken":
            return OpenEnd(before.rstrip(" \t"), text.rstrip("- \t"))
        case "dots":
            return OpenEnd(before.rstrip(" \t"), text)
        case "chord":
            return OpenEnd(before, "[" + "".join(map(_spell_in_chord, _NOTE.findall(text))), True)
        case "inline":
            return OpenEnd(before, "".join(text.split()) if text[1] in "KML" else "")
        case "tuplet":
            return OpenEnd(before, "(3" if text in ("(3:2:3", "(3:2") else text, True)
        case "quote" if not profile.writes(Quoted("G")):
            return OpenEnd(before, left_out=("chord symbols",))
        case "grace" if not profile.writes(_GRACE):
            return OpenEnd(before, left_out=("grace notes",))
    return OpenEnd(before, text, True)


_GRACE = GraceGroup((Note("G", 4, "", Fraction(1), Fraction(1, 8), 67),), slashed=False)


def _spell_in_chord(text: str) -> str:
    if text[-1] in "^_=":
        return text
    note = note_token(text)
    tie = "-" if note.tied else ""
    return (
        note.accidental + spell_letter(note.letter, note.octave) + spell_length(note.length) + tie
    )
