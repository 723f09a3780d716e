"""Several books as one: numbers that clash, and tunes that several have."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from typing import Literal

from msgspec.structs import replace

from tuneloom.grammar.editing.book_sections import TuneSection
from tuneloom.grammar.editing.edited_book import EditedBook
from tuneloom.grammar.editing.joining import BookPart, in_one_charset, join_parts
from tuneloom.grammar.editing.numbering import NewNumbers, number_changes, numbered_text
from tuneloom.grammar.editing.tune_facts import header_facts
from tuneloom.grammar.editing.tune_text import edited_data
from tuneloom.grammar.parsing.parser import is_parseable, parse
from tuneloom.grammar.source.resolver import lines_with_file_header

__all__ = ["Sameness", "merge_parts"]

Sameness = Literal["lines", "music"]
"""What duplicates have in common: all lines but X:, or the notes that sound and their times."""


def merge_parts(
    parts: Sequence[BookPart], without_duplicates: Sameness | None = None, mark: str = ""
) -> EditedBook:
    """One book of several: a tune whose number an earlier one has gets a new one.

    With `without_duplicates`, a tune is left out if an earlier one is the same: in lines, if no other text
    goes with it, or in music, whatever its text is. Tunes that are not parseable stay as they are. The notes
    tell of all this.

    Raises:
        UsageError: the book would not be read as its parts are.
    """
    told: list[str] = []
    parts, notes = in_one_charset(parts)
    if without_duplicates:
        parts = list(_without_duplicates(parts, without_duplicates, told))
    parts = list(_with_new_numbers(parts, told))
    merged = join_parts(parts, mark)
    return replace(merged, notes=(*notes, *told, *merged.notes))


def _without_duplicates(
    parts: Sequence[BookPart], sameness: Sameness, told: list[str]
) -> Iterator[BookPart]:
    seen: dict[Hashable, tuple[str, TuneSection]] = {}
    for part in parts:
        kept = []
        for section in part.tunes:
            place = f"{part.name}:{section.tune.line}"
            lines = _lines_but_number(section, part.header)
            same = (
                (_sounding_notes(section, part.header) or lines) if sameness == "music" else lines
            )
            first_place, first = seen.setdefault(same, (place, section))
            if first is section or (sameness == "lines" and not _text_is_in(section, first)):
                kept.append(section)
            elif sameness == "lines":
                told.append(f"{place}: left out, since it repeats {first_place}")
            else:
                title = header_facts(section.tune.text).title
                told.append(f"{place}: left out, since it sounds like {first_place} ({title})")
        yield replace(part, tunes=tuple(kept))


def _sounding_notes(section: TuneSection, header: str) -> Hashable:
    """What sounds of a tune, or nothing if it is not parseable or has no note."""
    parsed = parse(section.tune.text, section.tune.line, header)
    if not parsed.parseable:
        return ()
    events = parsed.tune.performance().events
    return tuple((event.onset, event.duration, event.pitch, event.voice) for event in events)


def _lines_but_number(section: TuneSection, header: str) -> tuple[str, ...]:
    """The lines of a tune with those that its file gives it, without its number."""
    lines = (line.rstrip() for _, line in lines_with_file_header(section.tune.text, 1, header))
    return tuple(line for line in lines if line and not line.startswith("X:"))


def _text_is_in(section: TuneSection, other: TuneSection) -> bool:
    """Whether all text that goes with a tune goes with another as well."""
    return all(
        text.strip() in (b"", others.strip())
        for text, others in ((section.lead, other.lead), (section.trail, other.trail))
    )


def _with_new_numbers(parts: Sequence[BookPart], told: list[str]) -> Iterator[BookPart]:
    found = [
        (header_facts(section.tune.text).number, is_parseable(section.tune.text, part.header))
        for part in parts
        for section in part.tunes
    ]
    numbers = {number for number, _ in found if number is not None}
    taken = {number for number, readable in found if number is not None and not readable}
    new = NewNumbers(numbers, max(numbers, default=0) + 1)
    remaining = iter(found)
    for part in parts:
        changes: list[tuple[int | None, int]] = []
        tunes = []
        for section, (number, readable) in zip(part.tunes, remaining, strict=False):
            if readable and number in taken:
                changes.append((number, new.next()))
                tunes.append(_with_number(section, changes[-1][1], part))
                continue
            if number is not None:
                taken.add(number)
            tunes.append(section)
        if changes:
            told.append(f"{part.name}: {number_changes(changes)}")
        yield replace(part, tunes=tuple(tunes))


def _with_number(section: TuneSection, number: int, part: BookPart) -> TuneSection:
    text = numbered_text(section.tune.text, number)
    data = edited_data(section, text, part.charset, part.sections.line_end)
    return replace(section, tune=replace(section.tune, text=text), data=data)
