import shutil
from pathlib import Path

import pytest

from tuneloom.grammar.errors import UsageError
from tuneloom.model.data.pandas_table import load_table
from tuneloom.model.data.tf_dataset import load_dataset
from tuneloom.pipeline.dataset.reader import read_records
from tuneloom.pipeline.run import main

BOOK = """\
X:1
T:The Even Jig
R:jig
M:6/8
L:1/8
K:D
|:dff cee|def gfe|dff cee|dfe dBA:|

X:2
T:Waltz
M:3/4
L:1/4
K:Am
A2B|c2d|e2c|A3|]
"""


@pytest.fixture(scope="module")
def tunes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tunes")
    folder.joinpath("book.abc").write_text(BOOK)
    assert main(["--input", str(folder), "--output", str(folder / "set")]) == 0
    return folder / "set"


def test_tensorflow_reads_the_records_that_python_reads(tunes: Path) -> None:
    for split in ("train", "validation", "test"):
        records = list(read_records(tunes, split))
        found = list(load_dataset(tunes, split).as_numpy_iterator())
        assert [each["abc"].decode() for each in found] == [record.abc for record in records]
        assert [each["notes"] for each in found] == [record.notes for record in records]
        assert [tuple(map(bytes.decode, each["levels"])) for each in found] == [
            record.levels for record in records
        ]


def test_elements_are_scalars_that_go_into_batches(tunes: Path) -> None:
    split = next(s for s in ("train", "validation", "test") if list(read_records(tunes, s)))
    batch = next(iter(load_dataset(tunes, split).ragged_batch(2)))
    assert batch["abc"].shape[0] == batch["levels"].shape[0] > 0


def test_a_table_has_a_row_for_each_tune_and_a_column_for_each_feature(tunes: Path) -> None:
    table = load_table(tunes).set_index("title")
    assert sorted(table.index) == ["The Even Jig", "Waltz"]
    assert table.loc["The Even Jig", "rhythm"] == "jig"
    assert list(table.loc["Waltz", ["meter", "notes"]]) == ["3/4", 7]
    assert set(table["split"]) <= {"train", "validation", "test"}
    split = table.loc["Waltz", "split"]
    assert "Waltz" in set(load_table(tunes, str(split))["title"])


def test_what_is_broken_or_not_there_is_refused_before_anything_is_read(
    tunes: Path, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match="no split 'dev'"):
        load_dataset(tunes, "dev")
    copied = shutil.copytree(tunes, tmp_path / "set")
    shards = [path for path in copied.glob("*.tfrecord") if path.stat().st_size]
    assert shards
    for shard in shards:
        shard.write_bytes(b"")
        with pytest.raises(UsageError, match=f"{shard.name}: holds 0 records"):
            load_dataset(copied, shard.name.split("-")[1])
