"""Checks the tunes of tables, packed files and archives, which are no plain tunebooks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tuneloom.cli.check.report import FileFinding
from tuneloom.cli.text.tune_names import tune_name
from tuneloom.corpus.files.limits import Limits
from tuneloom.corpus.reading.tune_files import open_tune_files
from tuneloom.corpus.record import RawTune, Reject
from tuneloom.corpus.sources.inputs import input_files
from tuneloom.grammar.checking.check import check_tune

__all__ = ["RowChecks"]


class RowChecks:
    """The tunes of a file, each of which is checked by itself; its number may be given in other rows.

    `tunes` counts the tunes checked so far, and `faults` says what could not be read and why.
    """

    def __init__(self, path: Path, column: str, codes: frozenset[str]) -> None:
        self._path = path
        self._column = column
        self._codes = codes
        self.tunes = 0
        self.faults: list[str] = []

    def findings(self) -> Iterator[FileFinding]:
        """What is wrong with the tunes.

        Raises:
            UsageError: the file is not there.
        """
        for opened in open_tune_files(input_files([str(self._path)], self._column), Limits()):
            references: dict[str, int] = {}
            for found in opened.tunes():
                name = str(self._path.parent / found.path)
                if isinstance(found, Reject):
                    place = found.place.removeprefix(found.path)
                    self.faults.append(f"{name}{place}: {found.message}")
                    continue
                self.tunes += 1
                if found.row:
                    references = {}
                yield from self._check(name, found, references)

    def _check(self, name: str, tune: RawTune, references: dict[str, int]) -> Iterator[FileFinding]:
        lines = tune.text.split("\n")
        in_file = tune.in_lines and not tune.lead
        first = tune.line if in_file else 1
        for found in check_tune(tune.text, first, tune.file_header, self._codes, references):
            index = found.line - first
            yield FileFinding(
                file=name,
                found=found,
                source_line=lines[index] if 0 <= index < len(lines) else "",
                tune=tune_name(tune.text),
                row=tune.row,
                file_line=0 if in_file else tune.line,
            )
        if tune.text.startswith("X:"):
            reference = tune.text.partition("\n")[0][2:].partition("%")[0].strip()
            references.setdefault(reference, tune.line)
