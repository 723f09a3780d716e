"""Each format, read again by the library that people read it with."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from tuneloom.corpus.record import Record
from tuneloom.grammar.errors import RunFailed, UsageError
from tuneloom.pipeline.dataset.reader import read_records
from tuneloom.pipeline.export.catalogue import EXPORT_FORMATS
from tuneloom.pipeline.export.export import export_dataset

SPLITS = ("train", "validation", "test")


@pytest.fixture
def records(data_set: Path) -> dict[str, list[Record]]:
    """The tunes of each split that has any."""
    found = {split: list(read_records(data_set, split)) for split in SPLITS}
    return {split: tunes for split, tunes in found.items() if tunes}


@pytest.fixture
def export(data_set: Path, tmp_path: Path) -> Callable[[str], Path]:
    """Export the small data set in a format."""

    def run(name: str) -> Path:
        export_dataset(data_set, tmp_path / name, EXPORT_FORMATS[name])
        return tmp_path / name

    return run


def identities(records: list[Record]) -> list[tuple[str, str]]:
    return [(record.id, record.abc) for record in records]


def test_parquet_has_the_types_and_values_of_the_records(
    export: Callable[[str], Path], records: dict[str, list[Record]]
) -> None:
    directory = export("parquet")
    for split, tunes in records.items():
        table = pq.read_table(directory / f"{split}-00000-of-00001.parquet")
        rows = table.to_pylist()
        read = [
            Record(**row | {name: tuple(row[name]) for name in ("levels", "repairs")})
            for row in rows
        ]
        assert read == tunes
    assert {str(field.type) for field in table.schema} == {
        "string",
        "int64",
        "list<element: string>",
    }


def test_json_lines_has_an_object_for_each_record(
    export: Callable[[str], Path], records: dict[str, list[Record]]
) -> None:
    directory = export("jsonl")
    for split, tunes in records.items():
        rows = [json.loads(line) for line in (directory / f"{split}.jsonl").open()]
        assert [(row["id"], row["abc"], row["levels"]) for row in rows] == [
            (tune.id, tune.abc, list(tune.levels)) for tune in tunes
        ]


def test_csv_is_read_by_pandas_and_by_the_standard_library(
    export: Callable[[str], Path], records: dict[str, list[Record]]
) -> None:
    directory = export("csv")
    for split, tunes in records.items():
        table = pd.read_csv(directory / f"{split}.csv", keep_default_na=False)
        assert list(zip(table["id"], table["abc"], strict=True)) == identities(tunes)
        assert table["notes"].tolist() == [tune.notes for tune in tunes]
        with (directory / f"{split}.csv").open(newline="") as file:
            rows = list(csv.DictReader(file))
        assert [(row["id"], row["abc"]) for row in rows] == identities(tunes)
        assert [row["levels"].split() for row in rows] == [list(tune.levels) for tune in tunes]


def test_text_is_parted_by_empty_lines(
    export: Callable[[str], Path], records: dict[str, list[Record]]
) -> None:
    directory = export("text")
    for split, tunes in records.items():
        texts = (directory / f"{split}.txt").read_text().rstrip("\n").split("\n\n")
        ids = (directory / f"{split}-ids.txt").read_text().split()
        found = [(each, f"{text}\n") for each, text in zip(ids, texts, strict=True)]
        assert found == identities(tunes)


def test_folk_rnn_reads_metre_key_and_tokens(
    export: Callable[[str], Path], records: dict[str, list[Record]]
) -> None:
    directory = export("folk-rnn")
    for split, tunes in records.items():
        # As folk-rnn's train_rnn.py does.
        found = [tune.split() for tune in (directory / f"{split}.txt").read_text().split("\n\n")]
        assert (directory / f"{split}-ids.txt").read_text().split() == [tune.id for tune in tunes]
        assert [tune[0] for tune in found] == [f"M:{tune.meter}" for tune in tunes]
        assert [tune[1] for tune in found] == [f"K:{tune.tonic}{tune.mode}" for tune in tunes]


@pytest.mark.parametrize("name", list(EXPORT_FORMATS))
def test_the_same_data_set_gives_the_same_bytes(name: str, data_set: Path, tmp_path: Path) -> None:
    for copy in ("one", "two"):
        export_dataset(data_set, tmp_path / copy, EXPORT_FORMATS[name])
    one, two = ({f.name: f.read_bytes() for f in (tmp_path / c).iterdir()} for c in ("one", "two"))
    assert one == two
    assert {"export.json", *(file["file"] for file in json.loads(one["export.json"])["files"])} == {
        *one
    }


def test_tunes_that_a_format_cannot_express_are_counted_and_named(
    ingested: Callable[[str], Path], tmp_path: Path
) -> None:
    tunes = ingested(
        "X:1\nT:Changes\nM:4/4\nL:1/8\nK:D\nABcd dcBA|[K:G]GABc cBAG|\n\n"
        "X:2\nT:Stays\nM:4/4\nL:1/8\nK:D\nABcd d2cA|ABcd dcBA|\n"
    )
    exported = export_dataset(tunes, tmp_path / "out", EXPORT_FORMATS["folk-rnn"])
    left_out = [dict(split.left_out) for split in exported.splits.values() if split.left_out]
    assert left_out == [{"change of key": 1}]
    assert sum(split.records for split in exported.splits.values()) == 1
    (named,) = (tmp_path / "out").glob("*-left-out.jsonl")
    assert json.loads(named.read_text())["reason"] == "change of key"


def test_an_existing_directory_is_replaced_only_if_it_is_an_export_as_written(
    data_set: Path, tmp_path: Path
) -> None:
    out, csv_format = tmp_path / "out", EXPORT_FORMATS["csv"]

    def overwrite() -> None:
        export_dataset(data_set, out, csv_format, overwrite=True)

    export_dataset(data_set, out, csv_format)
    with pytest.raises(UsageError, match="already exists; use --overwrite"):
        export_dataset(data_set, out, csv_format)
    overwrite()
    (out / "notes.txt").write_text("mine")
    with pytest.raises(UsageError, match=r"'notes.txt' is not part of the export"):
        overwrite()
    (out / "notes.txt").unlink()
    (file,) = (each for each in out.glob("*.csv") if "train" in each.name)
    file.write_text(file.read_text() + "mine\n")
    with pytest.raises(UsageError, match=r"'train.csv' is not part of the export, or was changed"):
        overwrite()
    (out / "export.json").write_text("[" * 10_000)
    with pytest.raises(UsageError, match="not an export"):
        overwrite()


def test_a_data_set_is_never_replaced_by_an_export(data_set: Path, tmp_path: Path) -> None:
    other = tmp_path / "set"
    other.mkdir()
    (other / "manifest.json").write_bytes((data_set / "manifest.json").read_bytes())
    with pytest.raises(UsageError, match="not an export"):
        export_dataset(data_set, other, EXPORT_FORMATS["csv"], overwrite=True)


@pytest.mark.parametrize("inside", [".", "parquet", "a/b"])
def test_nothing_is_exported_into_the_data_set_itself(inside: str, data_set: Path) -> None:
    with pytest.raises(UsageError, match="in the data set itself"):
        export_dataset(data_set, data_set / inside, EXPORT_FORMATS["csv"], overwrite=True)


def test_a_link_into_the_data_set_is_followed(data_set: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(data_set)
    with pytest.raises(UsageError, match="in the data set itself"):
        export_dataset(data_set, tmp_path / "link" / "out", EXPORT_FORMATS["csv"])


def test_a_damaged_data_set_is_not_exported(data_set: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    copy.mkdir()
    for file in data_set.iterdir():
        (copy / file.name).write_bytes(file.read_bytes())
    shard = max(copy.glob("*.tfrecord"), key=lambda path: path.stat().st_size)
    shard.write_bytes(shard.read_bytes()[:-1])
    with pytest.raises(UsageError, match="damaged record at byte"):
        export_dataset(copy, tmp_path / "out", EXPORT_FORMATS["csv"])
    (copy / "COMPLETED").unlink()
    with pytest.raises(UsageError, match="not a finished data set"):
        export_dataset(copy, tmp_path / "out", EXPORT_FORMATS["csv"])
    assert sorted(tmp_path.iterdir()) == [copy]


def test_only_the_splits_asked_for_are_written(
    data_set: Path, tmp_path: Path, records: dict[str, list[Record]]
) -> None:
    split = next(iter(records))
    export_dataset(data_set, tmp_path / "out", EXPORT_FORMATS["jsonl"], [split])
    assert [file.name for file in (tmp_path / "out").glob("*.jsonl")] == [f"{split}.jsonl"]
    with pytest.raises(UsageError, match="no split 'dev'; choose from train, validation, test"):
        export_dataset(data_set, tmp_path / "other", EXPORT_FORMATS["jsonl"], ["dev"])


@pytest.mark.parametrize("name", list(EXPORT_FORMATS))
def test_a_full_disk_leaves_nothing(
    name: str, data_set: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tuneloom.pipeline.export.export._complete_export", full)
    with pytest.raises(RunFailed, match=r"out: cannot be written \(No space left on device\)"):
        export_dataset(data_set, tmp_path / "out", EXPORT_FORMATS[name])
    assert list(tmp_path.iterdir()) == []
