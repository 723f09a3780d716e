import hashlib
import json
import shutil
from pathlib import Path

import pytest

from tuneloom.grammar.errors import UsageError
from tuneloom.pipeline.dataset.manifest import Manifest


def copy_with(data_set: Path, to: Path, **changes: object) -> Path:
    shutil.copytree(data_set, to)
    fields = json.loads((to / "manifest.json").read_text()) | changes
    (to / "manifest.json").write_text(json.dumps(fields))
    return to


def test_a_manifest_reads_back_as_it_was_written(data_set: Path) -> None:
    manifest = Manifest.load(data_set)
    written = (data_set / "manifest.json").read_bytes()
    assert manifest.to_json() == written
    assert manifest.sha256 == hashlib.sha256(written).hexdigest()


def test_a_manifest_records_what_decided_the_bytes(data_set: Path, book: Path) -> None:
    manifest = Manifest.load(data_set)
    (source,) = manifest.sources
    (file,) = source.files
    assert (source.name, file.path) == ("input", "book.abc")
    assert file.sha256 == hashlib.sha256(book.read_bytes()).hexdigest()
    for shard in manifest.shards:
        data = (data_set / shard.file).read_bytes()
        assert (shard.bytes, shard.sha256) == (len(data), hashlib.sha256(data).hexdigest())


def test_a_directory_without_completed_is_not_a_data_set(data_set: Path, tmp_path: Path) -> None:
    unfinished = copy_with(data_set, tmp_path / "set")
    (unfinished / "COMPLETED").unlink()
    with pytest.raises(UsageError, match=r"not a finished data set \(no COMPLETED\)"):
        Manifest.load(unfinished)


def test_a_missing_directory_is_reported(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no such directory"):
        Manifest.load(tmp_path / "nowhere")


def test_a_manifest_of_another_schema_version_is_refused(data_set: Path, tmp_path: Path) -> None:
    newer = copy_with(data_set, tmp_path / "set", schema_version=99)
    with pytest.raises(
        UsageError, match="schema version 99, but this version of tuneloom reads 4; ingest it again"
    ):
        Manifest.load(newer)


@pytest.mark.parametrize("damage", [{"shards": [{}]}, {"counts": 3}, {"stranger": 1}])
def test_a_damaged_manifest_is_refused(
    data_set: Path, tmp_path: Path, damage: dict[str, object]
) -> None:
    with pytest.raises(UsageError, match="the manifest is damaged"):
        Manifest.load(copy_with(data_set, tmp_path / "set", **damage))


def test_a_manifest_that_is_not_json_is_refused(data_set: Path, tmp_path: Path) -> None:
    broken = copy_with(data_set, tmp_path / "set")
    (broken / "manifest.json").write_text("{")
    with pytest.raises(UsageError, match="not the manifest of a data set"):
        Manifest.load(broken)
