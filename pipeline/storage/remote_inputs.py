"""Inputs on any file system that Beam supports."""

# mypy: allow-untyped-calls
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import BinaryIO

from tuneloom.corpus.files.archives import SYSTEM_FILE
from tuneloom.corpus.files.forms import is_system_file, may_hold_tunes
from tuneloom.corpus.files.limits import Limits
from tuneloom.corpus.license import UNKNOWN_LICENSE
from tuneloom.corpus.reading.tune_files import open_local
from tuneloom.corpus.source import SourceFile
from tuneloom.corpus.sources.inputs import INPUT, tune_files_in
from tuneloom.grammar.errors import UsageError
from tuneloom.pipeline.storage.paths import is_remote
from tuneloom.pipeline.storage.silence_beam import silence_beam

__all__ = ["open_anywhere", "remote_files"]

_WILDCARD = re.compile(r"[*?\[]")


def open_anywhere(location: str) -> BinaryIO:
    """Open a local file, or one on any file system that Beam supports.

    A store that cannot be reached raises the error of its client, since nothing is wrong with the file.

    Raises:
        OSError: the file cannot be read.
    """
    if not is_remote(location):
        return open_local(location)
    with silence_beam():
        from apache_beam.io.filesystem import BeamIOError, CompressionTypes
        from apache_beam.io.filesystems import FileSystems

    try:
        # Beam's own decompression does not notice that a file was cut.
        stream: BinaryIO = FileSystems.open(
            location, compression_type=CompressionTypes.UNCOMPRESSED
        )
    except BeamIOError as error:
        raise OSError(str(error)) from error
    return stream


def remote_files(
    inputs: Sequence[str], column: str = "", license: str = "", limits: Limits | None = None
) -> list[SourceFile]:
    """Find the files of inputs on remote file systems, each once, sorted by path.

    An input is a file, a glob, or, if it ends in `/`, a folder. `column` and `license` are as for local
    files.

    Raises:
        UsageError: an input names no file, or its file system is not installed or cannot be reached.
    """
    found = {location: path for text in inputs for location, path in _match_input(text)}
    files = (
        SourceFile(INPUT, path, license or UNKNOWN_LICENSE.name, location, column=column)
        for location, path in sorted(found.items())
    )
    files = (
        replace(file, fault=SYSTEM_FILE.message, fault_code=SYSTEM_FILE.code)
        if is_system_file(file.path) and file.location not in inputs
        else file
        for file in files
    )
    return [each for file in files for each in tune_files_in(file, limits, open_anywhere)]


def _match_input(text: str) -> list[tuple[str, str]]:
    """Locations, each with its path relative to the folder above the first wildcard."""
    with silence_beam():
        from apache_beam.io.filesystem import BeamIOError
        from apache_beam.io.filesystems import FileSystems

    is_folder = text.endswith("/")
    try:
        [result] = FileSystems.match([text + "**" if is_folder else text])
    except (BeamIOError, ValueError, ImportError) as error:
        raise UsageError(f"input {text!r}: {str(error).splitlines()[0]}") from error
    locations = [metadata.path for metadata in result.metadata_list]
    if is_folder:
        locations = [path for path in locations if may_hold_tunes(path)]
    if not locations:
        raise UsageError(f"input {text!r}: no such file")
    root = _WILDCARD.split(text)[0].rpartition("/")[0] + "/"
    return [(location, location.removeprefix(root)) for location in locations]
