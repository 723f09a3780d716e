"""`schema.pbtxt` and `statistics.pb`: the data set described for tools that read TF Metadata."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping

from google.protobuf import text_format  # type: ignore[import-untyped]
from tensorflow_metadata.proto.v0 import schema_pb2, statistics_pb2

from tuneloom.pipeline.dataset.schema import INT64, LISTS, MEANINGS, TEXT
from tuneloom.pipeline.description.domains import DOMAINS, MINIMA
from tuneloom.pipeline.steps.feature_counts import FeatureCounts
from tuneloom.pipeline.steps.report import SplitReport

__all__ = ["schema_text", "statistics_bytes"]

_BUCKETS = 10
_TOP_VALUES = 20
_CATEGORIES = frozenset(
    {"source", "license", "rhythm", "meter", "unit_note_length", "tonic", "mode", "levels"}
)
_QUANTITIES = frozenset({"bars", "notes"})
_MAX_DRIFT = 0.05
"""How far the share of a value (or, of quantities, the Jensen-Shannon divergence) may move between runs."""


def schema_text() -> bytes:
    """The schema of every data set: each feature with its type, number of values, meaning and domain.

    TensorFlow Data Validation reports values outside of the domains, and with the statistics of the run
    before, features whose values drift.
    """
    schema = schema_pb2.Schema(feature=[_feature(name) for name in (*TEXT, *LISTS, *INT64)])
    return bytes(text_format.MessageToBytes(schema))


def statistics_bytes(splits: Mapping[str, SplitReport], records: Mapping[str, int]) -> bytes:
    """The statistics of each split, given the number of its records."""
    datasets = (
        statistics_pb2.DatasetFeatureStatistics(
            name=split,
            num_examples=count,
            features=[
                _statistics(name, feature, count)
                for name, feature in splits.get(split, SplitReport()).features.items()
            ],
        )
        for split, count in records.items()
    )
    listed = statistics_pb2.DatasetFeatureStatisticsList(datasets=datasets)
    return bytes(listed.SerializeToString(deterministic=True))


def _feature(name: str) -> schema_pb2.Feature:
    feature = schema_pb2.Feature(
        name=name,
        type=schema_pb2.INT if name in INT64 else schema_pb2.BYTES,
        annotation=schema_pb2.Annotation(comment=[MEANINGS[name]]),
    )
    if name in LISTS:
        feature.value_count.min = 0
    else:
        feature.presence.min_fraction = 1.0
        feature.shape.dim.add(size=1)
    if name in DOMAINS:
        feature.string_domain.value.extend(DOMAINS[name])
    if name in MINIMA:
        feature.int_domain.min = MINIMA[name]
    if name in _CATEGORIES:
        feature.drift_comparator.infinity_norm.threshold = _MAX_DRIFT
    if name in _QUANTITIES:
        feature.drift_comparator.jensen_shannon_divergence.threshold = _MAX_DRIFT
    return feature


def _statistics(
    name: str, feature: FeatureCounts, examples: int
) -> statistics_pb2.FeatureNameStatistics:
    common = statistics_pb2.CommonStatistics(
        num_non_missing=feature.filled,
        num_missing=examples - feature.filled,
        min_num_values=feature.min_values,
        max_num_values=feature.max_values,
        avg_num_values=feature.values / examples if examples else 0.0,
        tot_num_values=feature.values,
    )
    if name in INT64:
        return statistics_pb2.FeatureNameStatistics(
            name=name,
            type=statistics_pb2.FeatureNameStatistics.INT,
            num_stats=_numbers(common, feature),
        )
    return statistics_pb2.FeatureNameStatistics(
        name=name,
        type=statistics_pb2.FeatureNameStatistics.STRING,
        string_stats=_strings(common, feature),
    )


def _strings(
    common: statistics_pb2.CommonStatistics, feature: FeatureCounts
) -> statistics_pb2.StringStatistics:
    # Ties are broken by the value, so that the order of counting never shows.
    ranked = sorted(feature.counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return statistics_pb2.StringStatistics(
        common_stats=common,
        unique=len(ranked),
        avg_length=feature.length / feature.values if feature.values else 0.0,
        top_values=[
            statistics_pb2.StringStatistics.FreqAndValue(value=_utf8_text(value), frequency=count)
            for value, count in ranked[:_TOP_VALUES]
        ],
        # Drift is measured on this histogram, which has all values.
        rank_histogram=statistics_pb2.RankHistogram(
            buckets=[
                statistics_pb2.RankHistogram.Bucket(
                    low_rank=rank, high_rank=rank, label=_utf8_text(value), sample_count=count
                )
                for rank, (value, count) in enumerate(ranked)
            ]
        ),
    )


def _utf8_text(value: str | int) -> str:
    return str(value).encode(errors="replace").decode()


def _numbers(
    common: statistics_pb2.CommonStatistics, feature: FeatureCounts
) -> statistics_pb2.NumericStatistics:
    numbers = sorted((int(value), count) for value, count in feature.counts.items())
    if not numbers:
        return statistics_pb2.NumericStatistics(common_stats=common)
    total = sum(value * count for value, count in numbers)
    squares = sum(value * value * count for value, count in numbers)
    return statistics_pb2.NumericStatistics(
        common_stats=common,
        mean=total / feature.values,
        std_dev=math.sqrt(feature.values * squares - total * total) / feature.values,
        num_zeros=feature.counts.get(0, 0),
        min=numbers[0][0],
        max=numbers[-1][0],
        median=_weighted_median(numbers, feature.values),
        histograms=[_histogram(numbers)],
    )


def _weighted_median(numbers: list[tuple[int, int]], total: int) -> float:
    return (_ranked(numbers, (total - 1) // 2) + _ranked(numbers, total // 2)) / 2


def _ranked(numbers: list[tuple[int, int]], rank: int) -> int:
    for value, count in numbers:
        rank -= count
        if rank < 0:
            return value
    raise IndexError(rank)


def _histogram(numbers: list[tuple[int, int]]) -> statistics_pb2.Histogram:
    low, high = numbers[0][0], numbers[-1][0]
    width = (high - low) / _BUCKETS
    filled: Counter[int] = Counter()
    for value, count in numbers:
        filled[min(int((value - low) / width), _BUCKETS - 1) if width else 0] += count
    return statistics_pb2.Histogram(
        type=statistics_pb2.Histogram.STANDARD,
        buckets=[
            statistics_pb2.Histogram.Bucket(
                low_value=low + index * width,
                high_value=low + (index + 1) * width,
                sample_count=filled[index],
            )
            for index in range(_BUCKETS)
        ],
    )
