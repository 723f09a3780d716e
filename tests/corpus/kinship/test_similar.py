import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuneloom.corpus.kinship import similar
from tuneloom.corpus.kinship.similar import similar_groups
from tuneloom.corpus.melody import SIGNATURE_SIZE


def families_of(ids: list[str], rows: np.ndarray) -> dict[str, str]:
    """The smallest id of the family of each tune that is not alone."""
    found: dict[str, str] = {}
    for members in similar_groups(rows):
        names = [ids[index] for index in members]
        found |= dict.fromkeys(names, min(names))
    return found


def signatures(agreements: list[float]) -> np.ndarray:
    """A chain: each signature agrees with the one before it in this share of its places."""
    rows = [np.arange(SIGNATURE_SIZE)]
    for step, share in enumerate(agreements, start=1):
        row = rows[-1].copy()
        row[round(share * SIGNATURE_SIZE) :] = 1000 * step + np.arange(
            SIGNATURE_SIZE - round(share * SIGNATURE_SIZE)
        )
        rows.append(row)
    return np.array(rows, np.uint16)


def test_kinship_connects_what_is_not_kin_itself() -> None:
    chain = signatures([0.5, 0.5])
    assert families_of(["c", "b", "a"], chain) == {"a": "a", "b": "a", "c": "a"}


def test_little_in_common_makes_no_family() -> None:
    assert families_of(["a", "b"], signatures([0.3])) == {}


@given(st.permutations(range(12)))
def test_families_do_not_depend_on_the_order_of_the_tunes(order: list[int]) -> None:
    rows = signatures([0.9, 0.2, 0.5, 0.41, 0.39, 0.8, 0.1, 0.6, 0.2, 1.0, 0.45])
    ids = list("abcdefghijkl")
    shuffled = families_of([ids[i] for i in order], rows[order])
    assert shuffled == families_of(ids, rows)


def test_a_huge_family_is_split_where_similarity_is_weak(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = signatures([0.9, 0.9, 0.45, 0.9, 0.9])
    assert set(families_of(list("abcdef"), rows).values()) == {"a"}
    monkeypatch.setattr(similar, "MAX_FAMILY", 4)
    cut = families_of(list("abcdef"), rows)
    assert cut == {"a": "a", "b": "a", "c": "a", "d": "d", "e": "d", "f": "d"}


def test_a_huge_family_of_near_duplicates_is_not_split() -> None:
    rows = np.repeat(signatures([]), similar.MAX_FAMILY + 50, axis=0)
    ids = [f"{index:04}" for index in range(len(rows))]
    assert set(families_of(ids, rows).values()) == {"0000"}


def test_thousands_of_equal_signatures_take_no_time() -> None:
    rows = np.repeat(signatures([0.0]), 5000, axis=0)
    ids = [f"{index:05}" for index in range(len(rows))]
    began = time.process_time()
    found = families_of(ids, rows)
    assert time.process_time() - began < 5
    assert set(found.values()) == {"00000", "05000"}
    assert len(found) == 10_000


def test_only_pairs_of_different_sets_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = 0
    similar_pairs = similar.similar_pairs

    def counted(rows: np.ndarray, pairs: np.ndarray, threshold: float) -> np.ndarray:
        nonlocal compared
        compared += len(pairs)
        return similar_pairs(rows, pairs, threshold)

    monkeypatch.setattr(similar, "similar_pairs", counted)
    rows = np.repeat(signatures([]), 1000, axis=0)
    families_of([f"{index:04}" for index in range(len(rows))], rows)
    assert compared < 5 * len(rows)
