import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.rows import joined_rows
from tuneloom.corpus.kinship import windows
from tuneloom.corpus.kinship.windows import common_windows, window_hashes

rows_of_bytes = st.lists(st.binary(max_size=12).map(lambda row: bytes(b % 3 for b in row)))


def found(rows: list[bytes], owners: list[int], length: int) -> set[tuple[bytes, int, int]]:
    """Each common window, its owner and its place, which is unique here as rows of an owner are."""
    made = joined_rows(rows, owners)
    return {
        (rows[owner][place : place + length], owner, place)
        for each in common_windows(made, length)
        for owner, place in zip(each.owners.tolist(), each.places.tolist(), strict=True)
    }


@given(rows_of_bytes, st.integers(1, 5))
def test_the_common_windows_are_those_that_two_tunes_have(rows: list[bytes], length: int) -> None:
    everywhere = [
        (row[at : at + length], owner, at)
        for owner, row in enumerate(rows)
        for at in range(len(row) - length + 1)
    ]
    expected = {
        hit for hit in everywhere if any(o[0] == hit[0] and o[1] != hit[1] for o in everywhere)
    }
    assert found(rows, list(range(len(rows))), length) == expected


def test_passes_and_chunks_find_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    generator = np.random.default_rng(1)
    rows = [generator.integers(0, 4, 60).astype(np.uint8).tobytes() for _ in range(50)]
    whole = found(rows, list(range(50)), 6)
    monkeypatch.setattr(windows, "_PER_PASS", 100)
    monkeypatch.setattr(windows, "_CHUNK", 128)
    assert found(rows, list(range(50)), 6) == whole


def test_what_one_tune_has_twice_is_not_common() -> None:
    assert found([b"abcabc", b"abc"], [0, 0], 3) == set()


def test_the_windows_may_be_limited_to_some() -> None:
    rows = joined_rows([b"abcde", b"abcde"])
    (wanted,) = (window_hashes(np.frombuffer(b"bcd", np.uint8), 3),)
    (each,) = common_windows(rows, 3, wanted)
    assert each.places.tolist() == [1, 1]


def test_the_rows_of_some_tunes_are_numbered_anew() -> None:
    rows = joined_rows([b"ab", b"cd", b"ef", b"gh"], [0, 1, 2, 1]).of(np.array([1, 2]))
    assert (rows.codes.tobytes(), rows.owners.tolist()) == (b"cdefgh", [0, 1, 0])
