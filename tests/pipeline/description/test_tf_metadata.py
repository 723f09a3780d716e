from collections.abc import Callable

from google.protobuf import text_format  # type: ignore[import-untyped]
from tensorflow_metadata.proto.v0 import schema_pb2, statistics_pb2

from tuneloom.corpus.record import Record
from tuneloom.pipeline.description.tf_metadata import schema_text, statistics_bytes
from tuneloom.pipeline.steps.feature_counts import count_features
from tuneloom.pipeline.steps.report import SplitReport


def statistics_of(records: list[Record]) -> dict[str, statistics_pb2.FeatureNameStatistics]:
    report = SplitReport(features=count_features(records))
    data = statistics_bytes({"train": report}, {"train": len(records)})
    (train,) = statistics_pb2.DatasetFeatureStatisticsList.FromString(data).datasets
    assert (train.name, train.num_examples) == ("train", len(records))
    return {feature.name: feature for feature in train.features}


def test_the_schema_tells_the_type_of_each_feature() -> None:
    schema = text_format.Parse(schema_text(), schema_pb2.Schema())
    kinds = {feature.name: schema_pb2.FeatureType.Name(feature.type) for feature in schema.feature}
    assert len(kinds) == 18
    assert kinds["abc"] == kinds["levels"] == "BYTES"
    assert kinds["bars"] == "INT"


def test_numbers_are_summed_up(tune: Callable[..., Record]) -> None:
    notes = statistics_of([tune(notes=number) for number in (10, 20, 20, 50)])["notes"].num_stats
    assert (notes.min, notes.max, notes.mean, notes.median) == (10, 50, 25, 20)
    assert round(notes.std_dev, 6) == 15
    assert [bucket.sample_count for bucket in notes.histograms[0].buckets][:3] == [1, 0, 2]
    assert notes.common_stats.num_non_missing == 4


def test_the_commonest_texts_come_first(tune: Callable[..., Record]) -> None:
    records = [tune(rhythm=name) for name in ("jig", "reel", "reel", "air")]
    rhythm = statistics_of(records)["rhythm"].string_stats
    assert [value.value for value in rhythm.top_values] == ["reel", "air", "jig"]
    assert rhythm.unique == 3


def test_lists_may_be_empty(tune: Callable[..., Record]) -> None:
    records = [tune(repairs=()), tune(repairs=("detached-tie", "old-chord"))]
    common = statistics_of(records)["repairs"].string_stats.common_stats
    assert (common.num_missing, common.min_num_values, common.max_num_values) == (1, 0, 2)


def test_a_split_without_a_record_has_statistics_too() -> None:
    assert statistics_of([])["notes"].num_stats.common_stats.num_non_missing == 0
