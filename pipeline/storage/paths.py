"""Local paths, and paths in object stores (`gs://`, `s3://`) through Beam's file systems."""

# mypy: allow-untyped-calls
from __future__ import annotations

import errno
import re
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Literal

from tuneloom.grammar.errors import UsageError
from tuneloom.pipeline.storage.silence_beam import silence_beam

__all__ = [
    "STORES",
    "AnyPath",
    "RemotePath",
    "any_path",
    "is_remote",
    "set_file_options",
    "write_atomically",
]

STORES = ("gs", "s3")
"""The schemes of object stores that a data set can be written to; not every store can do what that takes."""


def is_remote(text: str) -> bool:
    """Whether a path names a file system. Beam is loaded only for those."""
    return "://" in text


@dataclass(frozen=True, slots=True)
class RemotePath:
    """A file or folder in an object store.

    It has the methods of `pathlib.Path` that a run needs, and they raise OSError. A folder exists as long
    as there is a file in it, at any depth.
    """

    url: str

    def __str__(self) -> str:
        return self.url

    def __truediv__(self, name: str) -> RemotePath:
        return RemotePath(f"{self.url}/{name}")

    @property
    def name(self) -> str:
        return self.url.rpartition("/")[2]

    @property
    def parent(self) -> RemotePath:
        return RemotePath(self.url.rpartition("/")[0])

    def with_name(self, name: str) -> RemotePath:
        return self.parent / name

    def open(self, mode: Literal["rb"]) -> BinaryIO:
        del mode
        with _beam_files(self.url) as (files, plain):
            stream: BinaryIO = files.open(self.url, compression_type=plain)
            return stream

    def read_bytes(self) -> bytes:
        with _beam_files(self.url), self.open("rb") as file:
            return file.read()

    def write_bytes(self, data: bytes) -> None:
        with (
            _beam_files(self.url) as (files, plain),
            files.create(self.url, compression_type=plain) as file,
        ):
            file.write(data)

    def write_text(self, text: str) -> None:
        self.write_bytes(text.encode())

    def replace(self, target: RemotePath) -> None:
        with _beam_files(self.url) as (files, _):
            files.rename([self.url], [target.url])

    def unlink(self, missing_ok: bool = False) -> None:
        with _beam_files(self.url) as (files, _):
            if not missing_ok or files.exists(self.url):
                files.delete([self.url])

    def mkdir(self) -> None:
        (self / ".folder").write_text("is there as long as a file is in it\n")

    def is_dir(self) -> bool:
        return any(True for _ in self.iterdir())

    def iterdir(self) -> Iterator[RemotePath]:
        """The files and folders in a folder."""
        start = f"{self.url}/"
        with _beam_files(self.url) as (files, _):
            [found] = files.match([f"{start}**"])
            below = [file.path.removeprefix(start) for file in found.metadata_list]
        # The web consoles of stores represent an empty folder by a file of the folder's name.
        names = dict.fromkeys(path.partition("/")[0] for path in below)
        return (self / name for name in names if name)

    def remove_tree(self) -> None:
        """Delete all files in a folder, at any depth."""
        with _beam_files(self.url) as (files, _):
            files.delete([f"{self.url}/"])


AnyPath = Path | RemotePath


def any_path(text: str) -> AnyPath:
    """The path of a data set to be written. Raises UsageError for one that is not supported."""
    if not is_remote(text):
        return Path(text)
    scheme, _, rest = text.partition("://")
    if scheme not in STORES:
        stores = " or ".join(f"{store}://" for store in STORES)
        raise UsageError(f"{text}: a data set is written to a disk, or to a bucket of {stores}")
    if not rest.strip("/") or re.search(r"[*?\[]", rest):
        raise UsageError(f"{text}: not the name of a bucket, or of a folder in one")
    return RemotePath(text.rstrip("/"))


def _write(path: AnyPath, pieces: Iterable[bytes]) -> None:
    """Write a file; in a store, it is uploaded in one request."""
    if isinstance(path, Path):
        with path.open("wb") as file:
            file.writelines(pieces)
    else:
        path.write_bytes(b"".join(pieces))


def write_atomically(path: AnyPath, pieces: Iterable[bytes]) -> None:
    """Write a file under a temporary name, then rename it, so that a retried bundle does no harm."""
    temporary = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    try:
        _write(temporary, pieces)
        temporary.replace(path)  # type: ignore[arg-type]
    except BaseException:
        with suppress(OSError):  # the first error is the one to report
            temporary.unlink(missing_ok=True)
        raise


def set_file_options(arguments: Sequence[str]) -> None:
    """Apply Beam's options for its file systems, such as `--s3_endpoint_url`."""
    with silence_beam():
        from apache_beam.io.filesystems import FileSystems
        from apache_beam.options.pipeline_options import PipelineOptions

        FileSystems.set_options(PipelineOptions(list(arguments)))


@contextmanager
def _beam_files(url: str) -> Iterator[tuple[Any, str]]:
    """Beam's file systems, and its constant for "not compressed". Every error becomes an OSError."""
    with silence_beam():
        from apache_beam.io.filesystem import CompressionTypes
        from apache_beam.io.filesystems import FileSystems
    try:
        yield FileSystems, CompressionTypes.UNCOMPRESSED
    except Exception as error:  # each file system raises the exceptions of its own client
        raise OSError(errno.EIO, str(error).partition("\n")[0], url) from error
