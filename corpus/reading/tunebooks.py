"""Read tunes from files. A file that is not a tunebook becomes a reject."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

from tuneloom.corpus.reading.archives import ARCHIVE, UnreadableFile, gunzip, unzip
from tuneloom.corpus.reading.contents import file_fault, is_gzip, is_zip
from tuneloom.corpus.reading.limits import Limits
from tuneloom.corpus.reading.thesession import HEADER_LINES, SessionTableError, read_session_table
from tuneloom.corpus.record import RawTune, Reject
from tuneloom.corpus.source import SourceFile
from tuneloom.grammar import read_book
from tuneloom.grammar.diagnostics.classify import diagnose_orphan
from tuneloom.grammar.source.charset import mojibake_of

__all__ = [
    "READING_CODES",
    "Opener",
    "load_tunebook",
    "open_local",
    "read_raw_tunes",
    "split_tunebook",
]

READING_CODES = frozenset({
    "bad-member-name", "bad-table", "binary-file", "damaged-archive", "empty-file", "expands-too-much",
    "file-too-large", "no-tune", "orphan-field", "orphan-music", "tune-too-long", "unreadable-file",
})  # fmt: skip
"""The codes of rejects that reading gives; those with any other code are tunes that were judged."""

Opener = Callable[[str], BinaryIO]
"""Opens a file at a location for reading; raises OSError."""


def open_local(location: str) -> BinaryIO:
    return Path(location).open("rb")


def read_raw_tunes(
    file: SourceFile, limits: Limits | None = None, open_: Opener = open_local
) -> Iterator[RawTune | Reject]:
    """The tunes of a file, or one reject that says why there are none. Never raises."""
    limits = limits or Limits()
    data = load_tunebook(file, limits, open_)
    if isinstance(data, Reject):
        yield data
    else:
        yield from split_tunebook(file, data, limits)


def load_tunebook(file: SourceFile, limits: Limits, open_: Opener = open_local) -> bytes | Reject:
    """The bytes of a tunebook, unpacked, or a reject that says why there are none. Never raises.

    Codes of rejects: `unreadable-file`, `file-too-large`, `expands-too-much`, `damaged-archive`,
    `bad-member-name`.
    """
    if file.fault:
        return _reject_file(file, "unreadable-file", file.fault)
    try:
        with closing(open_(file.location)) as stream:
            limit = limits.file_bytes + 1
            data = unzip(stream, file.member, limits) if file.member else stream.read(limit)
    except UnreadableFile as fault:
        return _reject_file(file, fault.code, fault.message)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return _reject_file(file, "unreadable-file", f"the file cannot be read: {reason}")
    if len(data) > limits.file_bytes:
        message = f"the file has more than {limits.file_bytes:,} bytes"
        return _reject_file(file, "file-too-large", message)
    if not is_gzip(data):
        return data
    try:
        return gunzip(data, limits)
    except UnreadableFile as fault:
        return _reject_file(file, fault.code, fault.message)


def split_tunebook(file: SourceFile, data: bytes, limits: Limits) -> Iterator[RawTune | Reject]:
    """The tunes in the bytes of a file, with garbled letters (mojibake) restored.

    Codes of rejects: `empty-file`, `binary-file`, `no-tune`, `bad-table`, `tune-too-long`, `orphan-field`,
    `orphan-music`.
    """
    if fault := _archive_fault(file, data) or file_fault(data):
        yield _reject_file(file, *fault)
        return
    found = 0
    for tune in (
        _session_tunes(file, data) if file.format == "thesession" else _book_tunes(file, data)
    ):
        found += 1
        if isinstance(tune, RawTune) and len(tune.text) > limits.tune_characters:
            limit = f"{limits.tune_characters:,}"
            message = f"the tune has {len(tune.text):,} characters, and {limit} is the limit"
            yield _reject_file(file, "tune-too-long", message, tune.offset, tune.line)
        else:
            yield tune
    if not found:
        yield _reject_file(file, "no-tune", "the file holds no tune")


def _book_tunes(file: SourceFile, data: bytes) -> Iterator[RawTune | Reject]:
    book = read_book(data)
    for orphan in book.orphans:
        found = diagnose_orphan(orphan.text, orphan.line)
        yield _reject_file(file, found.code, found.message, orphan.offset, orphan.line)
    utf8 = book.charset == "utf-8"
    letters = mojibake_of(data.decode("utf-8") if utf8 and not data.isascii() else "")
    for tune in book.tunes:
        text = letters.mend(tune.text)
        yield RawTune(
            source=file.source,
            path=file.path,
            license=file.license,
            offset=tune.offset,
            line=tune.line,
            text=text,
            file_header=letters.mend(book.header),
            repairs=("mojibake",) * (text != tune.text) + ("split-tune",) * tune.rejoined,
        )


def _session_tunes(file: SourceFile, data: bytes) -> Iterator[RawTune | Reject]:
    try:
        for setting in read_session_table(data):
            yield RawTune(
                source=file.source,
                path=file.path,
                license=file.license,
                offset=setting.offset,
                line=setting.line,
                text=setting.text,
                lead=HEADER_LINES,
            )
    except SessionTableError as error:
        yield _reject_file(file, "bad-table", str(error), line=error.line)


def _archive_fault(file: SourceFile, data: bytes) -> tuple[str, str] | None:
    """Why an archive was not unpacked when the files were listed, or None if it is not an archive."""
    if not is_zip(data):
        return None
    if file.member:
        return "binary-file", "an archive within an archive is not opened; unpack it first"
    if not file.location.lower().endswith(ARCHIVE):
        return "binary-file", f"the file is a zip archive; give it a name that ends in {ARCHIVE}"
    return "damaged-archive", "the archive holds no .abc or .txt file, or is damaged"


def _reject_file(
    file: SourceFile, code: str, message: str, offset: int = 0, line: int = 1
) -> Reject:
    return Reject(file.source, file.path, offset, line, column=1, code=code, message=message)
