"""What the header of a tune says of it, be the tune parseable or not: number, title, rhythm, metre, key."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from tuneloom.grammar.canonical.elements import canonical_meter
from tuneloom.grammar.source.resolver import lines_with_file_header
from tuneloom.grammar.source.segments import without_comment
from tuneloom.grammar.source.text_strings import decode_text
from tuneloom.grammar.tune.key import Key, parse_key

__all__ = ["TuneFacts", "header_facts", "key_name"]

_FIELD = re.compile(r"[ \t]*([A-Za-z+])[ \t]*:(.*)")
_NUMBER = re.compile(r"[0-9]{1,18}")
_COUNTED_MODES = {"maj": "", "ion": "", "min": "m", "aeo": "m"}


# A dataclass, since a Struct cannot leave a field out of a comparison.
@dataclass(frozen=True, slots=True)
class TuneFacts:
    """The fields of a header, those that the file gives to all its tunes among them.

    `values` are the values of each letter as a person reads them; `key` is spelled as in `Em` or `Ador`,
    and `none` where K: has no key; `meter` is in numbers, and `none` without one.
    """

    number: int | None
    key: str
    meter: str
    values: dict[str, tuple[str, ...]] = field(compare=False)

    def value(self, letter: str) -> str:
        """The first value of a field, or nothing."""
        return next(iter(self.values.get(letter, ())), "")

    @property
    def title(self) -> str:
        return self.value("T")

    @property
    def rhythm(self) -> str:
        return self.value("R")


def header_facts(text: str, file_header: str = "") -> TuneFacts:
    """Read the header of a tune up to its key."""
    values: defaultdict[str, list[str]] = defaultdict(list)
    last: list[str] = []
    for _, line in lines_with_file_header(text, 1, file_header):
        match = None if line.startswith("%") else _FIELD.match(without_comment(line))
        if match is None:
            continue
        letter, value = match[1], " ".join(match[2].split())
        if letter == "+":
            if last:
                last[-1] = f"{last[-1]} {value}"
            continue
        last = values[letter]
        last.append(value)
        if letter == "K":
            break
    key = parse_key(values["K"][0]) if "K" in values else parse_key("")
    meter = canonical_meter(values["M"][-1]) if "M" in values else "none"
    number = values.get("X", [""])[0]
    return TuneFacts(
        int(number) if _NUMBER.fullmatch(number) else None,
        key_name(key),
        meter,
        {letter: tuple(map(decode_text, found)) for letter, found in values.items()},
    )


def key_name(key: Key) -> str:
    """A key as musicians write it: `D`, `Em`, `Ador`; `none` without a tonic."""
    return key.tonic + _COUNTED_MODES.get(key.mode, key.mode) if key.tonic else "none"
