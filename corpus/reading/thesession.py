"""The table of settings that The Session publishes -> tunes in ABC.

Its columns are `tune_id, setting_id, name, type, meter, mode, abc, date, username`, in any order and with
any others between them: what would be the header of a tune has columns of its own, and there is none for
L:, which is always an eighth.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tuneloom.grammar.source.charset import charset_of
from tuneloom.grammar.source.lines import LINE_END

__all__ = ["HEADER_LINES", "SessionSetting", "SessionTableError", "read_session_table"]

_NEEDED = ("setting_id", "name", "type", "meter", "mode", "abc")
_HEADER = "X:{setting_id}\nT:{name}\nR:{type}\nM:{meter}\nL:1/8\nK:{mode}\n"
HEADER_LINES = _HEADER.count("\n")
_BLANKS = re.compile(r"\s+")
_EMPTY_LINES = re.compile(r"\n(?:[ \t]*\n)+")
_LONGEST_FIELD = 1 << 30  # how long a tune may be is for the reader of the file to say


class SessionTableError(Exception):
    """What keeps bytes from being such a table, and the line where."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True, slots=True)
class SessionSetting:
    """One row: its first byte, and its tune; `line` is that of the file on which the music begins."""

    offset: int
    line: int
    text: str


def read_session_table(data: bytes) -> Iterator[SessionSetting]:
    """The settings of a table. Raises SessionTableError for what is none, or breaks off in a quoted field."""
    csv.field_size_limit(_LONGEST_FIELD)
    charset = charset_of(data)
    mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    rows = _physical(data[len(mark) :])
    reader = csv.reader((row.decode(charset) for row in rows), strict=True)
    offset, line = len(mark), 1
    columns: dict[str, int] | None = None
    taken = 0
    try:
        for cells in reader:
            raw = b"".join(rows[taken : reader.line_num])
            taken = reader.line_num
            if columns is None:
                columns = _column_numbers(cells)
            elif cells:
                yield _setting(cells, columns, offset, line)
            offset += len(raw)
            line += len(LINE_END.findall(raw.decode(charset)))
    except csv.Error as error:
        raise SessionTableError(f"the table is damaged: {error}", line) from error


def _physical(data: bytes) -> list[bytes]:
    """Lines with their ends, cut at LF alone: a CR within a field is part of it."""
    return [line + b"\n" for line in data.split(b"\n")[:-1]] + [data.rpartition(b"\n")[2]]


def _column_numbers(cells: list[str]) -> dict[str, int]:
    columns = {name.strip(): index for index, name in enumerate(cells)}
    missing = [name for name in _NEEDED if name not in columns]
    if missing:
        raise SessionTableError(f"the table has no column {missing[0]!r}")
    return columns


def _setting(cells: list[str], columns: dict[str, int], offset: int, line: int) -> SessionSetting:
    if len(cells) < len(columns):
        raise SessionTableError(f"the row has {len(cells)} columns of {len(columns)}", line)
    fields = {name: _BLANKS.sub(" ", cells[columns[name]]).strip() for name in _NEEDED}
    before = ",".join(cells[: columns["abc"]])
    music = LINE_END.sub("\n", cells[columns["abc"]])
    body = _EMPTY_LINES.sub(lambda match: "\n" + "%\n" * (match[0].count("\n") - 1), music)
    return SessionSetting(
        offset,
        line + len(LINE_END.findall(before)),
        _HEADER.format(**fields) + body.strip("\n") + "\n",
    )
