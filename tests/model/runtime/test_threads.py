from tuneloom.grammar.processes import usable_cores
from tuneloom.model.runtime.threads import parallel_parts


def test_a_small_batch_is_not_split() -> None:
    assert parallel_parts(1) == parallel_parts(31) == 1


def test_a_large_batch_has_a_part_for_each_core() -> None:
    assert parallel_parts(10_000) == usable_cores()
