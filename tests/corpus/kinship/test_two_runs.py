import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.rows import joined_rows
from tuneloom.corpus.kinship import two_runs
from tuneloom.corpus.kinship.components import Components
from tuneloom.corpus.kinship.two_runs import join_two_runs

LENGTH = 3
few_steps = st.lists(st.binary(max_size=14).map(lambda row: bytes(b % 3 for b in row)), max_size=6)


def joined(rows: list[bytes]) -> list[list[int]]:
    sets = Components(len(rows))
    join_two_runs(sets, joined_rows(rows), LENGTH)
    return sorted(group.tolist() for group in sets.groups())


def have_two(one: bytes, other: bytes) -> bool:
    """Whether two runs of both tunes first occur apart from each other in each of them."""
    places = {
        (one.index(run), other.index(run))
        for run in (one[at : at + LENGTH] for at in range(len(one) - LENGTH + 1))
        if run in other
    }
    return any(
        abs(a - c) >= LENGTH and abs(b - d) >= LENGTH
        for (a, b), (c, d) in itertools.combinations(places, 2)
    )


@given(few_steps)
def test_two_runs_join_as_comparing_every_pair_says(rows: list[bytes]) -> None:
    expected = Components(len(rows))
    for one, other in itertools.combinations(range(len(rows)), 2):
        if have_two(rows[one], rows[other]):
            expected.join(np.array([[one, other]]))
    assert joined(rows) == sorted(group.tolist() for group in expected.groups())


def test_one_run_and_a_phrase_that_both_repeat_are_not_two() -> None:
    assert joined([b"abcdef", b"abcxyz"]) == []
    assert joined([b"abcdabcd", b"abcdxabcd"]) == []
    assert joined([b"abcdef", b"defxabc"]) == [[0, 1]]


def test_a_formula_of_many_tunes_counts_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    tunes = [b"abcdef" + bytes([number] * 2) for number in range(5)]
    assert joined(tunes) == [[0, 1, 2, 3, 4]]
    monkeypatch.setattr(two_runs, "MAX_HOLDERS", 4)
    assert joined(tunes) == []


def test_slices_find_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    generator = np.random.default_rng(2)
    rows = [generator.integers(0, 3, 20).astype(np.uint8).tobytes() for _ in range(20)]
    whole = joined(rows)
    monkeypatch.setattr(two_runs, "_HITS", 8)
    assert joined(rows) == whole
