"""The metadata, and what the reference implementation of Croissant makes of it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tuneloom.pipeline.dataset.reader import read_records
from tuneloom.pipeline.export.catalogue import EXPORT_FORMATS
from tuneloom.pipeline.export.export import export_dataset


@pytest.fixture
def exported(data_set: Path, tmp_path: Path) -> Callable[[str], Path]:
    """Export the small data set as a table, and give the place of the metadata."""

    def run(name: str) -> Path:
        export_dataset(data_set, tmp_path / name, EXPORT_FORMATS[name])
        return tmp_path / name / "croissant.json"

    return run


def test_every_split_is_a_file_and_a_record_set(exported: Callable[[str], Path]) -> None:
    metadata = json.loads(exported("jsonl").read_bytes())
    assert metadata["conformsTo"] == "http://mlcommons.org/croissant/1.0"
    assert metadata["license"] == ["not stated"]
    files = {file["name"]: file["sha256"] for file in metadata["distribution"]}
    assert set(files) == {f"{records['@id']}.jsonl" for records in metadata["recordSet"]}
    (levels,) = (f for f in metadata["recordSet"][0]["field"] if f["name"] == "levels")
    assert levels["repeated"] is True
    assert levels["dataType"] == "sc:Text"


def test_a_data_set_has_its_shards_and_no_record_set(data_set: Path) -> None:
    metadata = json.loads((data_set / "croissant.json").read_bytes())
    names = {file["name"] for file in metadata["distribution"]}
    assert names == {path.name for path in data_set.glob("*.tfrecord")}
    assert "recordSet" not in metadata


@pytest.mark.slow
def test_the_library_of_croissant_accepts_the_metadata_of_a_data_set(data_set: Path) -> None:
    mlcroissant = pytest.importorskip("mlcroissant")
    assert not mlcroissant.Dataset(data_set / "croissant.json").metadata.issues.errors


@pytest.mark.slow
@pytest.mark.parametrize("name", ["parquet", "jsonl", "csv"])
def test_the_library_of_croissant_loads_the_records(
    name: str, exported: Callable[[str], Path], data_set: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mlcroissant = pytest.importorskip("mlcroissant")
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")  # no network
    path = exported(name)
    dataset = mlcroissant.Dataset(path)
    assert not dataset.metadata.issues.errors
    for records in json.loads(path.read_bytes())["recordSet"]:
        split = records["@id"]
        rows = list(dataset.records(split))
        tunes = list(read_records(data_set, split))
        assert [(row[f"{split}/id"], row[f"{split}/abc"]) for row in rows] == [
            (tune.id.encode(), tune.abc.encode()) for tune in tunes
        ]
        assert [row[f"{split}/notes"] for row in rows] == [tune.notes for tune in tunes]
