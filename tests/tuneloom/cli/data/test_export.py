from collections.abc import Callable
from pathlib import Path

import pytest

from tuneloom.cli.app import main
from tuneloom.cli.data.export import FORMAT_NAMES
from tuneloom.pipeline.export.catalogue import EXPORT_FORMATS

BOOK = "X:1\nT:One\nM:4/4\nL:1/8\nK:D\n|:DEFG A4:|\n\nX:2\nT:Two\nM:4/4\nL:1/8\nK:D\nA8|[K:G]G8|\n"


@pytest.fixture
def data(ingest_book: Callable[[str], Path]) -> Path:
    return ingest_book(BOOK)


def test_the_formats_of_the_command_are_those_of_the_catalogue() -> None:
    assert list(EXPORT_FORMATS) == FORMAT_NAMES


def test_an_export_is_put_beside_the_data_set(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["export", str(data), "--to", "folk-rnn"]) == 0
    *splits, total = capsys.readouterr().out.splitlines()
    assert "  1 left out: change of key" in splits
    assert total.startswith(f"{data}-folk-rnn: folk-rnn, ")
    assert (data.parent / "set-folk-rnn" / "export.json").is_file()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--to", "tsv"], "'tsv' is not one of 'parquet', 'jsonl', 'csv', 'folk-rnn', 'text'"),
        ([], "Missing option '--to'"),
        (["--to", "csv", "--split", "dev"], "no split 'dev'"),
        (["--to", "csv", "-o", "/proc/none/out"], "/proc/none/out: cannot be written"),
    ],
)
def test_a_wrong_option_is_one_line(
    arguments: list[str], message: str, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main(["export", str(data), *arguments]) == 2
    shown = capsys.readouterr().err
    assert message in shown
    assert shown.count("\n") == 1


def test_what_is_not_a_data_set_exits_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(tmp_path), "--to", "csv"]) == 2
    assert "not a finished data set" in capsys.readouterr().err
