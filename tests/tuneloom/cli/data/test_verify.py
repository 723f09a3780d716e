from collections.abc import Callable
from pathlib import Path

import pytest

from tuneloom.cli.app import main
from tuneloom.pipeline.dataset.files import REJECTS

BOOK = "X:1\nT:One\nM:4/4\nL:1/8\nK:D\n|:DEFG A4:|\n"


@pytest.fixture
def data(ingest_book: Callable[[str], Path]) -> Path:
    return ingest_book(BOOK)


def test_an_intact_data_set_is_reported_as_intact(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["verify", str(data)]) == 0
    assert capsys.readouterr().out.startswith(f"{data}: intact; 1 tunes in 6 shards, ")


def test_each_fault_is_named_and_the_exit_status_is_1(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (data / REJECTS).unlink()
    capsys.readouterr()
    assert main(["verify", str(data)]) == 1
    shown = capsys.readouterr()
    assert shown.out == f"{data / REJECTS}: missing\n"
    assert shown.err == "1 fault; ingest the data set again\n"


def test_a_directory_that_is_not_a_data_set_exits_2(tmp_path: Path) -> None:
    assert main(["verify", str(tmp_path)]) == 2
