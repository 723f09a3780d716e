"""Make a directory next to its target on a disk, and move it into place once it is complete."""

from __future__ import annotations

import errno
import glob
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from tuneloom.grammar.errors import UsageError
from tuneloom.pipeline.publish.target import (
    STAGING_SUFFIX,
    Refusal,
    check_target,
    mark_complete,
    not_writable,
    refuse_all_but_data_sets,
)
from tuneloom.pipeline.storage.lock import file_lock

__all__ = ["staging_directory"]

_REPLACED_SUFFIX = ".old"


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
    with _exclusive(target):
        _clean_up(target)
        check_target(target, overwrite, refuse)
        staged = _make_staging(target)
        try:
            yield staged
            complete(staged)
            _set_default_mode(staged)
            check_target(target, overwrite, refuse)
            _swap(staged, target)
        except BaseException:
            shutil.rmtree(staged, ignore_errors=True)
            raise


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
def _exclusive(target: Path) -> Iterator[None]:
    """Keep other runs away from the same target."""
    with ExitStack() as stack:
        try:
            missing = [each for each in target.parents if not each.exists()]
            stack.callback(_remove_empty, missing)
            target.parent.mkdir(parents=True, exist_ok=True)
            stack.enter_context(file_lock(target.with_name(f".{target.name}.lock")))
        except BlockingIOError as error:
            raise UsageError(
                f"{target}: another run is writing there; wait for it, or choose another --output"
            ) from error
        except OSError as error:
            raise not_writable(target, error) from error
        yield


def _remove_empty(folders: Sequence[Path]) -> None:
    """Remove the folders that a run made and left empty, the innermost first."""
    with suppress(OSError):
        for folder in folders:
            folder.rmdir()


def _clean_up(target: Path) -> None:
    """Remove what a killed run left next to the target, and restore what it was about to replace."""
    # mkdtemp adds exactly eight characters; any more would belong to another target's name.
    for left in target.parent.glob(f".{glob.escape(target.name)}-{'?' * 8}.*"):
        if left.suffix == _REPLACED_SUFFIX and not target.exists():
            _rename(left, target)
        elif left.suffix in (_REPLACED_SUFFIX, STAGING_SUFFIX):
            shutil.rmtree(left, ignore_errors=True)


def _make_staging(target: Path) -> Path:
    try:
        return Path(tempfile.mkdtemp(STAGING_SUFFIX, f".{target.name}-", target.parent))
    except OSError as error:
        raise not_writable(target, error) from error


def _set_default_mode(directory: Path) -> None:
    """Give a directory made by mkdtemp, which only its owner can read, the mode of a new directory."""
    os.umask(umask := os.umask(0))
    directory.chmod(0o777 & ~umask)


def _swap(staged: Path, target: Path) -> None:
    if not target.exists():
        _rename(staged, target)
        return
    old = Path(tempfile.mkdtemp(_REPLACED_SUFFIX, f".{target.name}-", target.parent))
    _rename(target, old)
    try:
        _rename(staged, target)
    except BaseException:
        _rename(old, target)
        raise
    shutil.rmtree(old)


def _rename(source: Path, target: Path) -> None:
    try:
        source.rename(target)
    except OSError as error:
        raise UsageError(f"{target}: cannot be replaced ({error.strerror})") from error
