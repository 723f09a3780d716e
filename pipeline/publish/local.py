"""Make a directory next to its target on a disk, and move it into place once it is complete."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from tuneloom.grammar.errors import UsageError
from tuneloom.pipeline.publish.target import (
    Refusal,
    check_target,
    mark_complete,
    not_writable,
    refuse_all_but_data_sets,
)
from tuneloom.pipeline.storage.own_folder import own_folder

__all__ = ["staging_directory"]

_STAGED, _REPLACED = "new", "old"  # in the folder beside the target


@contextmanager
def staging_directory(
    target: Path,
    overwrite: bool,
    complete: Callable[[Path], None] = mark_complete,
    refuse: Refusal = refuse_all_but_data_sets,
) -> Iterator[Path]:
    """Give a directory to fill; if the block succeeds, `complete` it and move it to `target`.

    If the block raises, the directory is removed and the target is unchanged. With `overwrite`, what is
    there and not refused is kept until the new directory is complete. Leftovers of a run that was killed
    are cleaned up first.

    Raises:
        UsageError: the target cannot be written, or another run is writing to it.
    """
    check_target(target, overwrite, refuse)
    # If the target is a link, what it points to is replaced, and not the link.
    target = _resolve(target)
    with _exclusive(target) as folder:
        check_target(target, overwrite, refuse)
        staged = folder / _STAGED
        staged.mkdir()
        yield staged
        complete(staged)
        check_target(target, overwrite, refuse)
        _swap(folder, target)


def _resolve(target: Path) -> Path:
    try:
        resolved = target.resolve()
        with suppress(FileNotFoundError):
            resolved.stat()  # from Python 3.13 on, to resolve a loop is no error
    except (OSError, RuntimeError) as error:  # before Python 3.13, a loop is a RuntimeError
        if isinstance(error, OSError) and error.errno != errno.ELOOP:
            raise not_writable(target, error) from error
        raise UsageError(
            f"{target}: cannot be written (symbolic links form a loop); choose another --output"
        ) from error
    return resolved


@contextmanager
def _exclusive(target: Path) -> Iterator[Path]:
    """A folder beside the target, while other runs are kept away from it."""
    with ExitStack() as stack:
        try:
            missing = [each for each in target.parents if not each.exists()]
            stack.callback(_remove_empty, missing)
            target.parent.mkdir(parents=True, exist_ok=True)
            folder = stack.enter_context(
                own_folder(target, lambda left: _restore(left, target), alone=True)
            )
        except BlockingIOError as error:
            raise UsageError(
                f"{target}: another run is writing there; wait for it, or choose another --output"
            ) from error
        except OSError as error:
            raise not_writable(target, error) from error
        yield folder


def _remove_empty(folders: Sequence[Path]) -> None:
    """Remove the folders that a run made and left empty, the innermost first."""
    with suppress(OSError):
        for folder in folders:
            folder.rmdir()


def _restore(left: Path, target: Path) -> None:
    """Put back what a killed run was about to replace."""
    if (left / _REPLACED).is_dir() and not target.exists():
        _rename(left / _REPLACED, target)


def _swap(folder: Path, target: Path) -> None:
    replaced = folder / _REPLACED
    if target.exists():
        _rename(target, replaced)
    try:
        _rename(folder / _STAGED, target)
    except BaseException:
        _restore(folder, target)
        raise
    if (
        replaced.exists()
    ):  # under this name, a part of it would be put back once the new one is gone
        replaced.rename(folder / "replaced")


def _rename(source: Path, target: Path) -> None:
    try:
        source.rename(target)
    except OSError as error:
        raise UsageError(f"{target}: cannot be replaced ({error.strerror})") from error
