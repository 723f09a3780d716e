"""Sources downloaded once from a pinned commit, every file checked against its sha256."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from corpus.source import Source, SourceFile
from grammar.errors import UsageError

__all__ = ["CORPORA_VARIABLE", "PinnedSource", "corpora_folder"]

CORPORA_VARIABLE = "TUNELOOM_CORPORA"


@dataclass(frozen=True, slots=True, kw_only=True)
class PinnedSource(Source):
    """Files under one URL at one commit.

    `checksums` gives the sha256 of each file; `folder` is where the files lie below the folder of
    corpora that TUNELOOM_CORPORA names, and below the user's cache.
    """

    url: str
    folder: str
    checksums: Mapping[str, str]

    def files(self, part: str = "") -> list[SourceFile]:
        wanted = (path for path in sorted(self.checksums) if part in ("", PurePosixPath(path).stem))
        return [
            SourceFile(self.name, path, self.license, str(self._given(path) or self._fetched(path)))
            for path in wanted
        ]

    def parts(self) -> list[str]:
        return [PurePosixPath(path).stem for path in sorted(self.checksums)]

    def here(self) -> bool:
        return all(
            self._given(path) or _sha256(self._cache() / path) == checksum
            for path, checksum in self.checksums.items()
        )

    def _given(self, path: str) -> Path | None:
        """Find the user's own copy; one that differs is an error, never silently another file."""
        root = corpora_folder()
        copy = root / self.folder / path if root else None
        if copy is None or not copy.is_file():
            return None
        if _sha256(copy) != self.checksums[path]:
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
        try:
            checksum = f"sha256:{self.checksums[path]}"
            return Path(pooch.retrieve(url, checksum, fname=path, path=self._cache()))
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
