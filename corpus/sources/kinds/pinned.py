"""Sources downloaded once from a pinned commit, every file checked against its sha256."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol
from urllib.parse import urlsplit

from tuneloom.corpus.source import Source, SourceFile
from tuneloom.grammar.errors import UsageError

__all__ = ["CORPORA_VARIABLE", "PinnedSource", "ProgressBar", "corpora_folder", "show_downloads"]

CORPORA_VARIABLE = "TUNELOOM_CORPORA"
_RETRIES = 2
TIMEOUT = (10.0, 30.0)
"""Seconds to wait for a connection, and for the next bytes of a server that stalls."""


class ProgressBar(Protocol):
    """What shows how far a download has come: rich's bars and tqdm's can be made into one."""

    total: int

    def update(self, amount: int) -> None: ...
    def reset(self) -> None: ...
    def close(self) -> None: ...


_bar: ContextVar[ProgressBar | bool] = ContextVar("bar", default=False)


@contextmanager
def show_downloads(bar: ProgressBar) -> Iterator[None]:
    """Let a bar show whatever is downloaded in the block."""
    token = _bar.set(bar)
    try:
        yield
    finally:
        _bar.reset(token)


@dataclass(frozen=True, slots=True, kw_only=True)
class PinnedSource(Source):
    """Files under one URL, at one commit where there is one.

    `checksums` gives the sha256 of each file, empty for one that is published anew under its name,
    and `bytes` the size of all; `folder` is where the files lie below the folder of corpora that
    TUNELOOM_CORPORA names, and below the user's cache.
    """

    url: str
    folder: str
    checksums: Mapping[str, str]
    bytes: int | None
    format: str = "abc"

    def files(self, part: str = "") -> list[SourceFile]:
        wanted = (path for path in sorted(self.checksums) if part in ("", PurePosixPath(path).stem))
        return [
            SourceFile(
                source=self.name,
                path=path,
                license=self.license,
                location=str(self._given(path) or self._fetched(path)),
                format=self.format,
            )
            for path in wanted
        ]

    def parts(self) -> list[str]:
        return [PurePosixPath(path).stem for path in sorted(self.checksums)]

    def size(self) -> int | None:
        return self.bytes

    def here(self) -> bool:
        return all(
            self._given(path) or self._is_right(self._cache() / path, path)
            for path in self.checksums
        )

    def _is_right(self, copy: Path, path: str) -> bool:
        """Whether a file is there and is the pinned one; without a pin, any will do."""
        found = _sha256(copy)
        return bool(found) and self.checksums[path] in ("", found)

    def _given(self, path: str) -> Path | None:
        """Find the user's own copy; one that differs is an error, never silently another file."""
        root = corpora_folder()
        copy = root / self.folder / path if root else None
        if copy is None or not copy.is_file():
            return None
        if not self._is_right(copy, path):
            raise UsageError(
                f"{copy} is not the pinned file of source {self.name}: its sha256 differs; "
                f"replace it, or unset {CORPORA_VARIABLE} to download the right one"
            )
        return copy

    def _fetched(self, path: str) -> Path:
        """Download a file into the cache, unless it is there already."""
        import pooch

        url = f"{self.url}/{path}"
        pooch.get_logger().setLevel("WARNING")
        checksum = self.checksums[path]
        cache = pooch.create(
            path=self._cache(),
            base_url=f"{self.url}/",
            registry={path: f"sha256:{checksum}" if checksum else None},
            retry_if_failed=_RETRIES,
        )
        download = pooch.HTTPDownloader(progressbar=_bar.get(), timeout=TIMEOUT)
        try:
            return Path(cache.fetch(path, downloader=download))
        except OSError as error:  # no network, no such page, no room on the disk
            reason = error.strerror or type(error).__name__
            raise UsageError(
                f"source {self.name}: cannot download {path} from {urlsplit(url).hostname} to "
                f"{self._cache()} ({reason}); connect to the network, or put a copy of the file at "
                f"{self.folder}/{path} in a folder and name that folder in {CORPORA_VARIABLE}"
            ) from error
        except ValueError as error:
            raise UsageError(
                f"source {self.name}: {url} no longer serves the pinned file: its sha256 differs"
            ) from error

    def _cache(self) -> Path:
        import pooch

        return Path(pooch.os_cache("tuneloom"), self.folder)


def corpora_folder() -> Path | None:
    """Return the folder that TUNELOOM_CORPORA names, or None where it is unset or empty.

    Raises UsageError if it names something that is not a folder.
    """
    named = os.environ.get(CORPORA_VARIABLE)
    if not named:
        return None
    if not Path(named).is_dir():
        raise UsageError(f"{CORPORA_VARIABLE} names {named}, which is not a folder")
    return Path(named)


def _sha256(path: Path) -> str:
    """Hash a file; a file that is not there has no hash."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
