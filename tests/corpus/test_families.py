import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.tunes import parse_tune
from tuneloom.corpus import families
from tuneloom.corpus.families import family_of
from tuneloom.corpus.melody import SIGNATURE_SIZE, minhash_signature


def sign(body: str, header: str = "M:4/4\nL:1/8\nK:C\n") -> tuple[int, ...]:
    return minhash_signature(parse_tune(f"X:1\nT:\n{header}{body}\n"))


TUNE = "C2EG cGEC|D2FA dAFD|G2Bd gdBG|c2e2 c4|"


def test_a_setting_in_another_key_has_the_same_signature() -> None:
    up = "D2FA dAFD|E2GB eBGE|A2ce aecA|d2f2 d4|"
    assert sign(up, "M:4/4\nL:1/8\nK:D\n") == sign(TUNE)


def test_the_unit_note_length_leaves_the_signature_alone() -> None:
    assert sign(TUNE, "M:2/4\nL:1/16\nK:C\n") == sign(TUNE)


def test_bar_lines_ties_and_decorations_leave_the_signature_alone() -> None:
    dressed = "C-|CE|G !trill!cG {d}EC|~D2FA dAFD|G2Bd gdBG|c2e2 c2-|c2|]"
    assert sign(dressed) == sign(TUNE)


def test_a_rest_prolongs_the_note_before_it() -> None:
    assert sign("Cz EG cG E2") == sign("C2 EG cG Ez")


def test_two_other_tunes_share_next_to_nothing() -> None:
    other = "G3A Bcde|f2d2 B2G2|A3B cdef|g2e2 c4|"
    assert np.mean(np.array(sign(TUNE)) == np.array(sign(other))) < 0.1


def test_one_note_is_a_melody_too() -> None:
    assert len(sign("C4")) == SIGNATURE_SIZE


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
    assert family_of(["c", "b", "a"], chain) == {"a": "a", "b": "a", "c": "a"}


def test_little_in_common_makes_no_family() -> None:
    assert family_of(["a", "b"], signatures([0.3])) == {}


@given(st.permutations(range(12)))
def test_families_do_not_depend_on_the_order_of_the_tunes(order: list[int]) -> None:
    rows = signatures([0.9, 0.2, 0.5, 0.41, 0.39, 0.8, 0.1, 0.6, 0.2, 1.0, 0.45])
    ids = list("abcdefghijkl")
    shuffled = family_of([ids[i] for i in order], rows[order])
    assert shuffled == family_of(ids, rows)


def test_a_huge_family_is_split_where_similarity_is_weak(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = signatures([0.9, 0.9, 0.45, 0.9, 0.9])
    assert set(family_of(list("abcdef"), rows).values()) == {"a"}
    monkeypatch.setattr(families, "MAX_FAMILY", 4)
    cut = family_of(list("abcdef"), rows)
    assert cut == {"a": "a", "b": "a", "c": "a", "d": "d", "e": "d", "f": "d"}


def test_a_huge_family_of_near_duplicates_is_not_split() -> None:
    rows = np.repeat(signatures([]), families.MAX_FAMILY + 50, axis=0)
    ids = [f"{index:04}" for index in range(len(rows))]
    assert set(family_of(ids, rows).values()) == {"0000"}


def test_thousands_of_equal_signatures_take_no_time() -> None:
    rows = np.repeat(signatures([0.0]), 5000, axis=0)
    ids = [f"{index:05}" for index in range(len(rows))]
    began = time.process_time()
    found = family_of(ids, rows)
    assert time.process_time() - began < 5
    assert set(found.values()) == {"00000", "05000"}
    assert len(found) == 10_000


def test_only_pairs_of_different_sets_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = 0
    similar_pairs = families.similar_pairs

    def counted(rows: np.ndarray, pairs: np.ndarray, threshold: float) -> np.ndarray:
        nonlocal compared
        compared += len(pairs)
        return similar_pairs(rows, pairs, threshold)

    monkeypatch.setattr(families, "similar_pairs", counted)
    rows = np.repeat(signatures([]), 1000, axis=0)
    family_of([f"{index:04}" for index in range(len(rows))], rows)
    assert compared < 5 * len(rows)
