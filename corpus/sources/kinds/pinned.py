"""Sources that are downloaded once, from a pinned commit, and checked against a SHA-256 for each file."""

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

from tuneloom.corpus.source import FileFormat, Source, SourceFile
from tuneloom.grammar.errors import UsageError

__all__ = [
    "CORPORA_VARIABLE",
    "TIMEOUT",
    "DownloadProgress",
    "PinnedSource",
    "corpora_folder",
    "show_downloads",
]

CORPORA_VARIABLE = "TUNELOOM_CORPORA"
_RETRIES = 2
TIMEOUT = (10.0, 30.0)
"""Seconds to wait for a connection, and for more data from a server that stalls."""


class DownloadProgress(Protocol):
    """Shows the progress of a download; bars of rich and of tqdm can be adapted to it."""

    total: int

    def update(self, amount: int) -> None: ...
    def reset(self) -> None: ...
    def close(self) -> None: ...


_progress: ContextVar[DownloadProgress | bool] = ContextVar("progress", default=False)


@contextmanager
def show_downloads(progress: DownloadProgress) -> Iterator[None]:
    """Show the progress of all downloads in the block."""
    token = _progress.set(progress)
    try:
        yield
    finally:
        _progress.reset(token)


@dataclass(frozen=True, slots=True, kw_only=True)
class PinnedSource(Source):
    """Files under one URL, at one commit where there is one.

    `checksums` has the SHA-256 of each file, or an empty string if the file changes over time. `bytes` is
    the total size. `folder` is the path of the files, relative to the folder that TUNELOOM_CORPORA names
    and to the user's cache.
    """

    url: str
    folder: str
    checksums: Mapping[str, str]
    bytes: int | None
    format: FileFormat = "abc"

    def files(self, part: str = "") -> list[SourceFile]:
        wanted = (path for path in sorted(self.checksums) if part in ("", PurePosixPath(path).stem))
        return [
            SourceFile(
                source=self.name,
                path=path,
                license=self.license.name,
                location=str(self._own_copy(path) or self._download(path)),
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
            self._own_copy(path) or self._matches(self._cache() / path, path)
            for path in self.checksums
        )

    def _matches(self, copy: Path, path: str) -> bool:
        """Whether a file is there and has the pinned checksum, if there is one."""
        found = _file_sha256(copy)
        return bool(found) and self.checksums[path] in ("", found)

    def _own_copy(self, path: str) -> Path | None:
        """Find the user's own copy of a file; one that differs is an error."""
        root = corpora_folder()
        copy = root / self.folder / path if root else None
        if copy is None or not copy.is_file():
            return None
        if not self._matches(copy, path):
            raise UsageError(
                f"{copy} is not the pinned file of source {self.name}: its sha256 differs; "
                f"replace it, or unset {CORPORA_VARIABLE} to download the right one"
            )
        return copy

    def _download(self, path: str) -> Path:
        """Download a file to the cache, unless it is there already."""
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
        download = pooch.HTTPDownloader(progressbar=_progress.get(), timeout=TIMEOUT)
        try:
            return Path(cache.fetch(path, downloader=download))
        except OSError as error:  # no network, no such page, or the disk is full
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
    """The folder that TUNELOOM_CORPORA names, or None if it is unset or empty.

    Raises:
        UsageError: it names something that is not a folder.
    """
    named = os.environ.get(CORPORA_VARIABLE)
    if not named:
        return None
    if not Path(named).is_dir():
        raise UsageError(f"{CORPORA_VARIABLE} names {named}, which is not a folder")
    return Path(named)


def _file_sha256(path: Path) -> str:
    """The SHA-256 of a file, or an empty string if there is none."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
