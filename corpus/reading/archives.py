"""Tunebooks in .gz and .zip, unpacked in memory and never past a limit.

Beam's own reader takes a file that was cut for a whole one, and stops without a word at 16 MiB.
"""

from __future__ import annotations

import zipfile
import zlib
from pathlib import PurePosixPath, PureWindowsPath
from typing import BinaryIO

from tuneloom.corpus.reading.limits import Limits

__all__ = ["ARCHIVE", "SUFFIXES", "Fault", "gunzip", "members", "unzip"]

TUNEBOOK_SUFFIXES = (".abc", ".txt")
ARCHIVE = ".zip"
SUFFIXES = (*TUNEBOOK_SUFFIXES, *(f"{suffix}.gz" for suffix in TUNEBOOK_SUFFIXES), ARCHIVE)
"""What the names of files that may hold tunes end in, in a folder as in an archive."""

_NEVER_TOO_MUCH = 1 << 20  # what small archives may expand to, whatever the ratio
_BOUNDED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # zipfile unpacks the others at one go
_NAMES = {zipfile.ZIP_BZIP2: "bzip2", zipfile.ZIP_LZMA: "LZMA"}
_GZIP = 31  # zlib's number for its own largest window, in the container of gzip


class Fault(Exception):
    """What keeps a file from being read: the code of its reject, and a sentence."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def gunzip(data: bytes, limits: Limits) -> bytes:
    """Unpack all members of a gzip file (RFC 1952). Raises Fault if it is cut, damaged or too much."""
    most = _most(len(data), limits)
    pieces: list[bytes] = []
    size, rest = 0, data
    while rest:
        member = zlib.decompressobj(_GZIP)
        try:
            piece = member.decompress(rest, most - size + 1)
        except zlib.error as error:
            raise Fault("damaged-archive", f"the gzip data is damaged ({error})") from error
        size += len(piece)
        _check_size(size, most, limits)
        if not member.eof:
            raise Fault("damaged-archive", "the gzip data is cut short")
        pieces.append(piece)
        rest = member.unused_data.lstrip(b"\0")  # tapes were filled up with zeros
    return b"".join(pieces)


def members(file: BinaryIO) -> list[str]:
    """The names of the tunebooks in a zip archive, in order, and one that stands there twice, twice.

    Raises Fault if it is none.
    """
    with _opened(file) as archive:
        names = [info.filename for info in archive.infolist() if not info.is_dir()]
    return sorted(name for name in names if name.lower().endswith(SUFFIXES))


def unzip(file: BinaryIO, name: str, limits: Limits) -> bytes:
    """Unpack one member of a zip archive.

    Raises Fault for a name that leads out of the archive, and for a member that is damaged,
    encrypted, too much, or packed by a method that knows no limit. What the archive says of its size
    is not believed.
    """
    if _leads_out(name):
        raise Fault("bad-member-name", f"the archive holds {name!r}, which leads out of it")
    with _opened(file) as archive:
        try:
            info = archive.getinfo(name)
            _check_method(info)
            most = _most(info.compress_size, limits)
            with archive.open(info) as member:
                data = member.read(most + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, KeyError) as error:
            raise Fault("damaged-archive", f"{name} is damaged in the archive ({error})") from error
        except (RuntimeError, NotImplementedError) as error:  # encrypted, or a rare method
            raise Fault("damaged-archive", f"{name} cannot be unpacked ({error})") from error
    _check_size(len(data), most, limits)
    return data


def _opened(file: BinaryIO) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise Fault("damaged-archive", f"the zip archive is cut or damaged ({error})") from error


def _most(packed: int, limits: Limits) -> int:
    return min(limits.file_bytes, max(_NEVER_TOO_MUCH, packed * limits.expansion))


def _check_size(size: int, most: int, limits: Limits) -> None:
    if size <= most:
        return
    if most == limits.file_bytes:
        raise Fault("file-too-large", f"the file unpacks to more than {most:,} bytes")
    raise Fault(
        "expands-too-much", f"the file unpacks to more than {limits.expansion} times its size"
    )


def _check_method(info: zipfile.ZipInfo) -> None:
    if info.compress_type not in _BOUNDED:
        method = _NAMES.get(info.compress_type, f"method {info.compress_type}")
        raise Fault(
            "unreadable-file",
            f"{info.filename} is packed with {method} in the archive; only deflate is unpacked",
        )


def _leads_out(name: str) -> bool:
    posix, windows = PurePosixPath(name), PureWindowsPath(name)
    absolute = posix.is_absolute() or bool(windows.drive or windows.root)
    return absolute or ".." in posix.parts or ".." in windows.parts
