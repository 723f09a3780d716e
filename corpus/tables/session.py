"""Tunes whose header is in other columns than their music, as in the tables that The Session publishes.

The columns are `tune_id, setting_id, name, type, meter, mode, abc, date, username`, in any order, perhaps
with others between them. There is none for L:, which is always an eighth.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tuneloom.corpus.tables.rows import BadRow, BadTable, TableRow
from tuneloom.grammar.source.lines import LINE_END

__all__ = ["SESSION_COLUMNS", "session_columns", "session_row"]

SESSION_COLUMNS = ("setting_id", "name", "type", "meter", "mode", "abc")
_HEADER = "X:{setting_id}\nT:{name}\nR:{type}\nM:{meter}\nL:1/8\nK:{mode}\n"
_HEADER_LINES = _HEADER.count("\n")
_BLANKS = re.compile(r"\s+")
_EMPTY_LINES = re.compile(r"\n(?:[ \t]*\n)+")


def session_columns(columns: Sequence[str], wanted: str, required: bool) -> bool:
    """Whether tunes are to be made of several columns of a table, none of which the user has named.

    Raises:
        BadTable: that is required, and a column is missing.
    """
    missing = [name for name in SESSION_COLUMNS if name not in columns]
    if required and missing:
        raise BadTable(f"the table has no column {missing[0]!r}")
    return required or not (missing or wanted)


def session_row(
    number: int, line: int, cells: Mapping[str, object], in_lines: bool = False
) -> TableRow | BadRow:
    """The tune of a row, with a header made from other columns; `line` is that of the music."""
    missing = [name for name in SESSION_COLUMNS if cells.get(name) is None]
    if missing:
        return BadRow(number, line, f"the row has no {missing[0]!r}")
    fields = {name: str(cells[name]) for name in SESSION_COLUMNS}
    header = {name: _BLANKS.sub(" ", value).strip() for name, value in fields.items()}
    music = LINE_END.sub("\n", fields["abc"])
    body = _EMPTY_LINES.sub(lambda match: "\n" + "%\n" * (match[0].count("\n") - 1), music)
    text = _HEADER.format(**header) + body.strip("\n") + "\n"
    return TableRow(number, line, text, in_lines, _HEADER_LINES)
