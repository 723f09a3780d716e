"""Training texts with their own key in the header and music that is spelled in one tonic, C.

All tunes of a mode look alike then, so a network learns from each of them for all keys, while the header
still says which key a tune is in. `to_one_tonic` moves notes, accidentals, chord symbols and K: in the music
on the line of fifths … F C G D A E B F# C# …, from the tonic of the header down to the next C; `to_own_key`
moves them back.

Each sign is moved by itself and stays one of its kind, so a moved text follows the same grammar, with the
same bars and rhythm, and texts that are no tunes are moved as well. Both ways are exact. An accidental that
would be tripled goes on at the other end, where three sharps are two flats: a rare and odd spelling, which
is undone in the same way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from tuneloom.grammar.tune.key import fifths_of, split_key
from tuneloom.grammar.tune.pitch import (
    ACCIDENTALS,
    ALTERATIONS,
    LETTERS,
    PITCH_PATTERN,
    degree_of,
    spell_degree,
    transposed_letter,
)

__all__ = [
    "KEY_LINE",
    "NO_MOVE",
    "ONE_TONIC_CHARACTERS",
    "SIGN",
    "KeyMove",
    "header_key",
    "one_tonic_key",
    "to_one_tonic",
    "to_own_key",
    "with_key",
]

ONE_TONIC_CHARACTERS = "#',=ABCDEFG^_abcdefg"
"""The characters that a moved text may have without having them in its own key."""

KEY_LINE = re.compile(r"^K:(.*)\n", re.MULTILINE)
# What is moved, and what has letters that are no notes. A sign without its end runs as far as it can, so that
# nothing is read twice, and one that has only begun where the text ends is a sign too.
SIGN = re.compile(
    rf"(?P<note>[\^_=]*{PITCH_PATTERN}|[\^_=]+)"
    r'|(?P<quote>"(?:[^"\\\n]|\\[^\n])*(?:(?P<quote_end>")|\\\Z)?)'
    r"|(?P<name>![^! \t\n|:\[\]]*(?P<name_end>!)?)"
    r"|(?P<inline>\[(?:[H-Wh-w](?::[^\n\]|]*|\Z)|\Z))"
    r"|(?P<line>^[H-Wh-w](?::.*|\Z))",
    re.MULTILINE,
)
_ROOT = re.compile(
    r"(?<=[\"/])([A-G])([#b]?)(?![#b])"
    r"(?=[^a-z]|m|dim|aug|sus|add|alt|(?:d|di|a|au|ad|al|s|su)?\Z)"
)
_KEY_ACCIDENTAL = re.compile(r"([\^_=]+)([A-Ga-g])(?![A-Za-z0-9])")
_ROOT_ACCIDENTALS = {1: "#", 0: "", -1: "b"}
_ROOT_ALTERATIONS = {accidental: alter for alter, accidental in _ROOT_ACCIDENTALS.items()}


def to_one_tonic(text: str) -> str:
    """The music of a text spelled in C; as it is if its header names no tonic."""
    return _moved_text(text, "", to_own=False)


def to_own_key(text: str, key: str = "") -> str:
    """The music of a text of `to_one_tonic` spelled in its key, or in `key` in place of it.

    Below a key without a tonic, or one whose line has not ended, the text stays as it is.
    """
    return _moved_text(text, key, to_own=True)


def one_tonic_key(value: str) -> str:
    """The value of K: with its tonic moved to C: the same for all keys whose tunes are spelled alike."""
    return KeyMove.of(value, to_own=False).key(value)


def header_key(text: str) -> str:
    """The value of the first K: line of a text; empty if no such line has ended."""
    found = KEY_LINE.search(text)
    return found[1] if found else ""


def with_key(text: str, key: str) -> str:
    """The text with another value in its first K: line, and everything else as it is."""
    return KEY_LINE.sub(lambda _: f"K:{key}\n", text, count=1)


@dataclass(frozen=True, slots=True)
class KeyMove:
    """So many fifths up, octaves aside, and so many letters up."""

    fifths: int
    degrees: int

    @classmethod
    @lru_cache(maxsize=256)
    def of(cls, key: str, *, to_own: bool) -> KeyMove:
        """From C to a key, or the other way."""
        tonic = split_key(key.strip())[0]
        if not tonic:
            return NO_MOVE
        fifths, degrees = fifths_of(tonic), LETTERS.index(tonic[0])
        return cls(fifths, degrees) if to_own else cls(-fifths, -degrees)

    def sign(self, sign: re.Match[str]) -> str:
        """A match of `SIGN`, moved."""
        text = sign[0]
        match sign.lastgroup:
            case "note":
                return _moved_note(text, self.fifths, self.degrees)
            case "quote":
                return _ROOT.sub(lambda root: _moved_tonic(root[1] + root[2], self.fifths), text)
            case "inline" | "line" if ":" in text:
                field, colon, value = text.partition(":")
                return field + colon + (self.key(value) if field in ("[K", "K") else value)
        return text

    def key(self, value: str) -> str:
        """The value of a K: field, moved."""
        key = value.lstrip(" \t")
        tonic = split_key(key)[0]
        if not tonic:
            return value
        blanks = value[: len(value) - len(key)]
        rest = _KEY_ACCIDENTAL.sub(self._key_accidental, key[len(tonic) :])
        return blanks + _moved_tonic(tonic, self.fifths) + rest

    def _key_accidental(self, match: re.Match[str]) -> str:
        accidental, letter = match.groups()
        accidental, moved = _moved_accidental(accidental, letter.upper(), self.fifths)
        return accidental + (moved.lower() if letter.islower() else moved)


NO_MOVE = KeyMove(0, 0)


def _moved_text(text: str, key: str, *, to_own: bool) -> str:
    text = with_key(text, key) if key else text
    found = KEY_LINE.search(text)
    move = KeyMove.of(found[1], to_own=to_own) if found else NO_MOVE
    if found is None or move == NO_MOVE:
        return text
    return text[: found.end()] + SIGN.sub(move.sign, text[found.end() :])


@lru_cache(maxsize=8192)
def _moved_note(text: str, fifths: int, degrees: int) -> str:
    """An accidental and a pitch, or one of them alone; the accidental stays if it is none of the five."""
    accidental, pitch = text.rstrip("ABCDEFGabcdefg,'"), text.lstrip("^_=")
    if not pitch:
        return text
    accidental, _ = _moved_accidental(accidental, pitch[0].upper(), fifths)
    return accidental + spell_degree(degree_of(pitch) + degrees)


def _moved_accidental(accidental: str, letter: str, fifths: int) -> tuple[str, str]:
    alter = ALTERATIONS.get(accidental)
    moved, new = transposed_letter(letter, alter or 0, fifths)
    return accidental if alter is None else ACCIDENTALS[(new + 2) % 5 - 2], moved


def _moved_tonic(tonic: str, fifths: int) -> str:
    """A tonic or the root of a chord, with one accidental at most."""
    letter, alter = transposed_letter(tonic[0], _ROOT_ALTERATIONS[tonic[1:]], fifths)
    return letter + _ROOT_ACCIDENTALS[(alter + 1) % 3 - 1]
