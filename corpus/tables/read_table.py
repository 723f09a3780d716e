"""Read the tunes of a table of any form."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import BinaryIO

from tuneloom.corpus.files.forms import FileForm
from tuneloom.corpus.files.limits import Limits
from tuneloom.corpus.tables.rows import BadRow, TableRow

__all__ = ["read_table"]


def read_table(
    form: FileForm,
    contents: io.BufferedReader,
    seekable: Callable[[], BinaryIO],
    limits: Limits,
    column: str = "",
    session: bool = False,
) -> Iterator[TableRow | BadRow]:
    """The tunes in a table. Its libraries are loaded only now.

    `seekable` opens the file once more where its form is not read from its beginning to its end. With
    `session`, the table must have the columns of The Session.

    Raises:
        BadTable: it is no such table, or no column holds tunes.
        UnreadableFile: it cannot be read, or unpacks to too much.
    """
    limit = limits.file_bytes
    if form == "parquet":
        from tuneloom.corpus.tables.parquet_rows import read_parquet_rows

        with seekable() as file:
            yield from read_parquet_rows(file, limits, column, session)
        return
    from tuneloom.corpus.tables.lines import TextLines

    text = TextLines(contents, limit)
    if form == "json":
        from tuneloom.corpus.tables.json_rows import read_json_rows

        yield from read_json_rows(text, limit, column, session)
    else:
        from tuneloom.corpus.tables.csv_rows import read_csv_rows

        yield from read_csv_rows(text, limit, column, session)
