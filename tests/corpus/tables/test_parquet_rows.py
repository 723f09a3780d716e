"""Tunes in Parquet files."""

import io
from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tuneloom.corpus.files.limits import Limits
from tuneloom.corpus.record import RawTune, Reject

TUNE = "X:1\nT:One\nK:D\nABcd|\n"


def parquet(rows: int = 5, **settings: Any) -> bytes:
    columns = {"n": list(range(rows)), "abc": [TUNE] * rows}
    stream = io.BytesIO()
    pq.write_table(pa.table(columns), stream, **settings)
    return stream.getvalue()


def test_each_row_is_a_tune_with_its_number(read_table: Any) -> None:
    for data in (parquet(), parquet(row_group_size=2), parquet(compression="zstd")):
        found = read_table("t.parquet", data)
        assert [(tune.row, tune.text) for tune in found] == [(n, TUNE) for n in range(1, 6)]
    assert len(read_table("whatever", parquet())) == 5


def test_text_may_be_kept_as_bytes_and_may_be_missing(
    read_table: Any, told: Callable[..., list[str]]
) -> None:
    stream = io.BytesIO()
    cells = pa.array([TUNE.encode(), None, b"\xff\xfe\0", TUNE.encode()], pa.binary())
    pq.write_table(pa.table({"abc": cells, "n": [1, 2, 3, 4]}), stream)
    assert told(read_table("t.parquet", stream.getvalue())) == [
        "One",
        "2:2 the row has no tune: its cell is empty",
        "3:3 the cell holds bytes that are no text",
        "One",
    ]


@pytest.mark.parametrize("cut", [1, 100, 10_000])
def test_a_file_that_is_cut_is_a_reject(read_table: Any, cut: int) -> None:
    [reject] = read_table("t.parquet", parquet()[:-cut] or b"PAR1")
    assert isinstance(reject, Reject)
    assert reject.code == "bad-table"
    assert reject.message.startswith("the Parquet file is cut or damaged (")


def test_a_column_that_is_not_there_is_told(read_table: Any) -> None:
    [reject] = read_table("t.parquet", parquet(), "music")
    assert reject.message == "the table has no column 'music'; it has 'n', 'abc'"


def test_damage_in_one_group_of_rows_costs_no_other(read_table: Any) -> None:
    data = bytearray(
        parquet(
            6, row_group_size=2, compression="none", use_dictionary=False, write_statistics=False
        )
    )
    places = [at for at in range(len(data)) if data[at : at + 4] == b"X:1\n"]
    data[places[2] - 4 : places[2]] = b"\xff\xff\xff\x7f"  # the length of the third tune
    found = read_table("t.parquet", bytes(data))
    assert [each.row for each in found if isinstance(each, RawTune)] == [1, 2, 5, 6]
    [bad] = (each for each in found if isinstance(each, Reject))
    assert (bad.code, bad.row) == ("bad-row", 3)
    assert bad.message.startswith("the rows from here to 4 are damaged (")


def test_a_bomb_is_not_unpacked(read_table: Any) -> None:
    stream = io.BytesIO()
    pq.write_table(pa.table({"abc": ["A" * 60_000_000]}), stream, compression="zstd")
    [reject] = read_table("t.parquet", stream.getvalue(), "", Limits(file_bytes=10_000_000))
    assert reject.code == "expands-too-much"
