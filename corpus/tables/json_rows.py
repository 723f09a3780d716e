"""The rows of JSON: a row on each line (JSON Lines), a list of rows, or a document that holds them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, islice

from tuneloom.corpus.tables.columns import tune_column
from tuneloom.corpus.tables.json_values import JsonFault, JsonValue, read_json_values
from tuneloom.corpus.tables.lines import TextLines
from tuneloom.corpus.tables.rows import BadRow, BadTable, TableRow, checked_row
from tuneloom.corpus.tables.session import session_columns, session_row

__all__ = ["read_json_rows"]

_SEEN_FIRST = 100  # rows whose keys are taken for the columns of the table


def read_json_rows(
    text: TextLines, limit: int, column: str = "", session: bool = False
) -> Iterator[TableRow | BadRow]:
    """The tunes in JSON whose rows are objects, or the texts themselves.

    Neither a row nor a document on several lines may have more characters than the limit.

    Raises:
        BadTable: no column holds tunes, or a list does not end.
    """
    values = read_json_values(text, limit)
    first, end = _first_of(values)
    if len(first) == 1 and isinstance(first[0].value, dict):
        first = [JsonValue(first[0].line, row) for row in _document_rows(first[0].value)]
    columns = list(dict.fromkeys(chain(*(v.value for v in first if isinstance(v.value, dict)))))
    from_session = session_columns(columns, column, session)
    name = columns[tune_column(columns, column)] if columns and not from_session else ""
    for number, (line, value) in enumerate(chain(first, values), start=1):
        if isinstance(value, JsonFault):
            yield BadRow(number, line, value.message)
        elif not isinstance(value, dict):
            yield checked_row(number, line, value)
        elif from_session:
            yield session_row(number, line, value)
        elif name in value:
            yield checked_row(number, line, value[name])
        else:
            yield BadRow(number, line, f"the row has no {name!r}")
    if end:
        raise end


def _first_of(values: Iterator[JsonValue]) -> tuple[list[JsonValue], BadTable | None]:
    """The first values, and the damage that ends them, if there is any."""
    first: list[JsonValue] = []
    try:
        first.extend(islice(values, _SEEN_FIRST))
    except BadTable as damage:  # what came before it has been added
        return first, damage
    return first, None


def _document_rows(document: Mapping[str, object]) -> list[object]:
    """The rows of a document: a list under one of its keys, its columns, or the document itself."""
    lists = [value for value in document.values() if isinstance(value, list)]
    rows = [value for value in lists if value and isinstance(value[0], dict)]
    if len(rows) == 1:
        return rows[0]
    if lists and len(lists) == len(document):
        return _from_columns(dict(zip(document, lists, strict=True)))
    inner = [value for value in document.values() if isinstance(value, dict)]
    if inner and len(inner) == len(
        document
    ):  # by column, as pandas writes them, or by the name of the row
        if any(isinstance(value, dict) for each in inner for value in each.values()):
            return [document]
        columns = {name: list(each.values()) for name, each in zip(document, inner, strict=True)}
        numbered = all(key.isdecimal() for each in inner for key in each)
        return _from_columns(columns) if numbered else list(inner)
    return [document]


def _from_columns(columns: Mapping[str, list[object]]) -> list[object]:
    if len(columns) == 1:
        return [value for values in columns.values() for value in values]
    return [dict(zip(columns, row, strict=False)) for row in zip(*columns.values(), strict=False)]
