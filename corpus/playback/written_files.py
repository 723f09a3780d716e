"""Files made of tunes: the mark by which those that Tuneloom wrote are known, and what may be replaced."""

from __future__ import annotations

from pathlib import Path

from tuneloom.grammar.errors import UsageError

__all__ = ["MARK", "UnwritableTune", "bears_mark", "check_free", "is_marked_file"]

MARK = "Written by Tuneloom"
_BEGINNING = 4096  # bytes; every format has the mark in its head


class UnwritableTune(Exception):
    """A tune cannot be written in some form; the message says why."""


def bears_mark(beginning: bytes, mark: str = MARK) -> bool:
    """Whether a file that begins with these bytes, of which 4,096 are enough, was written by Tuneloom."""
    return mark.encode() in beginning[:_BEGINNING]


def is_marked_file(path: Path, mark: str = MARK) -> bool:
    """Whether there is a file that bears the mark; what is no file bears none."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return bears_mark(file.read(_BEGINNING), mark)


def check_free(path: Path, overwrite: bool, mark: str = MARK) -> None:
    """Check that nothing is at a path, or, to `overwrite` it, a file of its own that bears the mark.

    Raises:
        UsageError: something else is.
    """
    if not path.exists() and not path.is_symlink():
        return
    if not overwrite:
        raise UsageError(
            f"{path}: already exists; use --overwrite to replace it, or another --output"
        )
    if path.is_symlink() or not is_marked_file(path, mark):
        raise UsageError(
            f"{path}: not written by Tuneloom, so --overwrite will not replace it; "
            "choose another --output"
        )
