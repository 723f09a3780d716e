"""Exports as the libraries `datasets` and `torch` read them, without a network."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tuneloom.pipeline.dataset.reader import read_records
from tuneloom.pipeline.export.catalogue import EXPORT_FORMATS
from tuneloom.pipeline.export.export import export_dataset

pytestmark = pytest.mark.slow

BOOK = "\n".join(
    f"X:{number}\nT:Tune {number}\nM:4/4\nL:1/8\nK:D\n|:{first}Bcd d2{last}A|ABcd dc{first}{last}:|\n"
    for number, (first, last) in enumerate(
        (first, last) for first in "ABCDEFGabcdefg" for last in "ABCDEFGabcdefg"
    )
)


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data set with tunes in every split."""
    from tuneloom.pipeline.run import main

    folder = tmp_path_factory.mktemp("many")
    (folder / "book.abc").write_text(BOOK)
    assert main(["--input", str(folder / "book.abc"), "--output", str(folder / "set")]) == 0
    return folder / "set"


@pytest.fixture
def load_dataset(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[[Path], dict[str, list[dict[str, object]]]]:
    """`datasets.load_dataset`, with a cache of its own and no network."""
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "cache"))
    datasets = pytest.importorskip("datasets")

    def load(directory: Path) -> dict[str, list[dict[str, object]]]:
        found = datasets.load_dataset(str(directory), cache_dir=str(tmp_path / "cache"))
        return {split: list(rows) for split, rows in found.items()}

    return load


@pytest.mark.parametrize("name", ["parquet", "jsonl", "csv"])
def test_datasets_reads_every_split_of_a_table(
    name: str,
    many: Path,
    tmp_path: Path,
    load_dataset: Callable[[Path], dict[str, list[dict[str, object]]]],
) -> None:
    export_dataset(many, tmp_path / "out", EXPORT_FORMATS[name])
    found = load_dataset(tmp_path / "out")
    assert len(found) >= 2
    for split, rows in found.items():
        tunes = list(read_records(many, split))
        assert [(row["id"], row["abc"]) for row in rows] == [(tune.id, tune.abc) for tune in tunes]
        assert [row["bars"] for row in rows] == [tune.bars for tune in tunes]


def test_datasets_reads_texts_tune_by_tune(
    many: Path,
    tmp_path: Path,
    load_dataset: Callable[[Path], dict[str, list[dict[str, object]]]],
) -> None:
    export_dataset(many, tmp_path / "out", EXPORT_FORMATS["text"])
    for split, rows in load_dataset(tmp_path / "out").items():
        texts = [f"{str(row['text']).rstrip()}\n" for row in rows]
        assert texts == [tune.abc for tune in read_records(many, split)]
