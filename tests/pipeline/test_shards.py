import hashlib
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from corpus.record import Record
from pipeline.layout import SPLITS
from pipeline.shards import shard_of, split_of, write_shard

ONE_EACH = dict.fromkeys(SPLITS, 1)


def test_families_fall_into_the_splits_by_their_shares() -> None:
    found = Counter(split_of(f"family {number}") for number in range(20_000))
    shares = {split: round(100 * found[split] / 20_000) for split in SPLITS}
    assert shares == {"train": 90, "validation": 5, "test": 5}


def test_near_duplicates_share_a_split_whatever_their_ids(tune: Callable[..., Record]) -> None:
    family = [tune(id=f"{number:016x}", family="f") for number in range(50)]
    assert len({shard_of(record, ONE_EACH) for record in family}) == 1


def test_tunes_spread_evenly_over_the_shards_of_a_split(tune: Callable[..., Record]) -> None:
    shards = ONE_EACH | {"train": 4}
    names = Counter(shard_of(tune(id=f"{n:016x}", family=f"{n}"), shards) for n in range(4_000))
    train = {name: count for name, count in names.items() if "train" in name}
    assert sorted(train) == [f"tunes-train-0000{index}-of-00004.tfrecord" for index in range(4)]
    assert all(800 < count < 1_000 for count in train.values())


def test_a_shard_does_not_depend_on_the_order_of_arrival(
    tune: Callable[..., Record], tmp_path: Path
) -> None:
    records = [tune(id=f"{number:016x}") for number in range(100)]
    name = "tunes-train-00000-of-00001.tfrecord"
    first = write_shard(tmp_path, name, records)
    written = (tmp_path / name).read_bytes()
    random.Random(0).shuffle(records)
    assert write_shard(tmp_path, name, records) == first
    assert (tmp_path / name).read_bytes() == written


def test_a_shard_reports_its_size_and_sum(tune: Callable[..., Record], tmp_path: Path) -> None:
    shard = write_shard(tmp_path, "tunes-test-00000-of-00001.tfrecord", [tune()])
    data = (tmp_path / shard.file).read_bytes()
    assert (shard.split, shard.records, shard.bytes) == ("test", 1, len(data))
    assert shard.sha256 == hashlib.sha256(data).hexdigest()
    assert [path.name for path in tmp_path.iterdir()] == [shard.file]
