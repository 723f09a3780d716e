"""Archives: the files in a zip or tar archive, listed once and read in one pass.

Nothing is ever unpacked to a disk.
"""

from __future__ import annotations

import struct
import tarfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import PurePosixPath, PureWindowsPath
from typing import IO, BinaryIO, NamedTuple, Self, cast

from tuneloom.corpus.files.forms import ArchiveKind, is_system_file, may_hold_tunes
from tuneloom.corpus.files.limits import Limits
from tuneloom.corpus.files.unpacking import Contents, Readable, UnreadableFile, check_expansion

__all__ = ["SYSTEM_FILE", "ArchiveMember", "list_members", "open_members"]

_BOUNDED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # zipfile unpacks the others all at once
_NAMES = {zipfile.ZIP_BZIP2: "bzip2", zipfile.ZIP_LZMA: "LZMA"}
# What zipfile and tarfile raise besides their own errors, where a header makes no sense.
_DAMAGE = (EOFError, IndexError, KeyError, OSError, OverflowError, ValueError, struct.error)
_MAX_TAR_HEADER = 1 << 20  # bytes of a long name, which tarfile reads all at once
_LONG_HEADERS = (
    *(tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE),
    *(tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK),
)
_TAR_KINDS = {
    tarfile.SYMTYPE: "a symbolic link",
    tarfile.LNKTYPE: "a hard link",
    tarfile.CHRTYPE: "a device",
    tarfile.BLKTYPE: "a device",
    tarfile.FIFOTYPE: "a pipe",
}


SYSTEM_FILE = UnreadableFile(
    "system-file", "an editor or the system has left this file; name it itself to read it"
)

_HIDDEN = UnreadableFile(
    "unreadable-file", "the archive holds another file of this name, which hides it"
)


class ArchiveMember(NamedTuple):
    """A file in an archive, and why it cannot be read, if that is known.

    `copies` is how many files of that name there are; the last is meant.
    """

    name: str
    fault: UnreadableFile | None = None
    copies: int = 1


def list_members(file: BinaryIO, kind: ArchiveKind, limits: Limits) -> list[ArchiveMember]:
    """The files in an archive that may hold tunes, sorted, and whatever else is not an ordinary file.

    Where the archive is damaged, the last one has no name and says how; what comes before the damage in a
    tar archive is listed.
    """
    found: list[ArchiveMember] = []
    damage: list[ArchiveMember] = []
    try:
        found.extend(_zip_members(file) if kind == "zip" else _tar_members(file, limits))
    except UnreadableFile as fault:  # what came before it has been added
        damage.append(ArchiveMember("", fault))
    copies = Counter(member.name for member in found)
    found.sort(key=lambda member: member.name)
    following = [*(member.name for member in found[1:]), ""][: len(found)]
    return [
        member._replace(
            fault=member.fault or (_HIDDEN if member.name == after else None),
            copies=copies[member.name],
        )
        for member, after in zip(found, following, strict=True)
    ] + damage


def open_members(
    file: BinaryIO, kind: ArchiveKind, copies: Mapping[str, int], limits: Limits
) -> Iterator[tuple[str, Contents]]:
    """Open some files of an archive, in the order in which they lie in it.

    Each is to be read before the next is opened. `copies` says how many files there are of each name; the
    last is opened.

    Raises:
        UnreadableFile: the archive is damaged. What is wrong with one file is raised when that is read.
    """
    if kind == "zip":
        with _open_zip(file) as archive:
            for name in copies:
                yield name, Contents(_ZipMember(archive, name, limits), limits)
        return
    seen: Counter[str] = Counter()
    for info, member in _tar_files(file, limits):
        seen[info.name] += 1
        if member and seen[info.name] == copies.get(info.name):
            yield info.name, Contents(member, limits)


def _member(name: str, fault: UnreadableFile | None = None) -> ArchiveMember:
    if _leads_out(name):
        message = f"the archive holds {name!r}, which leads out of it"
        fault = UnreadableFile("bad-member-name", message)
    return ArchiveMember(name, fault or (SYSTEM_FILE if is_system_file(name) else None))


def _zip_members(file: BinaryIO) -> Iterator[ArchiveMember]:
    with _open_zip(file) as archive:
        for info in archive.infolist():
            # is_dir() of zipfile does not expect an empty name.
            if not info.filename.endswith("/") and may_hold_tunes(info.filename):
                yield _member(info.filename)


def _open_zip(file: BinaryIO) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except (zipfile.BadZipFile, *_DAMAGE) as error:
        raise UnreadableFile(
            "damaged-archive", f"the zip archive is cut or damaged ({error})"
        ) from error


class _ZipMember:
    """A file in a zip archive. The size that the archive states is not trusted."""

    def __init__(self, archive: zipfile.ZipFile, name: str, limits: Limits) -> None:
        self._archive = archive
        self._name = name
        self._limits = limits
        self._size = 0

    def read(self, size: int) -> bytes:
        try:
            data = self._stream.read(size)
        except (RuntimeError, NotImplementedError) as error:  # encrypted, or a rare method
            raise UnreadableFile(
                "damaged-archive", f"{self._name} cannot be unpacked ({error})"
            ) from error
        except (zipfile.BadZipFile, zlib.error, *_DAMAGE) as error:
            raise UnreadableFile(
                "damaged-archive", f"{self._name} is damaged in the archive ({error})"
            ) from error
        self._size += len(data)
        check_expansion(self._size, self._info.compress_size, self._limits)
        return data

    @cached_property
    def _info(self) -> zipfile.ZipInfo:
        info = self._archive.getinfo(self._name)
        if info.compress_type not in _BOUNDED:
            method = _NAMES.get(info.compress_type, f"method {info.compress_type}")
            raise UnreadableFile(
                "unreadable-file",
                f"{self._name} is packed with {method} in the archive; only deflate is unpacked",
            )
        return info

    @cached_property
    def _stream(self) -> IO[bytes]:
        return self._archive.open(self._info)


def _tar_members(file: BinaryIO, limits: Limits) -> Iterator[ArchiveMember]:
    for info, member in _tar_files(file, limits):
        if member and may_hold_tunes(info.name):
            yield _member(info.name)
        elif not member:
            kind = _TAR_KINDS.get(info.type, "no ordinary file")
            message = f"the archive holds {kind} here, which is not followed"
            yield _member(info.name, UnreadableFile("unreadable-file", message))


def _tar_files(file: BinaryIO, limits: Limits) -> Iterator[tuple[tarfile.TarInfo, Readable | None]]:
    """The entries of a tar archive but for its folders; None for what is not an ordinary file."""
    packed = _TarStream(Contents(file, limits))
    try:
        stream = cast("IO[bytes]", packed)  # of which tarfile only reads
        with tarfile.open(fileobj=stream, mode="r|", tarinfo=_BoundedTarInfo) as archive:
            while info := archive.next():
                if not info.isdir():
                    yield info, _TarMember(archive, info) if info.isreg() else None
    except (tarfile.TarError, *_DAMAGE) as error:
        raise UnreadableFile(
            "damaged-archive", f"the tar archive is cut or damaged ({error})"
        ) from error
    packed.require_end()


class _TarStream:
    """The bytes of a tar archive, which must end in zeros: tarfile takes any end for that of the archive."""

    def __init__(self, contents: Contents) -> None:
        self._contents = contents
        self._last = b""

    def read(self, size: int) -> bytes:
        data = self._contents.read(size)
        self._last = (self._last + data[-tarfile.BLOCKSIZE :])[-tarfile.BLOCKSIZE :]
        return data

    def require_end(self) -> None:
        while self.read(1 << 16):
            pass
        if self._last.strip(b"\0"):
            raise UnreadableFile("damaged-archive", "the tar archive is cut short")


class _TarMember:
    """An ordinary file in a tar archive, to be read before the archive goes on."""

    def __init__(self, archive: tarfile.TarFile, info: tarfile.TarInfo) -> None:
        self._archive = archive
        self._info = info
        self._left = info.size

    def read(self, size: int) -> bytes:
        try:
            data = self._stream.read(size)
        except (tarfile.TarError, *_DAMAGE) as error:
            message = f"{self._info.name} is cut short in the archive ({error})"
            raise UnreadableFile("damaged-archive", message) from error
        self._left -= len(data)
        if not data and self._left:
            message = f"{self._info.name} is cut short in the archive"
            raise UnreadableFile("damaged-archive", message)
        return data

    @cached_property
    def _stream(self) -> IO[bytes]:
        stream = self._archive.extractfile(self._info)
        assert stream is not None, "it is an ordinary file"
        return stream


class _BoundedTarInfo(tarfile.TarInfo):
    """An entry whose long name is not read if it is longer than any."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        info = super().frombuf(buf, encoding, errors)
        if info.type in _LONG_HEADERS and info.size > _MAX_TAR_HEADER:
            raise UnreadableFile("damaged-archive", "the tar archive has a name that is too long")
        return info


def _leads_out(name: str) -> bool:
    posix, windows = PurePosixPath(name), PureWindowsPath(name)
    absolute = posix.is_absolute() or bool(windows.drive or windows.root)
    return absolute or ".." in posix.parts or ".." in windows.parts
