"""Files of the user's own: a file, a directory, or a glob; and the tunebooks in an archive."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from glob import has_magic
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from corpus.archives import TUNEBOOK_SUFFIXES, Fault, members
from corpus.reading import Opener, open_local
from corpus.source import SourceFile
from grammar.errors import UsageError

__all__ = ["ARCHIVE", "INPUT", "LICENSE", "input_files", "unpacked"]

INPUT = "input"
LICENSE = "not stated"
ARCHIVE = ".zip"
SUFFIXES = (*TUNEBOOK_SUFFIXES, *(f"{suffix}.gz" for suffix in TUNEBOOK_SUFFIXES), ARCHIVE)


class _Found(NamedTuple):
    """A file, spelled as the user's input leads to it, and the directory that input searched."""

    path: Path
    root: Path

    @property
    def short(self) -> str:
        return self.path.relative_to(self.root).as_posix()


def input_files(inputs: Sequence[str]) -> list[SourceFile]:
    """Find the files that each input names; raises UsageError where one names nothing.

    A file's path is relative to the directory that was named, or to the part of a glob before its
    first wildcard. Files of several inputs that would share a path keep it as the user spelled it.
    """
    found = list(_once(file for text in inputs for file in _search(text)))
    shares = Counter(file.short for file in found)
    files = (
        SourceFile(
            source=INPUT,
            path=file.short if shares[file.short] == 1 else file.path.as_posix(),
            license=LICENSE,
            location=str(file.path.absolute()),
        )
        for file in found
    )
    return [each for file in files for each in unpacked(file)]


def unpacked(file: SourceFile, open_: Opener = open_local) -> list[SourceFile]:
    """The tunebooks in a zip archive; any other file, or an archive that cannot be read, is itself."""
    if not file.location.lower().endswith(ARCHIVE):
        return [file]
    try:
        with open_(file.location) as stream:
            names = members(stream)
    except (Fault, OSError):
        names = []
    return [replace(file, path=f"{file.path}/{name}", member=name) for name in names] or [file]


def _search(text: str) -> Iterator[_Found]:
    path = Path(text)
    if text and path.is_dir():
        yield from _files(path, _tunebooks(path), f"input {text!r}: no .abc or .txt file in there")
    elif path.is_file():
        yield _Found(path, path.parent)
    elif has_magic(text):
        root = _root(path)
        matches = _matches(root, str(path.relative_to(root)))
        yield from _files(root, matches, f"input {text!r}: the pattern matches no file")
    else:
        link = "a symbolic link that leads to no file" if path.is_symlink() else ""
        raise UsageError(f"input {text!r}: {link or 'no such file or directory'}")


def _tunebooks(folder: Path) -> Iterator[Path]:
    """Links to files are followed, those to folders are not: they may lead round in circles."""
    for root, _, names in os.walk(folder, onerror=_refuse):
        yield from (Path(root, name) for name in names if name.lower().endswith(SUFFIXES))


def _refuse(error: OSError) -> None:
    raise UsageError(f"input {error.filename!r}: the folder cannot be read: {error.strerror}")


def _matches(root: Path, pattern: str) -> list[Path]:
    try:
        return list(root.glob(pattern))
    except ValueError as error:
        raise UsageError(f"input {pattern!r}: {error}") from error


def _files(root: Path, paths: Iterable[Path], else_error: str) -> Iterator[_Found]:
    files = sorted(path for path in paths if path.is_file())
    if not files:
        raise UsageError(else_error)
    return (_Found(path, root) for path in files)


def _root(pattern: Path) -> Path:
    """Return the directory above the first wildcard of a glob."""
    return Path(*takewhile(lambda part: not has_magic(part), pattern.parts))


def _once(files: Iterable[_Found]) -> Iterator[_Found]:
    """Drop each file that an earlier input already found, through whatever link or spelling."""
    seen: set[Path] = set()
    for file in files:
        real = file.path.resolve()
        if real not in seen:
            seen.add(real)
            yield file
