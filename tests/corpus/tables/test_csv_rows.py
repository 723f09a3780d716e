"""Tunes in CSV, and what costs a row and no other."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuneloom.corpus.files.limits import Limits
from tuneloom.corpus.record import RawTune, Reject

ONE = '"X:1\nT:One\nK:D\n""A""ABcd|\n"'
TWO = '"X:1\nT:Two\nK:D\nABcd|"'


def test_cells_of_several_lines_keep_rows_and_lines_right(read_table: Any) -> None:
    one, two, three = read_table("t.csv", f"abc,n\n{ONE},1\n\n{TWO},2\nX:3,3\n".encode())
    assert isinstance(one, RawTune)
    assert isinstance(two, RawTune)
    assert one.text == 'X:1\nT:One\nK:D\n"A"ABcd|\n'
    assert (one.row, one.line, one.offset, one.in_lines) == (1, 2, 0, True)
    assert (two.row, two.line) == (2, 8)
    assert isinstance(three, RawTune)
    assert (three.row, three.line) == (3, 12)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("t.csv", f"abc;n\n{ONE};1\n"),
        ("t.tsv", f"n\tabc\n1\t{ONE}\n"),
        ("t.csv", f"n\tabc\n1\t{ONE}\n"),
        ("t.csv", f"\ufeffabc,n\r\n{ONE},1\r\n"),
        ("t.csv", f"tune\n{ONE}\n"),
    ],
)
def test_the_delimiter_is_the_one_of_the_header(read_table: Any, name: str, text: str) -> None:
    [tune] = read_table(name, text.encode())
    assert isinstance(tune, RawTune)
    assert tune.text == 'X:1\nT:One\nK:D\n"A"ABcd|\n'


def test_utf_16_and_charsets_of_8_bits_are_read(read_table: Any) -> None:
    text = 'abc,n\n"X:1\nT:Jenny\u2019s Caf\u00e9\nK:D\nABcd|",1\n'
    for charset in ("utf-8", "utf-16", "cp1252"):
        [tune] = read_table("t.csv", text.encode(charset))
        assert isinstance(tune, RawTune)
        assert "T:Jenny\u2019s Caf\u00e9\n" in tune.text


@pytest.mark.parametrize(
    ("broken", "problem"),
    [
        ("5", "2:6 the row has 1 cells, and the header 2"),
        ("5,6,7", "2:6 the row has 3 cells, and the header 2"),
        ('"X:5\nT:Five\nK:D\nABcd|,5', "2:6 the row is broken: ',' expected after '\"'"),
        ('"X:5\nT:Fi"ve\nK:D\nABcd|,5', "2:6 the row is broken: ',' expected after '\"'"),
        (",5", "2:6 the row has no tune: its cell is empty"),
        ("\0\0\0,5", "2:6 the cell holds bytes that are no text"),
        ("just words,5", "2:6 the text of the row holds no tune"),
    ],
)
def test_a_broken_row_costs_no_other(
    read_table: Any, told: Callable[..., list[str]], broken: str, problem: str
) -> None:
    found = read_table("t.csv", f"abc,n\n{TWO},1\n{broken}\n{TWO},3\n{TWO},4\n".encode())
    assert told(found) == ["Two", problem, "Two", "Two"]
    assert found[-1].row == 4


def test_a_quote_that_is_never_closed_costs_one_row(
    read_table: Any, told: Callable[..., list[str]]
) -> None:
    rows = f"{TWO},1\n" * 3
    found = read_table("t.csv", f'abc,n\n"never closed,0\n{rows}{rows}'.encode())
    assert told(found) == ["1:2 the row is broken: ',' expected after '\"'", *["Two"] * 6]
    plain = "X:1 K:D,1\n" * 4
    [reject, *tunes] = read_table("t.csv", f'abc,n\n"never closed,0\n{plain}'.encode())
    assert isinstance(reject, Reject)
    assert reject.message == "the row is broken: unexpected end of data"
    assert [tune.text for tune in tunes] == ["X:1 K:D\n"] * 4


def test_a_row_may_be_as_long_as_the_limit(read_table: Any, told: Callable[..., list[str]]) -> None:
    long = "A" * 3_000
    found = read_table("t.csv", f"abc,n\n{TWO},{long}\n{TWO},2\n".encode(), "abc", Limits(2_000))
    assert told(found) == ["1:2 the row is broken: the line has more than 2,000 bytes", "Two"]


@pytest.mark.parametrize(
    ("header", "column", "problem"),
    [
        (
            "a,b",
            "",
            "which column holds the tunes? name it with --column; there are 'a', 'b'",
        ),
        (
            "text,output",
            "",
            "which column holds the tunes? name it with --column; there are 'text', 'output'",
        ),
        ("abc,text", "tune", "the table has no column 'tune'; it has 'abc', 'text'"),
        ("\0bc,text", "", "the file is not text in UTF-8, UTF-16 or an 8-bit charset"),
    ],
)
def test_a_column_that_is_not_there_or_not_clear_is_told(
    read_table: Any, header: str, column: str, problem: str
) -> None:
    [reject] = read_table("t.csv", f"{header}\n{TWO},1\n".encode(), column)
    assert isinstance(reject, Reject)
    assert (reject.code, reject.message) == ("bad-table", problem)


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("Title,ABC Notation", ""),
        ("prompt,output", ""),
        ("text,abc_notation", ""),
        ("abc,other", "other"),
    ],
)
def test_the_column_of_tunes_is_known_by_its_name(
    read_table: Any, header: str, column: str
) -> None:
    [tune] = read_table("t.csv", f"{header}\nnone,{TWO}\n".encode(), column)
    assert isinstance(tune, RawTune)


def test_line_ends_that_are_written_out_are_read(read_table: Any) -> None:
    [tune] = read_table("t.csv", b"n,abc\n1,X:1\\nT:One\\nK:D\\nABcd|\n")
    assert isinstance(tune, RawTune)
    assert tune.text == "X:1\nT:One\nK:D\nABcd|\n"
    assert (tune.repairs, tune.in_lines) == (("escaped-lines",), False)


def test_a_table_without_rows_holds_no_tune(read_table: Any) -> None:
    assert [reject.code for reject in read_table("t.csv", b"abc,n\n")] == ["no-tune"]
    assert [reject.code for reject in read_table("t.csv", b"")] == ["empty-file"]


@given(st.text(alphabet='",;\n\rX:1aK\0\t', max_size=60))
def test_nothing_breaks_the_reader(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    from tuneloom.corpus.reading.tune_files import read_raw_tunes
    from tuneloom.corpus.sources.inputs import input_files

    path = tmp_path_factory.mktemp("csv") / "t.csv"
    path.write_bytes(f"abc,n\n{text}".encode())
    (file,) = input_files([str(path)])
    assert list(read_raw_tunes(file))


@pytest.mark.parametrize("line", ['"a,b\n', '"a""b,c\n', 'a,"b\n', '",\n', '"\n'])
def test_broken_rows_take_linear_time(read_table: Any, line: str) -> None:
    """Each of the lines might be read to the end of the file, which would take minutes."""
    began = time.process_time()
    read_table("t.csv", b"abc,n\n" + line.encode() * 40_000)
    assert time.process_time() - began < 5
