"""The rows of Parquet files, read in small batches."""

# mypy: allow-untyped-calls
from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, BinaryIO

from tuneloom.corpus.files.limits import Limits
from tuneloom.corpus.files.unpacking import check_expansion
from tuneloom.corpus.tables.columns import tune_column
from tuneloom.corpus.tables.rows import BadRow, BadTable, TableRow, checked_row
from tuneloom.corpus.tables.session import SESSION_COLUMNS, session_columns, session_row

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetFile

__all__ = ["read_parquet_rows"]

_BATCH = 256  # rows
_BUFFER = 1 << 20  # bytes


def read_parquet_rows(
    file: BinaryIO, limits: Limits, column: str = "", session: bool = False
) -> Iterator[TableRow | BadRow]:
    """The tunes in a Parquet file, which must be seekable.

    A group of rows that is damaged is one bad row, and those after it are read.

    Raises:
        BadTable: the file is cut or damaged, or has no column of tunes.
        UnreadableFile: it unpacks to too much.
    """
    import pyarrow
    from pyarrow.parquet import ParquetFile

    faults = (pyarrow.ArrowException, OSError, ValueError)
    size = file.seek(0, 2)
    try:
        table = ParquetFile(file, buffer_size=_BUFFER, pre_buffer=False)
        columns: list[str] = table.schema_arrow.names
    except faults as error:
        raise BadTable(f"the Parquet file is cut or damaged ({_first_line(error)})") from error
    from_session = session_columns(columns, column, session)
    wanted = SESSION_COLUMNS if from_session else (columns[tune_column(columns, column)],)
    number = unpacked = 0
    for group in range(table.num_row_groups):
        try:
            after = number + table.metadata.row_group(group).num_rows
            unpacked += _unpacked_bytes(table, group, wanted)
        except faults as error:
            message = (
                f"the Parquet file is damaged from row {number + 1:,} on ({_first_line(error)})"
            )
            raise BadTable(message) from error
        check_expansion(unpacked, size, limits)
        try:
            for row in _group_rows(table, group, wanted):
                number += 1
                value = row[wanted[0]]
                yield (
                    session_row(number, number, row)
                    if from_session
                    else checked_row(number, number, value)
                )
        except faults as error:
            message = f"the rows from here to {after:,} are damaged ({_first_line(error)})"
            yield BadRow(number + 1, number + 1, message)
            number = after


def _unpacked_bytes(table: ParquetFile, group: int, columns: tuple[str, ...]) -> int:
    """How many bytes some columns of a group of rows say to have, unpacked."""
    packed = table.metadata.row_group(group)
    chunks = map(packed.column, range(packed.num_columns))
    return sum(
        chunk.total_uncompressed_size
        for chunk in chunks
        if chunk.path_in_schema.partition(".")[0] in columns
    )


def _group_rows(
    table: ParquetFile, group: int, columns: tuple[str, ...]
) -> Iterator[Mapping[str, object]]:
    for batch in table.iter_batches(_BATCH, [group], list(columns), use_threads=False):
        yield from batch.to_pylist()


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0].rstrip(".")
