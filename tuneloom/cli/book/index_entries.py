"""What an index says of each tune of a book: its header, how long it is, and its first bars."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from tuneloom.cli.text.input_files import InputTunebook
from tuneloom.grammar.editing.ordering import SortField, sort_key
from tuneloom.grammar.editing.tune_facts import header_facts
from tuneloom.grammar.parsing.parser import parse
from tuneloom.grammar.parsing.result import ParsedTune
from tuneloom.grammar.source.resolver import lines_with_file_header
from tuneloom.grammar.source.segments import is_music_line, key_line, without_comment
from tuneloom.grammar.tune.elements import is_timed
from tuneloom.web.book_index import IndexEntry

__all__ = ["first_bars", "full_bars", "incipit_tune", "index_entries", "sorted_entries"]

_SHOWN_BARS = 2  # without a pickup
_OF_USE = re.compile(r"[ \t]*[MLKUm][ \t]*:")  # header fields that the first bars are read by


def index_entries(file: InputTunebook) -> Iterator[IndexEntry]:
    """The tunes of a file in the order in which they are found.

    Raises:
        UsageError: as for `InputTunebook.book`.
    """
    _, book = file.book()
    for tune in book.tunes:
        facts = header_facts(tune.text, book.header)
        parsed = parse(tune.text, 1, book.header)
        bars = first_bars(parsed, tune.text) if parsed.parseable else ""
        yield IndexEntry(
            number=facts.value("X"),
            title=facts.title,
            rhythm=facts.rhythm,
            meter="" if facts.meter == "none" else facts.meter,
            key="" if facts.key == "none" else facts.key,
            bars=full_bars(parsed) if parsed.parseable else None,
            file=file.name,
            line=tune.line,
            incipit=bars,
            abc=incipit_tune(bars, tune.text, book.header) if bars else "",
            facts=facts,
        )


def sorted_entries(entries: Sequence[IndexEntry], by: SortField) -> list[IndexEntry]:
    """The entries in the order that `tuneloom sort` gives tunes."""
    return sorted(entries, key=lambda entry: sort_key(entry.facts, by))


def full_bars(parsed: ParsedTune) -> int:
    """The bars of the first voice as written, repeats once; a pickup and the bar it completes are one."""
    [timed, *_] = parsed.bars.voices
    if timed:
        return int(sum((bar.duration / bar.length for bar in timed), Fraction(1, 2)))
    return sum(any(map(is_timed, bar.elements)) for bar in parsed.tune.bars)


def first_bars(parsed: ParsedTune, text: str) -> str:
    """The music of the first two bars as written, and of a pickup before them, in one line."""
    left = _SHOWN_BARS
    [timed, *_] = parsed.bars.voices
    if timed and timed[0].duration < timed[0].length:
        left += 1
    for bar in parsed.tune.bars:
        left -= any(map(is_timed, bar.elements))
        if left == 0 and bar.line is not None:
            line, column = parsed.resolved.place(bar.starts[-1])
            return _music_up_to(text, line - 1, column - 1) + bar.line.text.removesuffix("[")
    return _music_up_to(text, text.count("\n"), 0)


def incipit_tune(bars: str, text: str, file_header: str = "") -> str:
    """First bars as a tune that can be engraved, with what they are read by."""
    lines = [line for _, line in lines_with_file_header(text, 1, file_header)]
    header = [line for line in lines[: key_line(lines) + 1] if _OF_USE.match(line)]
    return "\n".join(["X:1", *header, bars, ""])


def _music_up_to(text: str, line: int, column: int) -> str:
    """The music of the body up to a place, with line and column from 0, in one line."""
    lines = text.split("\n")[: line + 1]
    lines[-1] = lines[-1][:column]
    body = lines[key_line(lines) + 1 :]
    music = (without_comment(each).strip() for each in body if is_music_line(each))
    return " ".join(filter(None, (each.removesuffix("\\").rstrip() for each in music)))
