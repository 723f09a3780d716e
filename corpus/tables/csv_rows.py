"""The rows of tables in CSV (RFC 4180), with commas, semicolons or tabs between cells.

A quote that is never closed would swallow the rest of a file. So quotes are read strictly, and after a row
that is broken, reading goes on at the next line on which a row begins that has the right number of cells and
a tune.
"""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tuneloom.corpus.tables.columns import tune_column
from tuneloom.corpus.tables.lines import LineTooLong, TextLines
from tuneloom.corpus.tables.rows import BadRow, BadTable, TableRow, checked_row
from tuneloom.corpus.tables.session import session_columns, session_row
from tuneloom.grammar.source.lines import LINE_END

__all__ = ["read_csv_rows"]

_DELIMITERS = (",", ";", "\t")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


def read_csv_rows(
    text: TextLines, limit: int, column: str = "", session: bool = False
) -> Iterator[TableRow | BadRow]:
    """The tunes in a table whose first row names its columns.

    No cell may be longer than the limit. With `session`, the table must be one of The Session.

    Raises:
        BadTable: the table has no header or no column of tunes.
    """
    csv.field_size_limit(limit)
    lines = _PhysicalLines(text)
    delimiter, columns = _read_header(lines)
    from_session = session_columns(columns, column, session)
    index = columns.index("abc") if from_session else tune_column(columns, column)
    has_tune = _HasTune(index, columns.index("setting_id") if from_session else -1)
    for number, row in enumerate(_rows(lines, delimiter, len(columns), has_tune), start=1):
        if row.fault:
            yield BadRow(number, row.line, row.fault)
        elif from_session:
            cells = dict(zip(columns, row.cells, strict=True))
            yield session_row(number, row.line_of(index), cells, in_lines=True)
        else:
            tune = LINE_END.sub("\n", row.cells[index])
            yield checked_row(number, row.line_of(index), tune, in_lines=True)


@dataclass(frozen=True, slots=True)
class _CsvRow:
    """The cells of a row, the line on which it begins, and what is wrong with it."""

    line: int
    cells: Sequence[str]
    fault: str = ""

    def line_of(self, column: int) -> int:
        """The line on which a cell begins."""
        before = self.cells[:column]
        return self.line + sum(len(LINE_END.findall(c)) for c in before if "\n" in c or "\r" in c)


class _PhysicalLines:
    """The lines that a csv reader takes. Those of the row at hand can be given back."""

    def __init__(self, text: TextLines) -> None:
        self._text = text
        self._ahead: deque[str] = deque()
        self._taken: list[str] = []
        self._number = 0

    def begin_row(self) -> int:
        """Note that a row begins, and give the number of its line."""
        self._taken.clear()
        return self._number + 1

    def give_back(self, keep: int = 0) -> None:
        """Give back the lines of the row at hand, all but the first few."""
        back = self._taken[keep:]
        self._ahead.extendleft(reversed(back))
        self._number -= len(back)
        del self._taken[keep:]

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if not self._ahead:
            self._ahead.extend(self._read())
        line = self._ahead.popleft()
        self._number += 1
        self._taken.append(line)
        return line

    def _read(self) -> Iterator[str]:
        try:
            line = self._text.read_line()
        except LineTooLong as error:
            self._number += 1
            self._taken.append("")
            raise csv.Error(str(error)) from error
        if not line:
            raise StopIteration
        return iter(_LINE.findall(line) if "\r" in line else [line])


def _read_header(lines: _PhysicalLines) -> tuple[str, list[str]]:
    """The delimiter that makes most columns of the first row, and their names."""
    found: list[tuple[str, list[str]]] = []
    for delimiter in _DELIMITERS:
        lines.give_back()
        line = lines.begin_row()
        try:
            cells = next((row for row in _reader(lines, delimiter) if row), [])
        except csv.Error as error:
            raise BadTable(f"the names of the columns are damaged: {error}", line) from error
        found.append((delimiter, [name.strip() for name in cells]))
    delimiter, columns = max(found, key=lambda pair: len(pair[1]))
    if any("\0" in name for name in columns):
        raise BadTable("the file is not text in UTF-8, UTF-16 or an 8-bit charset")
    return delimiter, columns


def _reader(lines: _PhysicalLines, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(lines, delimiter=delimiter, strict=True)


class _HasTune(NamedTuple):
    """Whether cells are a row, and not a line of music with as many commas; every tune has a key.

    In a table of The Session, whose music has none, the number of the setting tells.
    """

    column: int
    setting: int

    def __call__(self, cells: list[str]) -> bool:
        if self.setting >= 0:
            return cells[self.setting].strip().isdecimal()
        return "K:" in cells[self.column]


def _rows(
    lines: _PhysicalLines, delimiter: str, width: int, has_tune: _HasTune
) -> Iterator[_CsvRow]:
    """All rows but empty ones. What follows a broken row and is no row with a tune is part of it.

    This takes linear time: a row that is read from a line within another one ends before that does,
    since the quote that opens a cell of the one closes a cell of the other.
    """
    reader = _reader(lines, delimiter)
    broken = False
    while True:
        line = lines.begin_row()
        try:
            cells = next(reader, None)
        except csv.Error as error:
            lines.give_back(keep=1)
            reader = _reader(lines, delimiter)
            if not broken:
                yield _CsvRow(line, (), f"the row is broken: {error}")
            broken = True
            continue
        if cells is None:
            return
        if len(cells) == width and (not broken or has_tune(cells)):
            broken = False
            yield _CsvRow(line, cells)
        elif cells and not broken:
            yield _CsvRow(line, (), f"the row has {len(cells)} cells, and the header {width}")
