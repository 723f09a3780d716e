"""Which column of a table holds the tunes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tuneloom.corpus.tables.rows import BadTable

__all__ = ["CERTAIN_COLUMNS", "LIKELY_COLUMNS", "tune_column"]

CERTAIN_COLUMNS = ("abc", "abc notation", "abc text", "tune abc")
"""Names of columns that hold tunes in ABC notation, without regard to case and underscores."""

LIKELY_COLUMNS = (
    *("tune", "tunes", "notation", "music", "score", "text", "content"),
    *("output", "completion", "response", "generated", "generated text"),
)
"""Names of columns that hold tunes where no other of either list does."""

_SEPARATORS = re.compile(r"[\s_-]+")
_MAX_LISTED = 20


def tune_column(columns: Sequence[str], wanted: str = "") -> int:
    """The index of the column that is wanted, or else of the one that holds tunes by its name.

    Raises:
        BadTable: there is none, or more than one; the message lists the columns.
    """
    if wanted:
        if wanted in columns:
            return columns.index(wanted)
        raise BadTable(f"the table has no column {wanted!r}; it has {_listed(columns)}")
    if len(columns) == 1:
        return 0
    spelled = [_SEPARATORS.sub(" ", column).strip().lower() for column in columns]
    for names in (CERTAIN_COLUMNS, LIKELY_COLUMNS):
        found = [index for index, column in enumerate(spelled) if column in names]
        if len(found) == 1:
            return found[0]
        if found:
            break
    raise BadTable(
        f"which column holds the tunes? name it with --column; there are {_listed(columns)}"
    )


def _listed(columns: Sequence[str]) -> str:
    shown = ", ".join(repr(column) for column in columns[:_MAX_LISTED])
    return shown + ", …" * (len(columns) > _MAX_LISTED) if columns else "none"
