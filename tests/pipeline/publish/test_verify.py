import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tuneloom.grammar.errors import UsageError
from tuneloom.pipeline.dataset.files import CHECKED_FILES, COMPLETED, MANIFEST, REJECTS
from tuneloom.pipeline.dataset.manifest import Manifest
from tuneloom.pipeline.dataset.tfrecord import frame, read_frames
from tuneloom.pipeline.publish.verify import verify_dataset
from tuneloom.pipeline.run import main


@pytest.fixture
def copied(data_set: Path, tmp_path: Path) -> Path:
    return shutil.copytree(data_set, tmp_path / "set")


def filled_shard(directory: Path) -> Path:
    shard = next(shard for shard in Manifest.load(directory).shards if shard.records)
    return directory / shard.file


def faults(directory: Path) -> list[str]:
    return [str(fault) for fault in verify_dataset(directory)]


def test_an_intact_data_set_has_no_faults(data_set: Path) -> None:
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
        f"{path.name}: holds {len(records) - 1} records, but the manifest lists {len(records)}"
    ]


def test_a_missing_shard_is_found(copied: Path) -> None:
    path = filled_shard(copied)
    path.unlink()
    assert faults(copied) == [f"{path.name}: missing"]


def test_a_shard_left_over_from_another_run_is_found(copied: Path) -> None:
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


def test_a_file_that_is_not_part_of_the_data_set_is_found(copied: Path) -> None:
    copied.joinpath("notes.txt").touch()
    assert faults(copied) == ["notes.txt: not in the manifest: not part of a data set"]


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
def test_the_files_beside_the_shards_are_checked_too(copied: Path, name: str) -> None:
    with (copied / name).open("ab") as file:
        file.write(b"{}\n")
    assert any(fault.startswith(f"{name}: changed since the run") for fault in faults(copied))
    (copied / name).unlink()
    assert f"{name}: missing" in faults(copied)


def forge_completed(directory: Path) -> None:
    """Make COMPLETED agree with the files that are there, as a forger would."""
    names = [name for name in CHECKED_FILES if (directory / name).is_file()]
    sums = (hashlib.sha256((directory / name).read_bytes()).hexdigest() for name in names)
    lines = (f"{digest}  {name}\n" for digest, name in zip(sums, names, strict=True))
    (directory / COMPLETED).write_text("".join(lines))


@pytest.mark.parametrize("name", CHECKED_FILES[1:])
def test_a_file_missing_from_the_folder_and_from_completed_is_reported(
    copied: Path, name: str
) -> None:
    (copied / name).unlink()
    forge_completed(copied)
    assert faults(copied) == [f"{name}: missing"]


def test_a_file_that_completed_does_not_list_is_reported(copied: Path) -> None:
    lines = (copied / COMPLETED).read_text().splitlines(keepends=True)
    (copied / COMPLETED).write_text("".join(line for line in lines if "schema" not in line))
    assert faults(copied) == [f"{COMPLETED}: does not list schema.pbtxt: damaged"]


@pytest.mark.parametrize(
    ("edit", "fault"),
    [
        (
            lambda fields: fields["counts"].update(read=99),
            f"{MANIFEST}: counts 99 tunes read; 5 were taken or rejected",
        ),
        (
            lambda fields: fields["as_found"]["input"].update(read=4),
            f"{MANIFEST}: counts 4 tunes read of input; 5 were taken or rejected",
        ),
        (
            lambda fields: fields["counts"].update(duplicates=2),
            f"{REJECTS}: holds 1 of duplicate, but the manifest counts 2",
        ),
        (
            lambda fields: fields["counts"]["rejects"].update({"no-note": 1}),
            f"{REJECTS}: holds 0 of no-note, but the manifest counts 1",
        ),
        (
            lambda fields: fields["splits"]["train"].update(records=7, characters=70),
            f"{MANIFEST}: counts 7 tunes of 70 characters in train; ",
        ),
    ],
)
def test_an_edited_count_is_found_even_if_completed_agrees(
    copied: Path, edit: Callable[[dict[str, object]], None], fault: str
) -> None:
    fields = json.loads((copied / MANIFEST).read_bytes())
    edit(fields)
    (copied / MANIFEST).write_text(json.dumps(fields, ensure_ascii=False, indent=2) + "\n")
    forge_completed(copied)
    [found] = faults(copied)
    assert found.startswith(fault)


def test_a_damaged_line_of_the_rejects_is_reported(copied: Path) -> None:
    with (copied / REJECTS).open("ab") as file:
        file.write(b"{}\n")
    forge_completed(copied)
    [found] = faults(copied)
    assert found.startswith(f"{REJECTS}: 3: damaged")


def test_files_without_a_tune_are_not_counted_as_tunes(copied: Path, book: Path) -> None:
    folder = copied.parent / "tunes"
    folder.mkdir()
    shutil.copy(book, folder)
    (folder / "prose.txt").write_text("Once upon a time.\n")
    assert main(["--input", str(folder), "--output", str(copied.parent / "other")]) == 0
    assert faults(copied.parent / "other") == []


def test_a_run_that_did_not_finish_is_reported(copied: Path) -> None:
    (copied / COMPLETED).unlink()
    assert faults(copied) == [f"{COMPLETED}: missing: the run that wrote this did not finish"]


def test_a_directory_that_is_not_a_data_set_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not a data set"):
        verify_dataset(tmp_path)
    with pytest.raises(UsageError, match="no such directory"):
        verify_dataset(tmp_path / "none")
