import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from grammar.errors import UsageError
from pipeline.layout import COMPLETED, MANIFEST, REJECTS
from pipeline.manifest import Manifest
from pipeline.run import main
from pipeline.tfrecord import frame, read_frames
from pipeline.verify import verify


@pytest.fixture
def copied(data_set: Path, tmp_path: Path) -> Path:
    return shutil.copytree(data_set, tmp_path / "set")


def filled_shard(directory: Path) -> Path:
    shard = next(shard for shard in Manifest.load(directory).shards if shard.records)
    return directory / shard.file


def faults(directory: Path) -> list[str]:
    return [str(fault) for fault in verify(directory)]


def test_a_whole_data_set_has_no_faults(data_set: Path) -> None:
    assert faults(data_set) == []


def test_every_flipped_byte_of_a_shard_is_found(copied: Path) -> None:
    path = filled_shard(copied)
    data = path.read_bytes()
    for position in range(0, len(data), 7):
        flipped = bytearray(data)
        flipped[position] ^= 1
        path.write_bytes(flipped)
        [fault] = faults(copied)
        assert fault.startswith(f"{path.name}: damaged record")
        assert fault.endswith("records")


def test_a_shard_cut_at_the_boundary_of_a_record_is_found(copied: Path) -> None:
    path = filled_shard(copied)
    with path.open("rb") as file:
        records = list(read_frames(file))
    path.write_bytes(b"".join(map(frame, records[:-1])))
    assert faults(copied) == [
        f"{path.name}: holds {len(records) - 1} records, where the manifest says {len(records)}"
    ]


def test_a_missing_shard_is_found(copied: Path) -> None:
    path = filled_shard(copied)
    path.unlink()
    assert faults(copied) == [f"{path.name}: missing"]


def test_a_shard_that_another_run_left_behind_is_found(copied: Path) -> None:
    shutil.copy(filled_shard(copied), copied / "tunes-train-00000-of-00007.tfrecord")
    assert faults(copied) == [
        "tunes-train-00000-of-00007.tfrecord: not in the manifest: a shard of another run"
    ]


def test_a_stale_shard_under_the_right_name_is_found(copied: Path, book: Path) -> None:
    other = copied.parent / "other"
    assert main(["--input", str(book), "--output", str(other), "--profile", "full"]) == 0
    path = filled_shard(copied)
    shutil.copy(other / path.name, path)
    [fault] = faults(copied)
    assert fault.startswith(f"{path.name}: ")
    assert "not the shard of this run" in fault


def test_a_file_that_is_no_part_of_it_is_found(copied: Path) -> None:
    copied.joinpath("notes.txt").touch()
    assert faults(copied) == ["notes.txt: not in the manifest: no part of a data set"]


@pytest.mark.parametrize(
    "edit",
    [
        lambda fields: fields["counts"].update(taken=99),
        lambda fields: fields.update(vocabulary="abc"),
        lambda fields: fields["shards"][0].update(sha256="0" * 64),
        lambda fields: fields.update(schema_version=99),
        lambda fields: fields.pop("splits"),
    ],
)
def test_an_edited_manifest_is_found(
    copied: Path, edit: Callable[[dict[str, object]], None]
) -> None:
    path = copied / MANIFEST
    fields = json.loads(path.read_bytes())
    edit(fields)
    path.write_text(json.dumps(fields, ensure_ascii=False, indent=2) + "\n")
    assert faults(copied)[0].startswith(f"{MANIFEST}: changed since the run")
    with pytest.raises(UsageError, match=MANIFEST):
        Manifest.load(copied)


@pytest.mark.parametrize("name", [REJECTS, "README.md", "schema.pbtxt", "statistics.pb"])
def test_what_stands_beside_the_shards_is_checked_too(copied: Path, name: str) -> None:
    with (copied / name).open("ab") as file:
        file.write(b"{}\n")
    assert any(fault.startswith(f"{name}: changed since the run") for fault in faults(copied))
    (copied / name).unlink()
    assert f"{name}: missing" in faults(copied)


def test_a_run_that_did_not_finish_is_told(copied: Path) -> None:
    (copied / COMPLETED).unlink()
    assert faults(copied) == [f"{COMPLETED}: missing: the run that wrote this did not finish"]


def test_a_directory_that_is_no_data_set_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not a data set"):
        verify(tmp_path)
    with pytest.raises(UsageError, match="no such directory"):
        verify(tmp_path / "none")
