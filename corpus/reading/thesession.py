"""Read tunes from the table of settings that The Session publishes.

Its columns are `tune_id, setting_id, name, type, meter, mode, abc, date, username`, in any order, perhaps
with others between them. The fields of a tune's header have columns of their own. There is none for L:,
which is always an eighth.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tuneloom.grammar.source.charset import charset_of, with_narrow_bytes
from tuneloom.grammar.source.lines import LINE_END

__all__ = ["HEADER_LINES", "SessionSetting", "SessionTableError", "read_session_table"]

_NEEDED = ("setting_id", "name", "type", "meter", "mode", "abc")
_HEADER = "X:{setting_id}\nT:{name}\nR:{type}\nM:{meter}\nL:1/8\nK:{mode}\n"
HEADER_LINES = _HEADER.count("\n")
_BLANKS = re.compile(r"\s+")
_EMPTY_LINES = re.compile(r"\n(?:[ \t]*\n)+")
_MAX_FIELD = 1 << 30  # the length of tunes is limited elsewhere


class SessionTableError(Exception):
    """Bytes are not such a table; `line` is where that shows."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True, slots=True)
class SessionSetting:
    """A row: the offset of its first byte, and its tune. `line` is the line on which the music begins."""

    offset: int
    line: int
    text: str


def read_session_table(data: bytes) -> Iterator[SessionSetting]:
    """The settings in a table.

    Raises:
        SessionTableError: it is not such a table, or is cut within a quoted field.
    """
    csv.field_size_limit(_MAX_FIELD)
    data = with_narrow_bytes(data)
    charset = charset_of(data)
    mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    rows = _split_at_lf(data[len(mark) :])
    reader = csv.reader((row.decode(charset) for row in rows), strict=True)
    offset, line = len(mark), 1
    columns: dict[str, int] | None = None
    taken = 0
    try:
        for cells in reader:
            raw = b"".join(rows[taken : reader.line_num])
            taken = reader.line_num
            if columns is None:
                columns = _column_indices(cells)
            elif cells:
                yield _setting(cells, columns, offset, line)
            offset += len(raw)
            line += len(LINE_END.findall(raw.decode(charset)))
    except csv.Error as error:
        raise SessionTableError(f"the table is damaged: {error}", line) from error


def _split_at_lf(data: bytes) -> list[bytes]:
    """Lines with their ends, split at LF only: a CR in a field is part of it."""
    return [line + b"\n" for line in data.split(b"\n")[:-1]] + [data.rpartition(b"\n")[2]]


def _column_indices(cells: list[str]) -> dict[str, int]:
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
