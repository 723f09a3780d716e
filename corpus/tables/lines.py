"""The lines of a text that may be larger than memory, decoded."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator

from tuneloom.corpus.files.unpacking import PieceStream
from tuneloom.grammar.source.charset import byte_order_mark, charset_of

__all__ = ["LineTooLong", "TextLines"]

_PIECE = 1 << 16


class LineTooLong(Exception):
    """A line is longer than the limit. It has been skipped, and the next line can be read."""


class TextLines:
    """The lines of a file, ended by LF, each with its end.

    A text in UTF-16 has a byte order mark. Any other is UTF-8, or a line that is not is in the charset that
    makes words of its bytes, and of the first lines of the file.
    """

    def __init__(self, stream: io.BufferedReader, limit: int) -> None:
        beginning = stream.peek(_PIECE)
        mark = byte_order_mark(beginning)
        wide = len(mark) == 2  # UTF-16
        stream.read(0 if wide else len(mark))
        self._stream = io.BufferedReader(PieceStream(_narrow(stream))) if wide else stream
        self._charset = "utf-8" if wide or _is_utf8(beginning) else charset_of(beginning)
        self._decoder = codecs.getincrementaldecoder(self._charset)(errors="replace")
        self._limit = limit

    def begins_with(self, sign: bytes) -> bool:
        """Whether that is the first character of the text that is no blank."""
        return self._stream.peek(_PIECE).lstrip().startswith(sign)

    def read_line(self) -> str:
        """The next line, or nothing at the end.

        Raises:
            LineTooLong: it has more bytes than the limit.
        """
        line = self._stream.readline(self._limit + 1)
        if len(line) <= self._limit:
            return self._decode(line)
        while line and not line.endswith(b"\n"):
            line = self._stream.readline(_PIECE)
        raise LineTooLong(f"the line has more than {self._limit:,} bytes")

    def read_text(self, size: int) -> str:
        """Text of at most so many bytes; empty at the end."""
        while data := self._stream.read(size):
            if text := self._decoder.decode(data):
                return text
        return self._decoder.decode(b"", final=True)

    def _decode(self, data: bytes) -> str:
        try:
            return data.decode()
        except UnicodeDecodeError:
            charset = self._charset if self._charset != "utf-8" else charset_of(data)
            return data.decode(charset, errors="replace")


def _is_utf8(beginning: bytes) -> bool:
    """Whether the first bytes of a file are UTF-8, where the last character may be cut."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(beginning)
    except UnicodeDecodeError:
        return False
    return True


def _narrow(stream: io.BufferedReader) -> Iterator[bytes]:
    """A text in UTF-16 as UTF-8. What is no character becomes U+FFFD."""
    decoder = codecs.getincrementaldecoder("utf-16")(errors="replace")
    while data := stream.read(_PIECE):
        yield decoder.decode(data).encode()
    yield decoder.decode(b"", final=True).encode()
