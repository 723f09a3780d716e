"""`tuneloom check` on tables, packed files and archives."""

import gzip
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tuneloom.cli.app import main

GOOD = "X:1\nT:One\nM:4/4\nL:1/4\nK:D\nABcd|\n"
TIED = "X:1\nT:Two\nM:4/4\nL:1/4\nK:D\nABcd|A-B-c2|\n"


@pytest.fixture
def check(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def run(*arguments: object) -> tuple[int, str, str]:
        status = main(["check", *map(str, arguments)])
        shown = capsys.readouterr()
        return status, shown.out, shown.err

    return run


def test_a_finding_in_a_row_tells_the_row_and_the_line_of_the_tune(
    tmp_path: Path, check: Any
) -> None:
    path = tmp_path / "t.jsonl"
    path.write_text("".join(json.dumps({"abc": text}) + "\n" for text in (GOOD, TIED)))
    status, out, err = check(path, "--output-format", "concise")
    assert status == 1
    assert f"{path}:2:6: tie-pitch" in out
    assert "(row 2, line 6, X:1 Two)" in out
    assert err == "2 findings in 2 tunes\n"
    _, out, _ = check(path, "--output-format", "json")
    first = json.loads(out)[0]
    assert (first["line"], first["row"], first["tune_line"], first["column"]) == (2, 2, 6, 6)


def test_a_line_of_a_cell_is_a_line_of_the_file(tmp_path: Path, check: Any) -> None:
    path = tmp_path / "t.csv"
    path.write_text(f'n,abc\n1,"{GOOD}"\n2,"{TIED}"\n')
    status, out, _ = check(path)
    assert status == 1
    assert f"{path}:14:6: tie-pitch" in out
    assert "(row 2, X:1 Two)" in out
    assert "   14 | ABcd|A-B-c2|\n" in out


def test_a_broken_row_is_told_and_the_others_are_checked(tmp_path: Path, check: Any) -> None:
    path = tmp_path / "t.jsonl"
    path.write_text(json.dumps({"abc": GOOD}) + "\n{oops\n" + json.dumps({"abc": GOOD}) + "\n")
    status, _, err = check(path)
    assert status == 2
    assert f"error: {path}:2:1 (row 2): this is no JSON: expecting" in err
    assert err.endswith("2 tunes, no findings\n")


def test_packed_files_are_checked_and_a_column_may_be_named(tmp_path: Path, check: Any) -> None:
    path = tmp_path / "t.abc.gz"
    path.write_bytes(gzip.compress(GOOD.encode()))
    assert check(path) == (0, "", "1 tune, no findings\n")
    table = tmp_path / "t.tsv"
    table.write_text(f'a\tb\n\t"{GOOD}"\n')
    status, _, err = check(table)
    assert (status, "which column holds the tunes?" in err) == (2, True)
    assert check(table, "--column", "b")[0] == 0


def test_tokens_and_marks_are_read_before_they_are_checked(tmp_path: Path, check: Any) -> None:
    path = tmp_path / "t.txt"
    path.write_text(
        "<s> M:4/4 L:1/4 K:D |: A B c d :| </s>\n<s> M:4/4 L:1/4 K:D |: A B c 2 d :| </s>\n"
    )
    status, out, err = check(path, "--level", "metrical", "--output-format", "concise")
    assert status == 1
    assert f"{path}:2:" in out
    assert "bar-length" in out
    assert err.endswith("in 2 tunes\n")


def test_a_table_is_not_formatted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "t.csv"
    path.write_text(f'n,abc\n1,"{TIED}"\n')
    before = path.read_bytes()
    assert main(["format", "--write", str(path)]) == 2
    assert "no plain tunebook, but a table, an archive or the like" in capsys.readouterr().err
    assert path.read_bytes() == before


def test_parquet_without_its_library_names_the_extra(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "t.parquet"
    path.write_bytes(b"PAR1")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert main(["check", str(path)]) == 2
    assert capsys.readouterr().err == (
        "error: tuneloom check needs PyArrow, which is not installed: "
        "pip install 'tuneloom[data]'\n"
    )
