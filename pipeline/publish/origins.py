"""The way back from what a data set records to the file that it came from, as it is now."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tuneloom.corpus.reading.limits import Limits
from tuneloom.corpus.reading.tunebooks import load
from tuneloom.corpus.record import Reject
from tuneloom.corpus.source import SourceFile
from tuneloom.corpus.sources import SOURCES
from tuneloom.corpus.sources.inputs import INPUT
from tuneloom.grammar.errors import TuneloomError
from tuneloom.grammar.source.charset import charset_of
from tuneloom.grammar.source.lines import split_lines
from tuneloom.pipeline.dataset.files import RUN
from tuneloom.pipeline.dataset.manifest import Manifest
from tuneloom.pipeline.storage.remote_inputs import open_anywhere

__all__ = ["Origins", "locations"]


def locations(files: Sequence[SourceFile]) -> dict[str, list[str]]:
    """Where the user's own files lie, and the member of each that is an archive; for `run.json`."""
    return {file.path: [file.location, file.member] for file in files if file.source == INPUT}


class Origins:
    """The lines of the files behind a data set, where these still are what they were."""

    def __init__(self, directory: Path, manifest: Manifest) -> None:
        self._inputs = _recorded(directory)
        self._sums = {
            (source.name, file.path): file.sha256
            for source in manifest.sources
            for file in source.files
        }
        self._files: dict[str, Mapping[str, SourceFile]] = {}
        self._lines: dict[tuple[str, str], list[str]] = {}

    def line(self, reject: Reject) -> str | None:
        """The line that a reject points to, or None if its file is gone or has changed."""
        key = reject.source, reject.path
        if key not in self._lines:
            self._lines[key] = self._read(*key)
        lines = self._lines[key]
        return lines[reject.line - 1] if reject.line <= len(lines) else None

    def _read(self, source: str, path: str) -> list[str]:
        if source not in self._files:
            self._files[source] = self._found(source)
        file = self._files[source].get(path)
        data = load(file, Limits(), open_anywhere) if file else b""
        if isinstance(data, Reject) or hashlib.sha256(data).hexdigest() != self._sums[source, path]:
            return []
        return split_lines(data.decode(charset_of(data)))

    def _found(self, source: str) -> Mapping[str, SourceFile]:
        if source == INPUT:
            return {
                path: SourceFile(INPUT, path, "", location, member)
                for path, (location, member) in self._inputs.items()
            }
        try:
            if source not in SOURCES or not SOURCES[source].here():
                return {}
            return {file.path: file for file in SOURCES[source].files()}
        except TuneloomError:
            return {}


def _recorded(directory: Path) -> dict[str, Any]:
    try:
        found = json.loads((directory / RUN).read_bytes())["locations"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return found if isinstance(found, dict) else {}
