"""Quoted text in music: chord symbols (4.18) and annotations (4.19)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from tuneloom.grammar.tune.pitch import transposed_letter

__all__ = [
    "Annotation",
    "ChordSymbol",
    "Placement",
    "is_annotation",
    "is_chord_symbol",
    "read_quoted",
    "transposed_chord_symbol",
]

Placement = Literal["above", "below", "left", "right", "free", ""]
"""Where an annotation is written; empty where nothing says so."""

_PLACEMENTS: dict[str, Placement] = {
    "^": "above", "_": "below", "<": "left", ">": "right", "@": "free",
}  # fmt: skip
_NOTE = r"[A-Ga-g][#b♯♭=]?"
_QUALITY = r"(?:min|maj|mi|ma|m|M|dim|aug|sus|add|o|°|ø|\+|-|#|b|[0-9]|\({bracketed}[^()]*\))*"
_CHORD = rf"{_NOTE}{_QUALITY.format(bracketed='')}(?:/{_NOTE})?"
_SYMBOL = re.compile(rf"\(?{_CHORD}\)?(?:\s*[(;,/]?\s*{_CHORD}\)?)*|N\.?C\.?")
# In brackets after a chord stands more about it, as in `C7(b9)`, or another chord, as in `G(Em)`.
_PARTS = re.compile(
    rf"(?P<root>{_NOTE})(?P<quality>{_QUALITY.format(bracketed='(?![A-G])')})(?:/(?P<bass>{_NOTE}))?"
)
_ASCII = str.maketrans("♯♭", "#b")
_CHORD_ALTERATIONS = {"": 0, "=": 0, "#": 1, "♯": 1, "b": -1, "♭": -1}


class ChordSymbol(Struct, frozen=True):
    """A chord to be played with the tune, as in `"Am7/G"`: root `A`, quality `m7`, bass `G` (4.18).

    The quality is as written, and empty for a major chord; the bass is empty where it is the root, and the
    root for `N.C.`, no chord. `"G(Em)"` has Em among its alternatives.
    """

    root: str
    quality: str = ""
    bass: str = ""
    alternatives: tuple[ChordSymbol, ...] = ()

    def __str__(self) -> str:
        own = f"{self.root}{self.quality}{'/' if self.bass else ''}{self.bass}" or "N.C."
        return own + "".join(f"({other})" for other in self.alternatives)


class Annotation(Struct, frozen=True):
    """Text beside the notes, and where it is written; `@` leaves the place to the program (4.19)."""

    text: str
    placement: Placement = ""


def is_annotation(text: str) -> bool:
    """Text with a sign before it that says where it is written."""
    return text.startswith(tuple(_PLACEMENTS))


def is_chord_symbol(text: str) -> bool:
    """A root, a kind and a bass, such as `Am7/G`; an alternative in brackets may follow."""
    return _SYMBOL.fullmatch(text.strip()) is not None


@lru_cache(maxsize=4096)
def read_quoted(text: str) -> ChordSymbol | Annotation:
    """What quoted text says; text that is no chord is an annotation, whether a sign places it or not."""
    if is_annotation(text):
        return Annotation(text[1:], _PLACEMENTS[text[0]])
    if not is_chord_symbol(text):
        return Annotation(text)
    if text.strip().startswith("N"):
        return ChordSymbol("")
    first, *others = [
        ChordSymbol(
            _spell_chord_note(match["root"]),
            match["quality"].translate(_ASCII),
            _spell_chord_note(match["bass"]),
        )
        for match in _PARTS.finditer(text)
    ]
    return ChordSymbol(first.root, first.quality, first.bass, tuple(others))


def _spell_chord_note(note: str | None) -> str:
    """A note of a chord with a capital letter, and `#` or `b` for its accidental."""
    return (note[0].upper() + note[1:]).translate(_ASCII) if note else ""


def transposed_chord_symbol(text: str, fifths: int) -> str:
    """Quoted text with the roots and basses of its chords moved by fifths; text that is no chord stays.

    A root that would need two accidentals is spelt as another note of the same sound. Small letters that
    touch a chord or each other, as in `"Ed"` and `"ff"`, are no second chord.
    """
    matches = list(_PARTS.finditer(text))
    touching = any(
        match[0][0].islower() and text[match.start() - 1] != " " for match in matches[1:]
    )
    if not is_chord_symbol(text) or text.strip().startswith("N") or touching:
        return text
    pieces: list[str] = []
    done = 0
    for match in matches:
        for name in ("root", "bass"):
            if match[name]:
                start, end = match.span(name)
                pieces += text[done:start], _moved_chord_note(match[name], fifths)
                done = end
    return "".join(pieces) + text[done:]


def _moved_chord_note(note: str, fifths: int) -> str:
    """A note of a chord, in the same case and with the same kind of accidental."""
    moves = (fifths, fifths - 12, fifths + 12, fifths - 24, fifths + 24)
    written = _CHORD_ALTERATIONS[note[1:]]
    found = (transposed_letter(note[0].upper(), written, move) for move in moves)
    letter, alter = next(each for each in found if abs(each[1]) <= 1)
    signs = "♭♯" if note[1:] in ("♯", "♭") else "b#"
    sign = {-1: signs[0], 0: "", 1: signs[1]}[alter]
    return (letter.lower() if note[0].islower() else letter) + sign
