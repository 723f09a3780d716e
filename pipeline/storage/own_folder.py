"""A folder of our own beside a file or directory that is being made, known by the mark in it.

A process that is killed leaves its folder. The next one for the same target finds the mark, and that nobody
holds it, and clears the folder away. Nothing without the mark is ever touched, whatever its name.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from itertools import count
from pathlib import Path

from tuneloom.pipeline.storage.lock import file_lock

__all__ = ["own_folder", "remove_leftovers"]

_MARK = ".made-by-tuneloom"
_SUFFIX = ".partial"


@contextmanager
def own_folder(
    target: Path, rescue: Callable[[Path], None] | None = None, *, alone: bool = False
) -> Iterator[Path]:
    """Give an empty folder beside `target` for the block; it is removed afterwards.

    `rescue` is called with a folder that a killed process left, before that is cleared. Where another
    process has a folder for the same target, this one gets a folder of another name, unless it wants to be
    `alone`.

    Raises:
        BlockingIOError: another process is making the target, and this one wants to be alone.
        OSError: the folder cannot be made.
    """
    with ExitStack() as stack:
        for number in count(1):
            infix = "" if number == 1 else f".{number}"
            folder = target.with_name(f".{target.name}{infix}{_SUFFIX}")
            try:
                if _take(folder, stack, rescue):
                    break
            except BlockingIOError:
                if alone:
                    raise
        try:
            yield folder
        finally:
            _clear(folder)
            _remove_marked(folder)


def remove_leftovers(parent: Path) -> None:
    """Remove the folders that killed processes left in a directory."""
    for folder in parent.glob(f".*{_SUFFIX}"):
        with suppress(OSError), ExitStack() as stack:
            if not folder.is_symlink() and (folder / _MARK).is_file() and _take(folder, stack):
                _remove_marked(folder)


def _take(folder: Path, stack: ExitStack, rescue: Callable[[Path], None] | None = None) -> bool:
    """Make a folder ours until the stack is closed, and empty it; False if it is somebody else's."""
    while True:
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
        mark = folder / _MARK
        try:
            if folder.is_symlink() or not (mark.is_file() or _is_empty(folder)):
                return False
            with ExitStack() as attempt:
                attempt.enter_context(file_lock(mark))
                if mark.is_file():
                    if rescue is not None:
                        rescue(folder)
                    _clear(folder)
                    stack.push(attempt.pop_all())
                    return True
        except NotADirectoryError:
            return False
        except FileNotFoundError:
            continue  # another process has just removed it


def _is_empty(folder: Path) -> bool:
    return next(folder.iterdir(), None) is None


def _clear(folder: Path) -> None:
    """Remove everything but the mark, without which the rest would not be known as ours."""
    for path in folder.iterdir():
        if path.name == _MARK:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _remove_marked(folder: Path) -> None:
    with suppress(OSError):
        (folder / _MARK).unlink(missing_ok=True)
        folder.rmdir()
