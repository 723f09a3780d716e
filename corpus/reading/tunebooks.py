"""The tunes in a text: a tunebook, or the cell of a table."""

from __future__ import annotations

from collections.abc import Iterator

from tuneloom.corpus.reading.model_texts import plain_passages
from tuneloom.corpus.reading.passages import Passage
from tuneloom.corpus.record import RawTune, Reject
from tuneloom.corpus.source import SourceFile
from tuneloom.grammar import read_book
from tuneloom.grammar.diagnostics.classify import diagnose_orphan
from tuneloom.grammar.source.charset import mojibake_of

__all__ = ["tunes_in_text"]


def tunes_in_text(file: SourceFile, text: Passage) -> Iterator[RawTune | Reject]:
    """The tunes in a text of a file, with garbled letters (mojibake) restored.

    Music and fields that belong to no tune are rejects, `orphan-music` and `orphan-field`.
    """
    for passage in plain_passages(text):
        yield from _tunes_in_passage(file, passage)


def _tunes_in_passage(file: SourceFile, passage: Passage) -> Iterator[RawTune | Reject]:
    data = passage.data
    book = read_book(data)
    for orphan in book.orphans:
        line = _file_line(passage, orphan.line)
        found = diagnose_orphan(orphan.text, line)
        yield Reject(
            source=file.source,
            path=file.path,
            offset=passage.offset + orphan.offset,
            line=line,
            column=1,
            code=found.code,
            message=found.message,
            row=passage.row,
        )
    utf8 = book.charset == "utf-8"
    letters = mojibake_of(data.decode("utf-8") if utf8 and not data.isascii() else "")
    for tune in book.tunes:
        text = letters.mend(tune.text)
        mended = ("mojibake",) * (text != tune.text) + ("split-tune",) * tune.rejoined
        yield RawTune(
            source=file.source,
            path=file.path,
            license=file.license,
            offset=passage.offset + tune.offset,
            line=_file_line(passage, tune.line),
            text=text,
            file_header=letters.mend(book.header),
            repairs=passage.repairs + mended,
            row=passage.row,
            in_lines=passage.in_lines,
        )


def _file_line(passage: Passage, line: int) -> int:
    """The line of the file on which a line of a passage is."""
    return passage.line + (line - 1 if passage.in_lines else 0)
