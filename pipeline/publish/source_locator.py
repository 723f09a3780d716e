"""Find the source text of rejects: from what a data set records to its files as they are now."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tuneloom.corpus.reading.limits import Limits
from tuneloom.corpus.reading.tunebooks import load_tunebook
from tuneloom.corpus.record import Reject
from tuneloom.corpus.source import SourceFile
from tuneloom.corpus.sources.catalogue import SOURCES
from tuneloom.corpus.sources.inputs import INPUT
from tuneloom.grammar.errors import TuneloomError
from tuneloom.grammar.source.charset import charset_of
from tuneloom.grammar.source.lines import split_lines
from tuneloom.pipeline.dataset.files import RUN
from tuneloom.pipeline.dataset.manifest import Manifest
from tuneloom.pipeline.storage.remote_inputs import open_anywhere

__all__ = ["SourceLocator", "input_locations"]


def input_locations(files: Sequence[SourceFile]) -> dict[str, list[str]]:
    """The location of the user's own files, and the member if it is in an archive; for `run.json`."""
    return {file.path: [file.location, file.member] for file in files if file.source == INPUT}


class SourceLocator:
    """Gives the lines of the files that a data set was made from, if these have not changed."""

    def __init__(self, directory: Path, manifest: Manifest) -> None:
        self._locations = _recorded_locations(directory)
        self._sums = {
            (source.name, file.path): file.sha256
            for source in manifest.sources
            for file in source.files
        }
        self._files: dict[str, Mapping[str, SourceFile]] = {}
        self._lines: dict[tuple[str, str], list[str]] = {}

    def line(self, reject: Reject) -> str | None:
        """The line that a reject points to, or None if its file is missing or has changed."""
        key = reject.source, reject.path
        if key not in self._lines:
            self._lines[key] = self._read_lines(*key)
        lines = self._lines[key]
        return lines[reject.line - 1] if reject.line <= len(lines) else None

    def _read_lines(self, source: str, path: str) -> list[str]:
        if source not in self._files:
            self._files[source] = self._source_files(source)
        file = self._files[source].get(path)
        data = load_tunebook(file, Limits(), open_anywhere) if file else b""
        if isinstance(data, Reject) or hashlib.sha256(data).hexdigest() != self._sums[source, path]:
            return []
        return split_lines(data.decode(charset_of(data)))

    def _source_files(self, source: str) -> Mapping[str, SourceFile]:
        if source == INPUT:
            return {
                path: SourceFile(INPUT, path, "", location, member)
                for path, (location, member) in self._locations.items()
            }
        try:
            if source not in SOURCES or not SOURCES[source].here():
                return {}
            return {file.path: file for file in SOURCES[source].files()}
        except TuneloomError:
            return {}


def _recorded_locations(directory: Path) -> dict[str, Any]:
    try:
        found = json.loads((directory / RUN).read_bytes())["locations"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return found if isinstance(found, dict) else {}
