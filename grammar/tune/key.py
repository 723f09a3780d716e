"""Keys: the value of K: as tonic, mode, the alteration of each note letter, and clef (3.1.14, 4.6)."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from tuneloom.grammar.tune.pitch import ACCIDENTAL_PATTERN, ALTERATIONS
from tuneloom.grammar.tune.properties import NO_PROPERTIES, VoiceProperties, split_properties

__all__ = ["MODES", "Key", "change_key", "fifths_of", "has_signature", "parse_key", "split_key"]

# How many fifths a mode is above the major key with the same tonic.
MODES = {
    "maj": 0, "ion": 0, "mix": -1, "dor": -2, "min": -3, "aeo": -3, "phr": -4, "loc": -5, "lyd": 1,
}  # fmt: skip
_FIFTHS = {"F": -1, "C": 0, "G": 1, "D": 2, "A": 3, "E": 4, "B": 5}
_SHARPS = "FCGDAEB"
_LONG_MODE = r"(?:maj|min|ion|dor|phr|lyd|mix|aeo|loc)[a-z]*(?![a-z])|exp(?![a-z])"
# Of a mode in a word of its own, only the first letters count (3.1.14); `m=` is short for `middle=`.
# Compiled when it is first needed, which takes a millisecond.
_KEY = (
    rf"(?P<tonic>[A-G][#b]?)(?:[ \t]+(?P<word>(?i:{_LONG_MODE}|m(?![a-z=:])))"
    rf"|(?P<mode>(?i:{_LONG_MODE}|m(?![a-z:])))?(?![^ \t^=_]))"
)
_NO_SIGNATURE = re.compile(r"(?i:none)(?![^ \t])|$")
_ACCIDENTAL = re.compile(rf"({ACCIDENTAL_PATTERN})([A-Ga-g])(?![A-Za-z0-9])")


class Key(Struct, frozen=True):
    """`tonic` such as `F#`, empty without one; `mode` three letters; `alterations` in semitones.

    `properties` are the clef, octave and transposition that K: gives to all voices.
    """

    tonic: str
    mode: str
    alterations: tuple[tuple[str, int], ...]
    properties: VoiceProperties = NO_PROPERTIES


_BAGPIPE = Key("A", "mix", (("F", 1), ("C", 1), ("G", 0)))


@lru_cache(maxsize=4096)
def parse_key(value: str) -> Key:
    """Read the value of a K: field. A value without a key (`none`, a clef alone) has no tonic.

    Clefs and other properties may come before the key as well.
    """
    value = value.strip()
    if value.startswith(("HP", "Hp")):
        return replace(_BAGPIPE, properties=split_properties(value[2:])[0])
    tonic, mode, rest = split_key(value)
    if not tonic:
        properties, words = split_properties(_NO_SIGNATURE.sub("", value, count=1))
        after = " ".join(words)
        tonic = split_key(after)[0]
        return (
            replace(parse_key(after), properties=properties)
            if tonic
            else Key("", "", (), properties)
        )
    properties, words = split_properties(rest)
    explicit = mode == "exp"
    alterations = {} if explicit else _signature(fifths_of(tonic) + MODES[mode])
    for accidental, letter in _ACCIDENTAL.findall(" ".join(words)):
        alterations[letter.upper()] = ALTERATIONS[accidental]
    return Key(tonic, mode, tuple(sorted(alterations.items())), properties)


def change_key(key: Key, value: str) -> Key:
    """The key after a K: field in the music, which keeps the properties that it does not name."""
    new = parse_key(value)
    kept = new if has_signature(value) else key
    return replace(kept, properties=new.properties.over(key.properties))


def has_signature(value: str) -> bool:
    """Whether a K: field sets the key signature, if only to none; a clef alone leaves it as it is."""
    return bool(parse_key(value).tonic or _NO_SIGNATURE.match(value.strip()))


def split_key(value: str) -> tuple[str, str, str]:
    """Tonic, mode in three letters and what follows them; no tonic where the value begins with no key."""
    match = re.match(_KEY, value)
    if match is None:
        return "", "", value
    mode = (match["word"] or match["mode"] or "maj").lower()[:3]
    return match["tonic"], "min" if mode == "m" else mode, value[match.end() :].strip()


def fifths_of(tonic: str) -> int:
    """How many fifths a tonic is above C, octaves aside; each is 7 semitones."""
    return _FIFTHS[tonic[0]] + {"#": 7, "b": -7, "": 0}[tonic[1:]]


def _signature(fifths: int) -> dict[str, int]:
    """The letters that a signature alters: sharps in the order F C G …, flats in reverse order."""
    letters = _SHARPS if fifths > 0 else _SHARPS[::-1]
    sign = 1 if fifths > 0 else -1
    count = abs(fifths)
    # Beyond seven the circle goes round again, and a letter is altered twice.
    return {
        letter: sign * ((count - index + 6) // 7)
        for index, letter in enumerate(letters)
        if count > index
    }
