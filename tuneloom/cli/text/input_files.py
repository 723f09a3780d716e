"""The input of a command: files, globs, the .abc files of directories, or standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from tuneloom.grammar.errors import UsageError
from tuneloom.grammar.source.book import Book, read_book

__all__ = ["STANDARD_INPUT", "InputTunebook", "find_files"]

STANDARD_INPUT = "-"
SUFFIX = ".abc"
_BEGINNING = 1 << 12
_MAGIC = frozenset("*?[")


class InputTunebook(Struct, frozen=True):
    """A file, with the name that messages use; `path` is None for standard input and for `text`."""

    name: str
    path: Path | None
    text: bytes | None = None
    """The tunebook itself, where it is in no file."""

    def is_tunebook(self) -> bool:
        """Whether the file is a plain tunebook: no table, not packed, and without marks between its tunes."""
        if self.path is None:
            return True
        from tuneloom.corpus.files.forms import is_plain_tunebook

        try:
            with self.path.open("rb") as file:
                beginning = file.read(_BEGINNING)
        except OSError:  # told when it is read
            return True
        if not is_plain_tunebook(self.name, beginning):
            return False
        return self.path.suffix.lower() == SUFFIX or _is_plain_text(self.path)

    def read(self) -> bytes:
        """The bytes of the file.

        Raises:
            UsageError: it cannot be read, or is not text.
        """
        data = self._bytes() if self.text is None else self.text
        from tuneloom.corpus.files.contents import file_fault

        if fault := file_fault(data):
            raise UsageError(f"{self.name}: {fault[1]}")
        return data

    def _bytes(self) -> bytes:
        try:
            return self.path.read_bytes() if self.path else sys.stdin.buffer.read()
        except OSError as error:
            raise UsageError(f"{self.name}: cannot be read: {error.strerror}") from error

    def book(self) -> tuple[bytes, Book]:
        """The bytes and the tunes in them.

        Raises:
            UsageError: as for `read`, or there is no tune.
        """
        if not self.is_tunebook():
            raise UsageError(f"{self.name}: no plain tunebook, but a table, an archive or the like")
        data = self.read()
        book = read_book(data)
        if not book.tunes:
            where = "file" if self.text is None else "text, which is not taken for a path"
            raise UsageError(
                f"{self.name}: no tune in this {where}; a tune begins with X: and has a key, K:"
            )
        return data, book


def _is_plain_text(path: Path) -> bool:
    """Whether a text has neither tokens nor marks of language models."""
    from tuneloom.corpus.reading.model_texts import plain_passages
    from tuneloom.corpus.reading.passages import Passage

    try:
        text = Passage(path.read_bytes())
    except OSError:
        return True
    return list(plain_passages(text)) == [text]


def find_files(names: Sequence[str]) -> list[InputTunebook]:
    """The files named, those that globs match, the .abc files of directories, and standard input for `-`.

    What [tool.tuneloom] excludes and what Git ignores is left out of directories.

    Raises:
        UsageError: a name is empty, a directory cannot be read or holds no .abc file, a glob matches nothing,
            or `exclude` has a wrong value. (A missing file is reported when it is read.)
    """
    return [file for name in names for file in _files_named(name)]


def _files_named(name: str) -> Iterator[InputTunebook]:
    if not name:  # which Path takes for the working directory
        raise UsageError("the name of an input is empty; the working directory is `.`")
    path = Path(name)
    if name == STANDARD_INPUT:
        yield InputTunebook("<stdin>", None)
    elif path.is_dir():
        yield from _files_in(path)
    elif _has_magic(name) and not path.exists():
        yield from _files_matching(name)
    else:
        yield InputTunebook(name, path)


def _files_in(folder: Path) -> Iterator[InputTunebook]:
    from tuneloom.cli.text.ignored_files import files_below

    found = sorted(files_below(folder, SUFFIX))
    if not found:
        raise UsageError(f"{folder}: no .abc file in this directory")
    yield from (InputTunebook(str(path), path) for path in found)


def _has_magic(name: str) -> bool:
    return not _MAGIC.isdisjoint(name)


def _files_matching(pattern: str) -> Iterator[InputTunebook]:
    """What a glob matches, for shells that leave globs alone; `**` matches any number of directories."""
    from glob import glob

    found = sorted(map(Path, glob(pattern, recursive=True)))  # noqa: PTH207 - takes absolute patterns too
    if not found:
        raise UsageError(f"{pattern}: the pattern matches no file")
    for path in found:
        yield from _files_in(path) if path.is_dir() else [InputTunebook(str(path), path)]
