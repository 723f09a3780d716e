"""Files packed with gzip, bzip2 or xz, unpacked as they are read and no further than a limit.

Beam's own reader does not notice that a file was cut, and silently stops at 16 MiB.
"""

from __future__ import annotations

import bz2
import hashlib
import io
import lzma
import zlib
from collections.abc import Callable, Iterator
from typing import Protocol

from tuneloom.corpus.files.limits import Limits

__all__ = ["Contents", "PieceStream", "UnreadableFile", "check_expansion"]

_PIECE = 1 << 16
_MIN_EXPANDED_LIMIT = 1 << 20  # bytes that anything may unpack to, whatever the ratio
_XZ_MEMORY = 256 << 20  # bytes for the dictionary of a decoder, which the file chooses
_GZIP = 31  # zlib's wbits for the largest window, in a gzip container


class UnreadableFile(Exception):
    """A file cannot be read: the code and the message of its reject."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class PieceStream(io.RawIOBase):
    """A stream of the bytes that an iterator gives in pieces."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = memoryview(piece)
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size


class Contents(io.BufferedReader):
    """The bytes of a file, unpacked if it is packed; reading raises `UnreadableFile`.

    `digest` is the SHA-256 of the bytes read from the file so far, unpacked, and `size` their number.
    """

    def __init__(self, packed: Readable, limits: Limits) -> None:
        self._hash = hashlib.sha256()
        self.size = 0
        super().__init__(PieceStream(self._counted(_unpacked(packed, limits))), _PIECE)

    @property
    def digest(self) -> str:
        return self._hash.hexdigest()

    def _counted(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            self._hash.update(piece)
            self.size += len(piece)
            yield piece

    def read_whole(self, limits: Limits) -> bytes:
        """All bytes that are left.

        Raises:
            UnreadableFile: there are more than the limit.
        """
        data = self.read(limits.file_bytes + 1)
        if len(data) > limits.file_bytes:
            message = f"the file has more than {limits.file_bytes:,} bytes, unpacked"
            raise UnreadableFile("file-too-large", message)
        return data

    def exhaust(self) -> None:
        """Read to the end."""
        while self.read(_PIECE):
            pass


class Decoder(Protocol):
    """What the decoders of bzip2 and xz have in common."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int) -> bytes: ...


class _GzipDecoder:
    """The decoder of a gzip member (RFC 1952), with the methods of the others."""

    def __init__(self) -> None:
        self._decoder = zlib.decompressobj(_GZIP)
        self._full = False

    eof = property(lambda self: self._decoder.eof)
    unused_data = property(lambda self: self._decoder.unused_data)
    needs_input = property(lambda self: not self._decoder.unconsumed_tail and not self._full)

    def decompress(self, data: bytes, max_length: int) -> bytes:
        piece = self._decoder.decompress(self._decoder.unconsumed_tail + data, max_length)
        self._full = len(piece) == max_length
        return piece


_PACKINGS: tuple[tuple[bytes, str, Callable[[], Decoder]], ...] = (
    (b"\x1f\x8b", "gzip", _GzipDecoder),
    (b"BZh", "bzip2", bz2.BZ2Decompressor),
    (b"\xfd7zXZ\0", "xz", lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_XZ_MEMORY)),
)


def _unpacked(packed: Readable, limits: Limits) -> Iterator[bytes]:
    data = packed.read(_PIECE)
    for magic, name, decoder in _PACKINGS:
        if data.startswith(magic):
            yield from _decoded_members(data, packed, name, decoder, limits)
            return
    while data:
        yield data
        data = packed.read(_PIECE)


def _decoded_members(
    data: bytes, packed: Readable, name: str, decoder: Callable[[], Decoder], limits: Limits
) -> Iterator[bytes]:
    """The pieces of a file of one or more members, between which there may be zeros."""
    read, size, member = len(data), 0, decoder()
    while True:
        try:
            piece = member.decompress(data, _PIECE)
        except (zlib.error, OSError, EOFError, lzma.LZMAError) as error:
            message = f"the {name} data is damaged ({error})"
            raise UnreadableFile("damaged-archive", message) from error
        data = b""
        size += len(piece)
        check_expansion(size, read, limits)
        if piece:
            yield piece
        if member.eof:
            data = member.unused_data.lstrip(b"\0")  # tapes were padded with zeros
            while not data:
                more = packed.read(_PIECE)
                if not more:
                    return
                read += len(more)
                data = more.lstrip(b"\0")
            member = decoder()
        elif member.needs_input:
            data = packed.read(_PIECE)
            read += len(data)
            if not data:
                raise UnreadableFile("damaged-archive", f"the {name} data is cut short")


def check_expansion(size: int, packed: int, limits: Limits) -> None:
    """Raise `UnreadableFile` if so many bytes are too many for a file of that size, packed."""
    if size > max(_MIN_EXPANDED_LIMIT, packed * limits.expansion):
        raise UnreadableFile(
            "expands-too-much", f"the file unpacks to more than {limits.expansion} times its size"
        )
