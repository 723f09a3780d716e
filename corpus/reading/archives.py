"""Tunebooks in .gz and .zip files, unpacked in memory up to a limit.

Beam's own reader does not notice that a file was cut, and silently stops at 16 MiB.
"""

from __future__ import annotations

import zipfile
import zlib
from pathlib import PurePosixPath, PureWindowsPath
from typing import BinaryIO

from tuneloom.corpus.reading.limits import Limits

__all__ = ["ARCHIVE", "SUFFIXES", "UnreadableFile", "gunzip", "list_members", "unzip"]

TUNEBOOK_SUFFIXES = (".abc", ".txt")
ARCHIVE = ".zip"
SUFFIXES = (*TUNEBOOK_SUFFIXES, *(f"{suffix}.gz" for suffix in TUNEBOOK_SUFFIXES), ARCHIVE)
"""The suffixes of files that may hold tunes, in a folder or in an archive."""

_MIN_EXPANDED_LIMIT = 1 << 20  # bytes that any archive may unpack to, whatever the ratio
_BOUNDED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # zipfile unpacks the others all at once
_NAMES = {zipfile.ZIP_BZIP2: "bzip2", zipfile.ZIP_LZMA: "LZMA"}
_GZIP = 31  # zlib's wbits for the largest window, in a gzip container


class UnreadableFile(Exception):
    """A file cannot be read: the code and the message of its reject."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def gunzip(data: bytes, limits: Limits) -> bytes:
    """Unpack all members of a gzip file (RFC 1952).

    Raises:
        UnreadableFile: it is cut, damaged or too large.
    """
    limit = _size_limit(len(data), limits)
    pieces: list[bytes] = []
    size, rest = 0, data
    while rest:
        member = zlib.decompressobj(_GZIP)
        try:
            piece = member.decompress(rest, limit - size + 1)
        except zlib.error as error:
            raise UnreadableFile(
                "damaged-archive", f"the gzip data is damaged ({error})"
            ) from error
        size += len(piece)
        _check_size(size, limit, limits)
        if not member.eof:
            raise UnreadableFile("damaged-archive", "the gzip data is cut short")
        pieces.append(piece)
        rest = member.unused_data.lstrip(b"\0")  # tapes were padded with zeros
    return b"".join(pieces)


def list_members(file: BinaryIO) -> list[str]:
    """The names of the tunebooks in a zip archive, sorted; a name that occurs twice is given twice.

    Raises:
        UnreadableFile: it is not a zip archive.
    """
    with _open_zip(file) as archive:
        names = [info.filename for info in archive.infolist() if not info.is_dir()]
    return sorted(name for name in names if name.lower().endswith(SUFFIXES))


def unzip(file: BinaryIO, name: str, limits: Limits) -> bytes:
    """Unpack one member of a zip archive. The size that the archive states is not trusted.

    Raises:
        UnreadableFile: the name leads out of the archive, or the member is damaged, encrypted, too large, or
            compressed by a method that cannot be limited.
    """
    if _leads_out(name):
        raise UnreadableFile(
            "bad-member-name", f"the archive holds {name!r}, which leads out of it"
        )
    with _open_zip(file) as archive:
        try:
            info = archive.getinfo(name)
            _check_method(info)
            limit = _size_limit(info.compress_size, limits)
            with archive.open(info) as member:
                data = member.read(limit + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, KeyError) as error:
            raise UnreadableFile(
                "damaged-archive", f"{name} is damaged in the archive ({error})"
            ) from error
        except (RuntimeError, NotImplementedError) as error:  # encrypted, or a rare method
            raise UnreadableFile(
                "damaged-archive", f"{name} cannot be unpacked ({error})"
            ) from error
    _check_size(len(data), limit, limits)
    return data


def _open_zip(file: BinaryIO) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise UnreadableFile(
            "damaged-archive", f"the zip archive is cut or damaged ({error})"
        ) from error


def _size_limit(packed: int, limits: Limits) -> int:
    return min(limits.file_bytes, max(_MIN_EXPANDED_LIMIT, packed * limits.expansion))


def _check_size(size: int, limit: int, limits: Limits) -> None:
    if size <= limit:
        return
    if limit == limits.file_bytes:
        raise UnreadableFile("file-too-large", f"the file unpacks to more than {limit:,} bytes")
    raise UnreadableFile(
        "expands-too-much", f"the file unpacks to more than {limits.expansion} times its size"
    )


def _check_method(info: zipfile.ZipInfo) -> None:
    if info.compress_type not in _BOUNDED:
        method = _NAMES.get(info.compress_type, f"method {info.compress_type}")
        raise UnreadableFile(
            "unreadable-file",
            f"{info.filename} is packed with {method} in the archive; only deflate is unpacked",
        )


def _leads_out(name: str) -> bool:
    posix, windows = PurePosixPath(name), PureWindowsPath(name)
    absolute = posix.is_absolute() or bool(windows.drive or windows.root)
    return absolute or ".." in posix.parts or ".." in windows.parts
