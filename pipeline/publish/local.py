"""Where a data set goes: it is made beside its target and takes its place whole, or not at all."""

from __future__ import annotations

import glob
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from tuneloom.grammar.errors import UsageError
from tuneloom.pipeline.dataset.files import COMPLETED, MANIFEST, VOUCHED, is_ours
from tuneloom.pipeline.storage.lock import alone
from tuneloom.pipeline.storage.paths import AnyPath, RemotePath

__all__ = ["STAGED", "check_target", "mark_complete", "not_writable", "replacing"]

STAGED, _REPLACED = ".partial", ".old"


def check_target(target: AnyPath, overwrite: bool) -> None:
    """Raise `UsageError` unless a data set may be put at `target`."""
    try:
        entries = _entries(target)
    except OSError as error:
        raise not_writable(target, error) from error
    if entries is None:
        return
    if not overwrite:
        raise UsageError(f"{target}: exists; give --overwrite to replace it, or another --output")
    if not entries:
        return
    if not _holds_manifest(target):
        raise UsageError(
            f"{target}: not a data set, so --overwrite leaves it alone; choose another --output"
        )
    strangers = [name for name in entries if not is_ours(name)]
    if strangers:
        raise UsageError(
            f"{target}: holds {strangers[0]!r}, which is no part of a data set; "
            "move it away, or choose another --output"
        )


@contextmanager
def replacing(target: Path, overwrite: bool) -> Iterator[Path]:
    """Give a directory to fill; when the block ends well, it is marked complete and moved.

    When the block ends with an exception, the directory is removed and the target is as it was.
    What `overwrite` replaces stays until the new data set is whole. What a run that was killed left
    behind is put right first. Raises `UsageError` where nothing can be written, or where another
    run is writing.
    """
    check_target(target, overwrite)
    # A link stays a link, and what it points to is replaced.
    target = _resolved(target)
    with _alone(target):
        _tidy(target)
        check_target(target, overwrite)
        staged = _make_staging(target)
        try:
            yield staged
            mark_complete(staged)
            _open_up(staged)
            check_target(target, overwrite)
            _swap(staged, target)
        except BaseException:
            shutil.rmtree(staged, ignore_errors=True)
            raise


def _resolved(target: Path) -> Path:
    try:
        return target.resolve()
    except OSError as error:
        raise not_writable(target, error) from error
    except RuntimeError as error:  # before Python 3.13, a loop is no OSError
        raise UsageError(
            f"{target}: cannot be written (symbolic links lead round in a circle); "
            "choose another --output"
        ) from error


@contextmanager
def _alone(target: Path) -> Iterator[None]:
    """Keep other runs from the same target."""
    with ExitStack() as stack:
        try:
            missing = [each for each in target.parents if not each.exists()]
            stack.callback(_remove_empty, missing)
            target.parent.mkdir(parents=True, exist_ok=True)
            stack.enter_context(alone(target.with_name(f".{target.name}.lock")))
        except BlockingIOError as error:
            raise UsageError(
                f"{target}: another run is writing there; wait for it, or choose another --output"
            ) from error
        except OSError as error:
            raise not_writable(target, error) from error
        yield


def _remove_empty(folders: Sequence[Path]) -> None:
    """Take away folders that a run made and left nothing in, the innermost first."""
    with suppress(OSError):
        for folder in folders:
            folder.rmdir()


def _tidy(target: Path) -> None:
    """Remove what a killed run left beside the target, and bring back what it was about to replace."""
    # What mkdtemp adds has eight characters; with more it would be the name of another target.
    for left in target.parent.glob(f".{glob.escape(target.name)}-{'?' * 8}.*"):
        if left.suffix == _REPLACED and not target.exists():
            _rename(left, target)
        elif left.suffix in (_REPLACED, STAGED):
            shutil.rmtree(left, ignore_errors=True)


def _entries(target: AnyPath) -> list[str] | None:
    """What is in the directory at the target, by name; None if there is none."""
    if isinstance(target, RemotePath):
        # Of runs that were killed, or are still at work.
        names = (path.name for path in target.iterdir())
        return sorted(name for name in names if not name.endswith(STAGED)) or None
    if not os.path.lexists(target):
        return None
    if not target.is_dir():
        raise UsageError(f"{target}: a file of that name exists; choose another --output")
    return sorted(path.name for path in target.iterdir())


def _holds_manifest(directory: AnyPath) -> bool:
    """Whether a data set of any schema version stands here, even one without its COMPLETED."""
    try:
        return "schema_version" in json.loads((directory / MANIFEST).read_bytes())
    except (OSError, ValueError, TypeError):
        return False


def _make_staging(target: Path) -> Path:
    try:
        return Path(tempfile.mkdtemp(STAGED, f".{target.name}-", target.parent))
    except OSError as error:
        raise not_writable(target, error) from error


def not_writable(target: AnyPath, error: OSError) -> UsageError:
    return UsageError(
        f"{target}: cannot be written ({error.strerror}: {error.filename}); choose another --output"
    )


def mark_complete(directory: AnyPath) -> None:
    """Write COMPLETED, in the form of `sha256sum`, which can check it."""
    files = [file for file in directory.iterdir() if file.name in VOUCHED]
    files.sort(key=lambda file: VOUCHED.index(file.name))
    sums = (f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in files)
    (directory / COMPLETED).write_text("".join(sums))


def _open_up(directory: Path) -> None:
    """mkdtemp gives the owner alone access; a data set is as open as any other new directory."""
    os.umask(umask := os.umask(0))
    directory.chmod(0o777 & ~umask)


def _swap(staged: Path, target: Path) -> None:
    if not target.exists():
        _rename(staged, target)
        return
    old = Path(tempfile.mkdtemp(_REPLACED, f".{target.name}-", target.parent))
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
