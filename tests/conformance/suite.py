"""The cases of the conformance suite, as README.md in this folder describes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import yaml

__all__ = ["LEVELS", "SECTIONS", "Case", "Event", "Section", "read_sections"]

SECTIONS = Path(__file__).with_name("sections")
LEVELS = ("parseable", "strict", "sound", "metrical")
STANDARD_HEADER = {"X": "1", "T": "Test", "M": "4/4", "L": "1/4", "K": "C"}

_INPUT = {"name", "about", "abc", "fields", "music", "loose", "open", "refused"}
_EXPECTED = {
    *LEVELS, "tunes", "bars", "key", "signature", "meter", "unit", "tempo", "lyrics",
    "events", "pitches", "durations", "onsets", "voices", "played",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Event:
    """A note as it sounds: onset and duration in whole notes, pitch as a MIDI number."""

    onset: Fraction
    pitch: int
    duration: Fraction

    def __str__(self) -> str:
        return f"{self.pitch}@{self.onset}:{self.duration}"


@dataclass(frozen=True, slots=True)
class Case:
    """An input, and what is right for it; `None` where the case is not about something."""

    section: str
    name: str
    abc: str
    loose: bool
    open: str
    refused: str
    levels: Mapping[str, bool]
    tunes: int | None = None
    events: tuple[Event, ...] | None = None
    pitches: tuple[int, ...] | None = None
    durations: tuple[Fraction, ...] | None = None
    onsets: tuple[Fraction, ...] | None = None
    voices: Mapping[str, tuple[int, ...]] | None = None
    played: tuple[int, ...] | None = None
    bars: int | None = None
    key: str | None = None
    signature: str | None = None
    meter: str | None = None
    unit: Fraction | None = None
    tempo: Fraction | None = None
    lyrics: tuple[tuple[str, ...], ...] | None = None

    @property
    def id(self) -> str:
        return f"{self.section} {self.name}"


@dataclass(frozen=True, slots=True)
class Section:
    """The cases of one file, in its order, and how many there must be."""

    number: str
    title: str
    count: int
    cases: tuple[Case, ...] = field(repr=False)


def read_sections(folder: Path = SECTIONS) -> list[Section]:
    """Every file of cases, in the order of the standard.

    Raises:
        ValueError: a case says what README.md does not know.
    """
    sections = map(_section, sorted(folder.glob("*.yaml")))
    return sorted(sections, key=lambda section: [int(part) for part in section.number.split(".")])


def _section(path: Path) -> Section:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    number = str(content["section"])
    cases = tuple(_case(number, entry) for entry in content["cases"])
    return Section(number, content["title"], content["count"], cases)


def _case(section: str, entry: Mapping[str, object]) -> Case:
    unknown = set(entry) - _INPUT - _EXPECTED
    if unknown or ("abc" in entry) == ("music" in entry):
        raise ValueError(f"{section} {entry.get('name')}: {unknown or 'needs either abc or music'}")
    events = entry.get("events")
    voices = entry.get("voices")
    lyrics = entry.get("lyrics")
    return Case(
        section=section,
        name=str(entry["name"]),
        abc=_text(entry),
        loose=bool(entry.get("loose")),
        open=str(entry.get("open", "")),
        refused=str(entry.get("refused", "")),
        levels=_levels(entry),
        tunes=int(str(entry["tunes"])) if "tunes" in entry else None,
        events=tuple(map(_event, events)) if isinstance(events, list) else None,
        pitches=_numbers(entry, "pitches"),
        durations=_fractions(entry, "durations"),
        onsets=_fractions(entry, "onsets"),
        voices={str(v): _split(p) for v, p in voices.items()} if isinstance(voices, dict) else None,
        played=_numbers(entry, "played"),
        bars=int(str(entry["bars"])) if "bars" in entry else None,
        key=_word(entry, "key"),
        signature=_word(entry, "signature"),
        meter=_word(entry, "meter"),
        unit=Fraction(str(entry["unit"])) if "unit" in entry else None,
        tempo=Fraction(str(entry["tempo"])) if "tempo" in entry else None,
        lyrics=tuple(tuple(map(str, verse)) for verse in lyrics)
        if isinstance(lyrics, list)
        else None,
    )


def _text(entry: Mapping[str, object]) -> str:
    if "abc" in entry:
        return str(entry["abc"])
    fields = entry.get("fields", {})
    assert isinstance(fields, dict)
    header = STANDARD_HEADER | fields
    lines = [
        f"{letter}:{value}"
        for letter in sorted(header, key=lambda letter: (letter == "K", letter not in "XT"))
        if header[letter] is not None
        for value in (header[letter] if isinstance(header[letter], list) else [header[letter]])
    ]
    return "\n".join([*lines, str(entry["music"]).removesuffix("\n")]) + "\n"


def _levels(entry: Mapping[str, object]) -> dict[str, bool]:
    parseable = bool(entry.get("parseable", True))
    levels = {"parseable": parseable}
    if parseable:
        levels["strict"] = not entry.get("loose", False)
    stated = {level: entry[level] for level in LEVELS if level in entry}
    return {
        level: bool(reached) for level, reached in (levels | stated).items() if reached is not None
    }


def _event(event: object) -> Event:
    assert isinstance(event, list)
    onset, pitch, duration = event
    return Event(Fraction(str(onset)), int(pitch), Fraction(str(duration)))


def _split(value: object) -> tuple[int, ...]:
    return tuple(map(int, str(value).split()))


def _numbers(entry: Mapping[str, object], name: str) -> tuple[int, ...] | None:
    return _split(entry[name]) if name in entry else None


def _fractions(entry: Mapping[str, object], name: str) -> tuple[Fraction, ...] | None:
    return tuple(map(Fraction, str(entry[name]).split())) if name in entry else None


def _word(entry: Mapping[str, object], name: str) -> str | None:
    return str(entry[name]) if name in entry else None
