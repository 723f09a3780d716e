"""The tunes of a file -> everything that is wrong with each, what it repeats of those before it included."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from tuneloom.grammar.checking.check import check_tune
from tuneloom.grammar.diagnostics.diagnostic import Diagnostic
from tuneloom.grammar.source.book import Book, BookTune
from tuneloom.grammar.source.written_music import written_music

__all__ = ["check_book"]


def check_book(
    book: Book, codes: Collection[str] | None = None
) -> Iterator[tuple[BookTune, tuple[Diagnostic, ...]]]:
    """Find what is wrong with each tune of a file, as `check_tune` does."""
    references: dict[str, int] = {}
    music: dict[str, int] = {}
    for tune in book.tunes:
        yield (
            tune,
            check_tune(
                tune.text,
                tune.line,
                book.header,
                codes,
                references,
                rejoined=tune.rejoined,
                music_before=music,
            ),
        )
        if tune.text.startswith("X:"):
            reference = tune.text.partition("\n")[0][2:].partition("%")[0].strip()
            references.setdefault(reference, tune.line)
        if played := written_music(tune.text):
            music.setdefault(played, tune.line)
