"""What K: and V: say besides key and voice: the clef, octaves, transposition and names (4.6, 7.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

__all__ = ["NO_PROPERTIES", "Clef", "VoiceProperties", "parse_properties", "split_properties"]

# Blanks around `=` are accepted where nothing else can be meant.
_PART = re.compile(
    r"(?P<name>(?:clef|middle|octave|transpose|stafflines)(?=[ \t]*=)|[A-Za-z][A-Za-z0-9_-]*(?==))"
    r'[ \t]*=[ \t]*(?P<value>"[^"]*"|[^ \t"]*)'
    r'|(?P<word>"[^"]*"|[^ \t"]+|")'
)
_CLEF = re.compile(
    r"(?P<name>[A-Za-z]+)(?P<line>[1-5])?(?:(?P<sign>[+\-^_]?)(?P<interval>8|15))?", re.ASCII
)
_CLEF_NAMES = frozenset({"treble", "alto", "tenor", "bass", "perc", "none"})
_NUMBER = re.compile(r"[+-]?[0-9]{1,2}", re.ASCII)
_SHORT_NAMES = {"m": "middle", "t": "transpose", "nm": "name", "snm": "subname"}
_TEXTS = frozenset({"middle", "name", "subname", "stem"})
_NUMBERS = frozenset({"octave", "transpose", "stafflines"})


class Clef(Struct, frozen=True):
    """`bass3-8`: its name, its line of the staff (0 if none is given), and the octaves that it adds."""

    name: str
    line: int = 0
    octaves: int = 0


class VoiceProperties(Struct, frozen=True):
    """The properties that a field names; an empty text or None for those that it does not.

    `octave` is in octaves, `transpose` in semitones. `others` has the names and values that the standard
    does not define.
    """

    clef: Clef | None = None
    middle: str = ""
    octave: int | None = None
    transpose: int | None = None
    stafflines: int | None = None
    name: str = ""
    subname: str = ""
    stem: str = ""
    others: tuple[tuple[str, str], ...] = ()

    @property
    def transposition(self) -> int:
        """How many semitones higher a note sounds than it is written."""
        octaves = (self.clef.octaves if self.clef else 0) + (self.octave or 0)
        return 12 * octaves + (self.transpose or 0)

    def over(self, earlier: VoiceProperties) -> VoiceProperties:
        """These properties, and the earlier ones that they do not replace."""
        if earlier == NO_PROPERTIES:
            return self
        return VoiceProperties(
            self.clef or earlier.clef,
            self.middle or earlier.middle,
            earlier.octave if self.octave is None else self.octave,
            earlier.transpose if self.transpose is None else self.transpose,
            earlier.stafflines if self.stafflines is None else self.stafflines,
            self.name or earlier.name,
            self.subname or earlier.subname,
            self.stem or earlier.stem,
            self.others or earlier.others,
        )


NO_PROPERTIES = VoiceProperties()


def parse_properties(text: str) -> VoiceProperties:
    """Read properties in any order; of two values for one, the last holds. Words are left out."""
    return split_properties(text)[0]


@lru_cache(maxsize=4096)
def split_properties(text: str) -> tuple[VoiceProperties, tuple[str, ...]]:
    """The properties in a text, and its words that are none."""
    clef: Clef | None = None
    texts: dict[str, str] = {}
    numbers: dict[str, int] = {}
    others: list[tuple[str, str]] = []
    words: list[str] = []
    for name, value in _parts(text):
        found = _parse_clef(value) if name in ("", "clef") else None
        if found and (name or found.name in _CLEF_NAMES):
            clef = found
        elif not name:
            words.append(value)
        elif name in _TEXTS:
            texts[name] = value
        elif name not in _NUMBERS:
            others.append((name, value))
        elif _NUMBER.fullmatch(value):
            numbers[name] = int(value)
    properties = VoiceProperties(
        clef,
        texts.get("middle", ""),
        numbers.get("octave"),
        numbers.get("transpose"),
        numbers.get("stafflines"),
        texts.get("name", ""),
        texts.get("subname", ""),
        texts.get("stem", ""),
        tuple(others),
    )
    return (NO_PROPERTIES if properties == NO_PROPERTIES else properties), tuple(words)


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """The names and values; a word has no name."""
    for match in _PART.finditer(text):
        if match["word"]:
            yield "", match["word"]
        else:
            yield _SHORT_NAMES.get(match["name"], match["name"]), match["value"].strip('"')


def _parse_clef(text: str) -> Clef | None:
    """`treble-8` sounds an octave lower; `treble8` and `treble_8` only show the number."""
    match = _CLEF.fullmatch(text)
    if match is None:
        return None
    octaves = {"8": 1, "15": 2}.get(match["interval"] or "", 0)
    sign = {"+": 1, "-": -1}.get(match["sign"] or "", 0)
    return Clef(match["name"].lower(), int(match["line"] or 0), sign * octaves)
