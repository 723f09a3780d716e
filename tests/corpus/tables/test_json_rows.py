"""Tunes in JSON of every layout, and what costs a row and no other."""

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuneloom.corpus.files.limits import Limits
from tuneloom.corpus.reading.tune_files import read_raw_tunes
from tuneloom.corpus.record import RawTune, Reject
from tuneloom.corpus.sources.inputs import input_files

TUNE = "X:1\nT:One\nK:D\nABcd|\n"
ROWS = [{"abc": TUNE, "n": number} for number in range(1, 4)]
LINES = "".join(json.dumps(row) + "\n" for row in ROWS)


@pytest.mark.parametrize(
    "text",
    [
        LINES,
        LINES.replace("\n", "\r\n"),
        LINES.replace("\n", "\n\n"),
        json.dumps(ROWS),
        json.dumps(ROWS, indent=2),
        "".join(json.dumps(TUNE) + "\n" for _ in ROWS),
        json.dumps([TUNE] * 3),
        json.dumps({"version": 1, "data": ROWS}),
        json.dumps({"tunes": [TUNE] * 3}, indent=1),
        json.dumps({"abc": [TUNE] * 3, "n": [1, 2, 3]}),
        json.dumps({"abc": dict.fromkeys("012", TUNE), "n": {"0": 1, "1": 2, "2": 3}}),
        json.dumps({str(number): row for number, row in enumerate(ROWS)}, indent=2),
    ],
)
def test_rows_may_be_laid_out_in_many_ways(read_table: Any, text: str) -> None:
    for name in ("t.json", "t.jsonl"):
        found = read_table(name, text.encode())
        assert [(tune.row, tune.text) for tune in found] == [(n, TUNE) for n in (1, 2, 3)]
    wide = read_table("t.json", text.encode("utf-16"))
    assert [(tune.row, tune.line) for tune in wide] == [(tune.row, tune.line) for tune in found]


def test_a_file_of_another_name_is_known_as_json_by_its_beginning(read_table: Any) -> None:
    assert len(read_table("t.txt", LINES.encode())) == 3
    assert len(read_table("dump", json.dumps(ROWS).encode())) == 3


def test_all_lines_of_a_tune_are_on_the_line_of_its_row(read_table: Any) -> None:
    tune = read_table("t.jsonl", LINES.encode())[1]
    assert isinstance(tune, RawTune)
    assert (tune.row, tune.line, tune.in_lines, tune.offset) == (2, 2, False, 0)
    tune = read_table("t.json", json.dumps(ROWS, indent=2).encode())[1]
    assert (tune.row, tune.line) == (2, 6)


@pytest.mark.parametrize(
    ("broken", "problem"),
    [
        ("{oops", "this is no JSON: expecting property name enclosed in double quotes at column 2"),
        ('{"abc": "X:1', "this is no JSON: invalid control character at column 13"),
        ("[" * 100_000, "this is no JSON that can be read: a number is too long or lists too deep"),
        ("9" * 5_000, "this is no JSON that can be read: a number is too long or lists too deep"),
        ('{"n": 1}', "the row has no 'abc'"),
        ('{"abc": null}', "the row has no tune: its cell is empty"),
        ('{"abc": ""}', "the row has no tune: its cell is empty"),
        ('{"abc": 12}', "the cell holds a number and no text"),
        ('{"abc": ["X:1"]}', "the cell holds a list and no text"),
        ('{"abc": "X:1\\u0000"}', "the cell holds bytes that are no text"),
        ('{"abc": "words"}', "the text of the row holds no tune"),
        ("12", "the cell holds a number and no text"),
    ],
)
def test_a_broken_line_costs_no_other(
    read_table: Any, told: Callable[..., list[str]], broken: str, problem: str
) -> None:
    first, *others = LINES.splitlines(keepends=True)
    found = read_table("t.jsonl", f"{first}{broken}\n{''.join(others)}".encode())
    assert told(found) == ["One", f"2:2 {problem}", "One", "One"]
    assert found[-1].row == 4


def test_a_broken_first_line_costs_no_other(
    read_table: Any, told: Callable[..., list[str]]
) -> None:
    found = read_table("t.jsonl", b'{"abc": "X:1\n' + LINES.encode())
    assert told(found) == [
        "1:1 this is no JSON: invalid control character at column 13",
        *["One"] * 3,
    ]


def test_a_broken_element_of_a_list_costs_no_other(
    read_table: Any, told: Callable[..., list[str]]
) -> None:
    rows = [json.dumps(row) for row in ROWS]
    text = "[" + ",\n".join([rows[0], '{"abc": oops}', rows[1], rows[2]]) + "]"
    found = read_table("t.json", text.encode())
    assert told(found) == ["One", "2:2 this is no JSON: expecting value", "One", "One"]


def test_a_list_that_is_cut_gives_what_is_whole(
    read_table: Any, told: Callable[..., list[str]]
) -> None:
    text = json.dumps(ROWS)
    assert told(read_table("t.json", text[:-1].encode())) == [
        *["One"] * 3,
        "0:1 the file ends before the list does",
    ]
    *tunes, fault, end = read_table("t.json", text[:-12].encode())
    assert len(tunes) == 2
    assert isinstance(fault, Reject)
    assert (fault.row, fault.code, end.code) == (3, "bad-row", "bad-table")


def test_a_lone_surrogate_and_bytes_that_are_no_utf_8_cost_no_tune(read_table: Any) -> None:
    surrogate = b'{"abc": "X:1\\nT:\\ud800\\nK:D\\nABcd|"}\n'
    latin = '{"abc": "X:1\\nT:Café\\nK:D\\nABcd|"}\n'.encode("latin-1")
    first, second = read_table("t.jsonl", surrogate + latin)
    assert "T:?\n" in first.text
    assert "T:Café\n" in second.text


@given(st.text(alphabet='[]{}",:\\\n 1aXK', max_size=60))
def test_nothing_breaks_the_reader(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("json") / "t.json"
    for beginning in ("", "[", '{"abc": "X:1"}\n'):
        path.write_text(beginning + text)
        (file,) = input_files([str(path)])
        assert list(read_raw_tunes(file))


@pytest.mark.parametrize("unit", ["{", "[", '"', '{"a": ', "}, {", "[1, ", "\n"])
def test_broken_json_takes_linear_time(read_table: Any, unit: str) -> None:
    for name, beginning in (("t.json", "["), ("t.jsonl", "{}\n")):
        began = time.process_time()
        read_table(name, (beginning + unit * 200_000).encode())
        assert time.process_time() - began < 5


def test_a_line_that_is_too_long_costs_no_other(
    read_table: Any, told: Callable[..., list[str]]
) -> None:
    long = json.dumps({"abc": TUNE, "n": "A" * 3_000})
    found = read_table("t.jsonl", f"{LINES}{long}\n{LINES}".encode(), "", Limits(2_000))
    assert told(found)[3] == "4:4 the line has more than 2,000 bytes"
    assert len(found) == 7


def test_elements_longer_than_what_is_read_at_once_are_read(read_table: Any) -> None:
    rows = [{"n": "A" * size, "abc": TUNE} for size in (10, 70_000, 200_000, 65_536)]
    assert len(read_table("t.json", json.dumps(rows).encode())) == 4
