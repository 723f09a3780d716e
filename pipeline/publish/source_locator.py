"""Find the source text of rejects: from what a data set records to its files as they are now."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tuneloom.corpus.files.limits import Limits
from tuneloom.corpus.reading.tune_files import open_tune_files
from tuneloom.corpus.record import RawTune, Reject
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

_MAX_CHARACTERS = 64_000_000  # of the tunes of a table that are kept to be shown


def input_locations(files: Sequence[SourceFile]) -> dict[str, list[str]]:
    """The location of the user's own files, and the member if it is in an archive; for `run.json`."""
    return {file.path: [file.location, file.member] for file in files if file.source == INPUT}


class SourceLocator:
    """Gives the lines of the files that a data set was made from, if these have not changed."""

    def __init__(self, directory: Path, manifest: Manifest) -> None:
        self._locations = _recorded_locations(directory)
        self._column = str(manifest.options.get("column", ""))
        self._sums = {
            (source.name, file.path): file.sha256
            for source in manifest.sources
            for file in source.files
        }
        self._files: dict[str, Mapping[str, SourceFile]] = {}
        self._texts: dict[tuple[str, str], _SourceText] = {}

    def line(self, reject: Reject) -> str | None:
        """The line that a reject points to, or None if its file is missing or has changed."""
        key = reject.source, reject.path
        if key not in self._texts:
            self._texts[key] = self._read(*key)
        return self._texts[key].line(reject)

    def _read(self, source: str, path: str) -> _SourceText:
        if source not in self._files:
            self._files[source] = self._source_files(source)
        file = self._files[source].get(path)
        for opened in open_tune_files([file] if file else [], Limits(), open_anywhere):
            book = opened.tunebook()
            text = _SourceText.of_tunes(opened.tunes() if book is None else ())
            if book is not None:
                text = _SourceText(split_lines(book.decode(charset_of(book))))
            if opened.digest_and_size()[0] == self._sums[source, path]:
                return text
        return _SourceText()

    def _source_files(self, source: str) -> Mapping[str, SourceFile]:
        if source == INPUT:
            return {
                path: SourceFile(INPUT, path, "", location, member, column=self._column)
                for path, (location, member) in self._locations.items()
            }
        try:
            if source not in SOURCES or not SOURCES[source].here():
                return {}
            return {file.path: file for file in SOURCES[source].files()}
        except TuneloomError:
            return {}


@dataclass(frozen=True, slots=True)
class _SourceText:
    """The lines of a tunebook, or the tunes of a table by row and offset."""

    lines: Sequence[str] = ()
    tunes: Mapping[tuple[int, int], RawTune] = field(default_factory=dict)

    @classmethod
    def of_tunes(cls, found: Iterable[RawTune | Reject]) -> _SourceText:
        """The tunes of a table, as many as there is room for."""
        tunes: dict[tuple[int, int], RawTune] = {}
        size = 0
        for tune in found:
            if isinstance(tune, RawTune) and size < _MAX_CHARACTERS:
                tunes[tune.row, tune.offset] = tune
                size += len(tune.text)
        return cls((), tunes)

    def line(self, reject: Reject) -> str | None:
        """The line of a reject, if it is about a tune."""
        if reject.row or reject.tune_line:
            tune = self.tunes.get((reject.row, reject.offset))
            lines: Sequence[str] = tune.text.split("\n") if tune else ()
            index = reject.tune_line - 1
            if tune and tune.in_lines:
                index = reject.line - tune.line + tune.lead
        else:
            lines, index = self.lines, reject.line - 1
        return lines[index] if 0 <= index < len(lines) else None


def _recorded_locations(directory: Path) -> dict[str, Any]:
    try:
        found = json.loads((directory / RUN).read_bytes())["locations"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
