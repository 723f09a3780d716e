"""Several books as one: numbers that clash, and tunes that several have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tuneloom.grammar.editing.book_sections import TuneSection
from tuneloom.grammar.editing.edited_book import EditedBook
from tuneloom.grammar.editing.joining import BookPart, in_one_charset, join_parts
from tuneloom.grammar.editing.numbering import NewNumbers, number_changes, numbered_text
from tuneloom.grammar.editing.tune_facts import header_facts
from tuneloom.grammar.editing.tune_text import edited_data
from tuneloom.grammar.parsing.parser import is_parseable
from tuneloom.grammar.source.resolver import lines_with_file_header

__all__ = ["merge_parts"]


def merge_parts(
    parts: Sequence[BookPart], without_duplicates: bool = False, mark: str = ""
) -> EditedBook:
    """One book of several: a tune whose number an earlier one has gets a new one.

    With `without_duplicates`, a tune is left out if an earlier one has the same lines but for X:, and no
    other text goes with it. Tunes that are not parseable stay as they are. The notes tell of all this.

    Raises:
        UsageError: the book would not be read as its parts are.
    """
    told: list[str] = []
    parts, notes = in_one_charset(parts)
    if without_duplicates:
        parts = list(_without_duplicates(parts, told))
    parts = list(_with_new_numbers(parts, told))
    merged = join_parts(parts, mark)
    return replace(merged, notes=(*notes, *told, *merged.notes))


def _without_duplicates(parts: Sequence[BookPart], told: list[str]) -> Iterator[BookPart]:
    seen: dict[tuple[str, ...], tuple[str, TuneSection]] = {}
    for part in parts:
        kept = []
        for section in part.tunes:
            place = f"{part.name}:{section.tune.line}"
            first_place, first = seen.setdefault(
                _lines_but_number(section, part.header), (place, section)
            )
            if first is section or not _text_is_in(section, first):
                kept.append(section)
            else:
                told.append(f"{place}: left out, since it repeats {first_place}")
        yield replace(part, tunes=tuple(kept))


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
