"""Files to raw tunes: the bytes of a tunebook are split, and a file that is none is on record."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from corpus.record import RawTune, Reject
from corpus.source import SourceFile
from grammar import read_book

__all__ = ["file_fault", "read"]

# Control characters that text files do hold: tab, line ends, form feed, DOS end of file, escape.
TEXT_CONTROLS = b"\t\n\v\f\r\x1a\x1b"
OTHER_CONTROLS = bytes(code for code in range(1, 32) if code not in TEXT_CONTROLS)
MOST_CONTROLS = 0.02  # share of control characters above which a file is no text


def read(file: SourceFile) -> Iterator[RawTune | Reject]:
    """Split a file into its tunes as found; a file without any becomes one reject that says why.

    Codes: `unreadable-file`, `empty-file`, `binary-file`, `no-tune`. Raises nothing.
    """
    try:
        data = Path(file.location).read_bytes()
    except OSError as error:
        yield _reject(file, "unreadable-file", f"the file cannot be read: {error.strerror}")
        return
    if fault := file_fault(data):
        yield _reject(file, *fault)
        return
    book = read_book(data)
    if not book.tunes:
        yield _reject(file, "no-tune", "the file holds no tune")
    for tune in book.tunes:
        yield RawTune(
            file.source, file.path, file.license, tune.offset, tune.line, tune.text, book.header
        )


def file_fault(data: bytes) -> tuple[str, str] | None:
    """Tell what keeps bytes from being a tunebook, as a code and a message, or None."""
    if not data.strip():
        return "empty-file", "the file is empty"
    if _is_binary(data):
        return "binary-file", "the file is not text in UTF-8 or an 8-bit charset"
    return None


def _is_binary(data: bytes) -> bool:
    controls = len(data) - len(data.translate(None, OTHER_CONTROLS))
    return b"\0" in data or controls > MOST_CONTROLS * len(data)


def _reject(file: SourceFile, code: str, message: str) -> Reject:
    return Reject(file.source, file.path, offset=0, line=1, column=1, code=code, message=message)
