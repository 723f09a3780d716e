import hashlib
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tuneloom.corpus.record import Record
from tuneloom.pipeline.dataset.files import SPLITS
from tuneloom.pipeline.dataset.manifest import Shard
from tuneloom.pipeline.dataset.shards import (
    join_pieces,
    range_of,
    shard_of,
    write_piece,
)
from tuneloom.pipeline.dataset.splits import FamilySplit

SPLITTING = FamilySplit()
ONE_EACH = dict.fromkeys(SPLITS, 1)
LARGEST_SPLIT = "f"  # a family of the train split


def test_near_duplicates_share_a_split_whatever_their_ids(tune: Callable[..., Record]) -> None:
    family = [tune(id=f"{number:016x}", family="f") for number in range(50)]
    assert len({shard_of(record, ONE_EACH, SPLITTING) for record in family}) == 1


def test_tunes_spread_evenly_over_the_shards_of_a_split(tune: Callable[..., Record]) -> None:
    shards = ONE_EACH | {"train": 4}
    names = Counter(
        shard_of(tune(id=f"{n:016x}", family=f"{n}"), shards, SPLITTING) for n in range(4_000)
    )
    train = {name: count for name, count in names.items() if "train" in name}
    assert sorted(train) == [f"tunes-train-0000{index}-of-00004.tfrecord" for index in range(4)]
    assert all(800 < count < 1_000 for count in train.values())


def written(
    directory: Path, records: list[Record], ranges: Callable[[Record], int]
) -> tuple[Shard, bytes]:
    """A shard of these records, written in pieces."""
    numbers = {ranges(record) for record in records}
    pieces = [
        write_piece(directory / f"{n}", n, [each for each in records if ranges(each) == n])
        for n in numbers
    ]
    shard = join_pieces(directory, "tunes-train-00000-of-00001.tfrecord", pieces)
    return shard, (directory / shard.file).read_bytes()


def test_a_shard_does_not_depend_on_the_order_of_arrival(
    tune: Callable[..., Record], tmp_path: Path
) -> None:
    records = [tune(id=f"{number:016x}") for number in range(100)]
    first = written(tmp_path, records, lambda _: 0)
    random.Random(0).shuffle(records)
    assert written(tmp_path, records, lambda _: 0) == first


def test_a_shard_in_pieces_is_the_same_as_in_one(
    tune: Callable[..., Record], tmp_path: Path
) -> None:
    records = [tune(id=f"{number:016x}") for number in range(300)]
    whole = written(tmp_path, records, lambda _: 0)
    assert written(tmp_path, records, lambda record: range_of(record.id, ONE_EACH)) == whole


@pytest.mark.parametrize("train", [1, 3, 4, 5, 16, 40])
def test_all_of_a_range_is_in_one_shard(tune: Callable[..., Record], train: int) -> None:
    shards = ONE_EACH | {"train": train}
    records = [tune(id=f"{number:016x}", family=LARGEST_SPLIT) for number in range(2_000)]
    inside = {(range_of(each.id, shards), shard_of(each, shards, SPLITTING)) for each in records}
    assert len(inside) == len({number for number, _ in inside}) >= 16
    assert [name for _, name in sorted(inside)] == sorted(name for _, name in inside)


def test_a_shard_reports_its_size_and_sum(tune: Callable[..., Record], tmp_path: Path) -> None:
    piece = write_piece(tmp_path / "piece", 0, [tune()])
    shard = join_pieces(tmp_path, "tunes-test-00000-of-00001.tfrecord", [piece])
    data = (tmp_path / shard.file).read_bytes()
    assert (shard.split, shard.records, shard.bytes) == ("test", 1, len(data))
    assert shard.sha256 == hashlib.sha256(data).hexdigest()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["piece", shard.file]
