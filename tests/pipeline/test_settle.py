from collections.abc import Callable
from itertools import permutations

import pytest

from corpus.melody import SIGNATURE_SIZE
from corpus.record import Record, Reject
from corpus.source import SourceFile
from pipeline.plan import Job, Place
from pipeline.settle import Settlement, settle, settled, sketch

JOBS = [Job(i, SourceFile("input", name, "not stated", name)) for i, name in enumerate("ab")]
LOW, HIGH = "0" * 16, "f" * 16
ONE = tuple(range(SIGNATURE_SIZE))
OTHER = tuple(range(1000, 1000 + SIGNATURE_SIZE))


def test_the_first_in_the_order_of_the_files_is_kept(tune: Callable[..., Record]) -> None:
    first, later = Place(0, 90, 7), Place(1, 0, 1)
    settlement = settle([sketch(later, tune().id, ONE), sketch(first, tune().id, ONE)])
    assert settled(first, tune(), settlement, JOBS) == tune()
    duplicate = settled(later, tune(path="b"), settlement, JOBS)
    assert isinstance(duplicate, Reject)
    assert (duplicate.code, duplicate.path, duplicate.kept) == ("duplicate", "b", tune().id)
    assert duplicate.message == "the same melody as the tune at byte 90 of input a"


def test_kin_share_the_smallest_id_as_their_family(tune: Callable[..., Record]) -> None:
    places = Place(0, 0, 1), Place(0, 90, 7)
    settlement = settle([sketch(places[0], HIGH, ONE), sketch(places[1], LOW, ONE)])
    for place, identity in zip(places, (HIGH, LOW), strict=True):
        record = settled(place, tune(id=identity), settlement, JOBS)
        assert isinstance(record, Record)
        assert record.family == LOW


def test_a_tune_that_stands_alone_costs_the_settlement_nothing() -> None:
    sketches = [sketch(Place(0, 0, 1), LOW, ONE), sketch(Place(0, 90, 7), HIGH, OTHER)]
    assert settle(sketches) == Settlement()
    assert settle([]) == Settlement()


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_settlement_does_not_depend_on_the_order(order: tuple[int, ...]) -> None:
    sketches = [
        sketch(Place(1, 5, 2), LOW, ONE),
        sketch(Place(0, 5, 2), LOW, ONE),
        sketch(Place(0, 90, 7), HIGH, ONE),
    ]
    expected = Settlement({LOW: Place(0, 5, 2)}, {HIGH: LOW})
    assert settle([sketches[index] for index in order]) == expected
