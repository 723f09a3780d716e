from collections.abc import Callable
from dataclasses import fields

import pytest

from tuneloom.corpus.record import Record
from tuneloom.pipeline.dataset.example import Example
from tuneloom.pipeline.dataset.schema import (
    INT64,
    LISTS,
    MEANINGS,
    TEXT,
    VALUES,
    parse_record,
    parse_values,
    to_example,
)


def test_a_record_survives_the_way_there_and_back(tune: Callable[..., Record]) -> None:
    record = tune(title="Ó Súilleabháin’s", levels=("parseable", "strict"), repairs=())
    data = to_example(record).serialize()
    assert parse_record(data) == record
    assert parse_values(data) == tuple(getattr(record, name) for name in VALUES)


def test_every_field_of_a_record_is_a_feature_with_a_meaning() -> None:
    names = {field.name for field in fields(Record)}
    assert names == {*TEXT, *INT64, *LISTS} == set(MEANINGS)


def test_no_feature_name_begins_another_since_protobuf_disagrees_on_their_order() -> None:
    assert not [(a, b) for a in MEANINGS for b in MEANINGS if a != b and b.startswith(a)]


def test_half_a_surrogate_does_not_cost_the_tune(tune: Callable[..., Record]) -> None:
    assert parse_record(to_example(tune(title="caf\udce9")).serialize()).title == "caf?"


def test_a_missing_feature_is_named() -> None:
    with pytest.raises(ValueError, match="no feature 'abc'"):
        parse_record(Example({}, {}).serialize())


def test_a_feature_of_another_kind_is_named(tune: Callable[..., Record]) -> None:
    example = to_example(tune())
    numbers = dict.fromkeys(TEXT, (1,))
    with pytest.raises(ValueError, match="feature 'abc' does not hold one text"):
        parse_record(Example({}, numbers | dict(example.int64_lists)).serialize())
