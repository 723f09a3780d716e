"""Paths here and in object stores, `gs://` and `s3://`, by way of Beam's own access to these."""

# mypy: allow-untyped-calls
from __future__ import annotations

import errno
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Literal

from tuneloom.grammar.errors import UsageError
from tuneloom.pipeline.storage.silence_beam import quiet_beam

__all__ = ["AnyPath", "RemotePath", "any_path", "is_remote", "set_file_options", "write"]

STORES = ("gs", "s3")
"""The schemes of stores in which a data set may be made: of the others, some cannot do what that takes."""


def is_remote(text: str) -> bool:
    """Whether a path names a file system; only then is Beam loaded to read it."""
    return "://" in text


@dataclass(frozen=True, slots=True)
class RemotePath:
    """A file or a folder of an object store.

    What a run needs of a path goes by the names of `pathlib.Path`, and raises OSError. A folder is
    there as long as a file is in it, or further down.
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
        # The console of a store makes an empty folder as a file whose name is that of the folder.
        names = dict.fromkeys(path.partition("/")[0] for path in below)
        return (self / name for name in names if name)

    def remove_tree(self) -> None:
        """Delete all files in a folder, and further down."""
        with _beam_files(self.url) as (files, _):
            files.delete([f"{self.url}/"])


AnyPath = Path | RemotePath


def any_path(text: str) -> AnyPath:
    """Where a data set may be made; raises `UsageError` for what cannot be such a place."""
    if not is_remote(text):
        return Path(text)
    scheme, _, rest = text.partition("://")
    if scheme not in STORES:
        stores = " or ".join(f"{store}://" for store in STORES)
        raise UsageError(f"{text}: a data set is made on a disk, or in a bucket of {stores}")
    if not rest.strip("/") or re.search(r"[*?\[]", rest):
        raise UsageError(f"{text}: no name of a bucket, or of a folder in one")
    return RemotePath(text.rstrip("/"))


def write(path: AnyPath, pieces: Iterable[bytes]) -> None:
    """Write a file; one in a store is uploaded as one, once all of it is there."""
    if isinstance(path, Path):
        with path.open("wb") as file:
            file.writelines(pieces)
    else:
        path.write_bytes(b"".join(pieces))


def set_file_options(arguments: Sequence[str]) -> None:
    """Take from Beam's own options how its file systems are reached, as in `--s3_endpoint_url`."""
    with quiet_beam():
        from apache_beam.io.filesystems import FileSystems
        from apache_beam.options.pipeline_options import PipelineOptions

        FileSystems.set_options(PipelineOptions(list(arguments)))


@contextmanager
def _beam_files(url: str) -> Iterator[tuple[Any, str]]:
    """Beam's access to files, and its name for "as they are"; raises OSError for all that goes wrong."""
    with quiet_beam():
        from apache_beam.io.filesystem import CompressionTypes
        from apache_beam.io.filesystems import FileSystems
    try:
        yield FileSystems, CompressionTypes.UNCOMPRESSED
    except Exception as error:  # each file system raises what its own client raises
        raise OSError(errno.EIO, str(error).partition("\n")[0], url) from error
