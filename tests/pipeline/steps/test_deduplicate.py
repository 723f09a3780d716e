from array import array
from collections.abc import Callable
from itertools import permutations

import pytest

from tuneloom.corpus.melody import SIGNATURE_SIZE
from tuneloom.corpus.record import Record
from tuneloom.corpus.sketch import TuneSketch
from tuneloom.corpus.source import SourceFile
from tuneloom.pipeline.dataset.splits import HELD_OUT, FamilySplit
from tuneloom.pipeline.steps.deduplicate import deduplicate, find_families
from tuneloom.pipeline.steps.plan import Job, SortKey

JOBS = [Job(i, SourceFile("input", name, "not stated", name)) for i, name in enumerate("ab")]
LOW, HIGH = "0" * 16, "f" * 16
ONE = tuple(range(SIGNATURE_SIZE))
OTHER = tuple(range(1000, 1000 + SIGNATURE_SIZE))


def test_the_first_in_the_order_of_the_files_is_kept(tune: Callable[..., Record]) -> None:
    first, later = SortKey(0, 0, 90, 7), SortKey(1, 0, 0, 1)
    kept, rejects = deduplicate([(later, tune(path="b")), (first, tune(path="a"))], {}, JOBS)
    assert kept == [tune(path="a")]
    ((place, duplicate),) = rejects
    assert place == later
    assert (duplicate.code, duplicate.path, duplicate.kept) == ("duplicate", "b", tune().id)
    assert duplicate.message == "the same melody as the tune at byte 90 of input a"


def test_a_record_gets_the_family_of_its_melody(tune: Callable[..., Record]) -> None:
    placed = [(SortKey(0, 0, 0, 1), tune(id=HIGH)), (SortKey(0, 0, 90, 7), tune(id=LOW))]
    kept, _ = deduplicate(placed, {HIGH: LOW}, JOBS)
    assert [(record.id, record.family) for record in kept] == [(HIGH, LOW), (LOW, LOW)]


def sketched(identity: str, signature: tuple[int, ...] = ONE) -> TuneSketch:
    return TuneSketch(identity, array("H", signature).tobytes(), steps=b"", body=b"")


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_order_of_the_sketches_does_not_matter(order: tuple[int, ...]) -> None:
    sketches = [sketched(LOW), sketched(LOW), sketched(HIGH)]
    assert find_families(sketches[index] for index in order) == {HIGH: LOW}


def test_a_family_of_one_is_not_stored() -> None:
    assert find_families([sketched(LOW), sketched(HIGH, OTHER)]) == {}
    assert find_families([]) == {}


def test_a_family_with_a_tune_that_is_held_out_is_held_out_as_a_whole() -> None:
    held = sketched(HIGH)._replace(held_out=True)
    name = f"{HELD_OUT}{LOW}"
    assert find_families([sketched(LOW), held]) == {LOW: name, HIGH: name}
    alone = sketched(HIGH, OTHER)._replace(held_out=True)
    assert find_families([sketched(LOW), alone]) == {HIGH: f"{HELD_OUT}{HIGH}"}
    assert FamilySplit((98, 1, 1)).of(name) == "test"
