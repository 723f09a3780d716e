"""The tunes of a file -> everything that is wrong with each, what it repeats of those before it included."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from tuneloom.grammar.checking.check import asks_for_rules, check_tune
from tuneloom.grammar.diagnostics.diagnostic import Diagnostic
from tuneloom.grammar.processes import map_divided
from tuneloom.grammar.source.book import Book, BookTune
from tuneloom.grammar.source.written_music import written_music

__all__ = ["check_book"]

_REFERENCE = re.compile(r"[ \t]*X[ \t]*:([^%\n]*)")


class _Asked(NamedTuple):
    """The arguments of `check_tune` for one tune."""

    tune: BookTune
    header: str
    codes: frozenset[str] | None
    references: Mapping[str, int]
    music_before: Mapping[str, int]


def check_book(
    book: Book, codes: Collection[str] | None = None, *, workers: int = 1
) -> Iterator[tuple[BookTune, tuple[Diagnostic, ...]]]:
    """Find what is wrong with each tune of a file, as `check_tune` does.

    A book of many tunes is divided among so many processes, where they can be forked, unless the grammar
    alone is asked, which takes less time than to send the tunes to them.
    """
    asked = list(_asked(book, None if codes is None else frozenset(codes)))
    workers = workers if asks_for_rules(codes) else 1
    found = map_divided(_findings_of_asked, asked, workers)
    yield from zip(book.tunes, found, strict=True)


def _asked(book: Book, codes: frozenset[str] | None) -> Iterator[_Asked]:
    """Each tune, with the numbers and the music of those before it that are its own."""
    references: dict[str, int] = {}
    music: dict[str, int] = {}
    compares = codes is None or "copied-tune" in codes
    for tune in book.tunes:
        played = written_music(tune.text) if compares else ""
        number = _number(tune.text)
        yield _Asked(
            tune,
            book.header,
            codes,
            _only(references, number),
            _only(music, played),
        )
        if number:
            references.setdefault(number, tune.line)
        if played:
            music.setdefault(played, tune.line)


def _number(text: str) -> str:
    """What follows X: at the start of a tune; empty without one."""
    found = _REFERENCE.match(text)
    return found[1].strip() if found else ""


def _only(lines: Mapping[str, int], key: str) -> Mapping[str, int]:
    return {key: lines[key]} if key in lines else {}


def _findings_of_asked(asked: _Asked) -> tuple[Diagnostic, ...]:
    return check_tune(
        asked.tune.text,
        asked.tune.line,
        asked.header,
        asked.codes,
        asked.references,
        rejoined=asked.tune.rejoined,
        music_before=asked.music_before,
    )
