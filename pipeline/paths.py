"""Paths on any file system that Beam knows: `gs://`, `s3://`, `hdfs://` and the like."""

# mypy: allow-untyped-calls
from __future__ import annotations

import errno
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Literal

from pipeline.quiet import quiet_beam

__all__ = [
    "AnyPath",
    "RemotePath",
    "any_path",
    "is_remote",
    "remove_tree",
    "set_file_options",
    "write",
]


def is_remote(text: str) -> bool:
    """Whether a path names a file system; only then is Beam loaded to read it."""
    return "://" in text


@dataclass(frozen=True, slots=True)
class RemotePath:
    """A file or a folder of an object store, or of another file system that Beam knows.

    What a run needs of a path goes by the names of `pathlib.Path`, and raises OSError. A folder is
    there as long as a file is in it.
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
            # Beam's own unpacking would take a file that was cut for a whole one.
            stream: BinaryIO = files.open(self.url, compression_type=plain)
            return stream

    def read_bytes(self) -> bytes:
        with self.open("rb") as file:
            return file.read()

    def write_text(self, text: str) -> None:
        self.write([text.encode()])

    def write(self, pieces: Iterable[bytes]) -> None:
        """Write a file; if that breaks off, what there is of it may stand there."""
        with (
            _beam_files(self.url) as (files, plain),
            files.create(self.url, compression_type=plain) as file,
        ):
            file.writelines(pieces)

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
        """The files in a folder, not those further down."""
        return iter(self._match("*"))

    def remove_tree(self) -> None:
        """Delete all files in a folder, and further down."""
        if urls := [path.url for path in self._match("**")]:
            with _beam_files(self.url) as (files, _):
                files.delete(urls)

    def _match(self, pattern: str) -> list[RemotePath]:
        with _beam_files(self.url) as (files, _):
            [found] = files.match([f"{self.url}/{pattern}"])
            return [RemotePath(file.path) for file in found.metadata_list]


AnyPath = Path | RemotePath


def any_path(text: str) -> AnyPath:
    return RemotePath(text.rstrip("/")) if is_remote(text) else Path(text)


def write(path: AnyPath, pieces: Iterable[bytes]) -> None:
    if isinstance(path, Path):
        with path.open("wb") as file:
            file.writelines(pieces)
    else:
        path.write(pieces)


def remove_tree(folder: AnyPath) -> None:
    """Delete a folder and what is in it."""
    if isinstance(folder, Path):
        shutil.rmtree(folder)
    else:
        folder.remove_tree()


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
