"""The user's own files: a file, a directory or a glob; and the tunebooks in an archive."""

from __future__ import annotations

import errno
import os
import stat
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from glob import has_magic
from itertools import takewhile
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from tuneloom.corpus.files.archives import SYSTEM_FILE, list_members
from tuneloom.corpus.files.forms import archive_kind, is_system_file, may_hold_tunes
from tuneloom.corpus.files.limits import Limits
from tuneloom.corpus.license import UNKNOWN_LICENSE
from tuneloom.corpus.reading.tune_files import Opener, open_local
from tuneloom.corpus.source import SourceFile
from tuneloom.grammar.errors import UsageError

__all__ = ["INPUT", "input_files", "tune_files_in"]

INPUT = "input"
_REPOSITORIES = (".git", ".hg", ".svn")  # hold no file of their user's
_LINKED = "a symbolic link to a folder, which is not followed; name the folder itself"


class _FoundFile(NamedTuple):
    """A file, spelled as the user's input leads to it, and the directory that the input searched.

    `fault` says why it cannot be read, for a reject with `fault_code`; it may then be a folder.
    """

    path: Path
    root: Path
    fault: str = ""
    fault_code: str = "unreadable-file"

    @property
    def relative(self) -> str:
        return self.path.relative_to(self.root).as_posix()


def input_files(
    inputs: Sequence[str],
    column: str = "",
    license: str = "",
    limits: Limits | None = None,
) -> list[SourceFile]:
    """Find the files of each input.

    A file's path is relative to the directory that was named, or to the part of a glob before its first
    wildcard. Files of several inputs that would have the same path keep it as the user spelled it. What an
    editor or the system has left is a reject, unless it is named itself. `column` is the column of tunes in
    tables, and `license` the license that the user states.

    Raises:
        UsageError: an input names no file, or cannot be read.
    """
    found = list(_drop_repeated(file for text in inputs for file in _find_input(text)))
    shares = Counter(file.relative for file in found)
    files = (
        SourceFile(
            source=INPUT,
            path=file.relative if shares[file.relative] == 1 else file.path.as_posix(),
            license=license or UNKNOWN_LICENSE.name,
            location=str(file.path.absolute()),
            fault=file.fault,
            fault_code=file.fault_code,
            column=column,
        )
        for file in found
    )
    return [each for file in files for each in tune_files_in(file, limits)]


def tune_files_in(
    file: SourceFile, limits: Limits | None = None, open_: Opener = open_local
) -> list[SourceFile]:
    """The files in an archive that may hold tunes, and what is wrong with it; any other file is returned."""
    kind = archive_kind(file.location)
    if file.fault or kind is None:
        return [file]
    try:
        with open_(file.location) as stream:
            members = list_members(stream, kind, limits or Limits())
    except OSError as error:
        return [replace(file, fault=_unreadable(error))]
    if not members:
        nothing = "the archive holds no file that may hold tunes"
        return [replace(file, fault=nothing, fault_code="damaged-archive")]
    return [
        replace(
            file,
            path=f"{file.path}/{PurePosixPath(member.name)}" if member.name else file.path,
            member=member.name,
            fault=member.fault.message if member.fault else "",
            fault_code=member.fault.code if member.fault else file.fault_code,
            copies=member.copies,
        )
        for member in members
    ]


def _find_input(text: str) -> list[_FoundFile]:
    try:
        return list(_files_of(text))
    except OSError as error:
        raise UsageError(f"input {text!r}: it cannot be read: {error.strerror}") from error


def _files_of(text: str) -> Iterator[_FoundFile]:
    path = Path(text)
    if text and path.is_dir():
        yield from _sorted(_in_folder(path), f"input {text!r}: no file of tunes in there")
    elif path.is_file():
        yield _FoundFile(path, path.parent)
    elif has_magic(text):
        root = _root(path)
        matches = _matches(root, path.relative_to(root))
        yield from _sorted(matches, f"input {text!r}: the pattern matches no file")
    else:
        link = "a symbolic link that leads to no file" if path.is_symlink() else ""
        raise UsageError(f"input {text!r}: {link or 'no such file or directory'}")


def _in_folder(folder: Path) -> Iterator[_FoundFile]:
    """Links to files are followed, links to folders are not: they may form a loop."""
    faults: list[OSError] = []
    for root, folders, names in os.walk(folder, onerror=faults.append):
        within = Path(root).relative_to(folder)
        folders[:] = [name for name in folders if name not in _REPOSITORIES]
        found = (within / name for name in names if may_hold_tunes(name))
        yield from (_found_file(path, folder) for path in found)
        inner = (Path(root, name) for name in folders)
        yield from (_FoundFile(path, folder, _LINKED) for path in inner if _is_link(path))
    for error in faults:
        if Path(error.filename) == folder:
            raise error
        yield _FoundFile(Path(error.filename), folder, _unreadable(error))


def _found_file(relative: Path, root: Path) -> _FoundFile:
    path = root / relative
    if is_system_file(relative.as_posix()):
        return _FoundFile(path, root, SYSTEM_FILE.message, SYSTEM_FILE.code)
    return _FoundFile(path, root, _path_fault(path))


def _matches(root: Path, pattern: Path) -> Iterator[_FoundFile]:
    try:
        if any(
            "**" in part and part != "**" for part in pattern.parts
        ):  # Python 3.13 reads it as `*`
            raise ValueError("Invalid pattern: '**' can only be an entire path component")
        paths = list(root.glob(str(pattern)))
    except ValueError as error:
        raise UsageError(f"input {str(pattern)!r}: {error}") from error
    found = (_found_file(path.relative_to(root), root) for path in paths)
    yield from (file for file in found if file.fault or file.path.is_file())
    for folder in _scanned(root, pattern):
        try:
            os.scandir(folder).close()
        except OSError as error:  # glob skips these silently
            yield _FoundFile(folder, root, _unreadable(error))


def _scanned(root: Path, pattern: Path) -> set[Path]:
    """The folders that a glob searches."""
    before = [Path(*pattern.parts[:at]) for at in range(len(pattern.parts))]
    found = (path for each in before for path in (root.glob(str(each)) if each.parts else [root]))
    return {path for path in found if path.is_dir()}


def _path_fault(path: Path) -> str:
    """Why a path cannot be read, as far as looking it up tells; empty for a folder."""
    try:
        mode = path.stat().st_mode
    except OSError as error:
        nowhere = error.errno in (errno.ENOENT, errno.ELOOP)  # the name was found, so it is a link
        return "a symbolic link that leads to no file" if nowhere else _unreadable(error)
    return "" if stat.S_ISREG(mode) or stat.S_ISDIR(mode) else "a pipe or a device, and no file"


def _is_link(path: Path) -> bool:
    try:
        return path.is_symlink()
    except OSError:  # reported when the folder is listed
        return False


def _unreadable(error: OSError) -> str:
    return f"it cannot be read: {error.strerror}"


def _sorted(found: Iterable[_FoundFile], else_error: str) -> list[_FoundFile]:
    files = sorted(found)
    if not files:
        raise UsageError(else_error)
    return files


def _root(pattern: Path) -> Path:
    """The directory above the first wildcard of a glob."""
    return Path(*takewhile(lambda part: not has_magic(part), pattern.parts))


def _drop_repeated(files: Iterable[_FoundFile]) -> Iterator[_FoundFile]:
    """Drop files that an earlier input found already, through any link or spelling."""
    seen: set[str] = set()
    for file in files:
        real = os.path.realpath(file.path)
        if real not in seen:
            seen.add(real)
            yield file
