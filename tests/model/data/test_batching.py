from collections import Counter
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tuneloom.model.data.batching import TokenizedTunes, Tokens, packed_batches, padded_batches
from tuneloom.model.data.vocabulary import BOUNDARY

tune_lists = st.lists(
    st.lists(st.integers(1, 9), min_size=1, max_size=20).map(tuple), min_size=1, max_size=30
)


def tunes_of(tunes: list[tuple[int, ...]]) -> TokenizedTunes:
    tokens = np.array([token for tune in tunes for token in tune], dtype=np.int32)
    return TokenizedTunes.of(tokens, np.array([len(tune) for tune in tunes]))


def packed(
    tunes: list[tuple[int, ...]], batch_size: int, unroll_length: int, seed: int = 0
) -> list[Tokens]:
    random = np.random.default_rng(seed)
    batches = packed_batches(tunes_of(tunes), batch_size, unroll_length, random)
    return [batch.tokens for batch in batches]


def joined(batches: list[Tokens]) -> Tokens:
    """The rows over all batches, (batch_size, time)."""
    return np.concatenate([batches[0][:, :1], *(batch[:, 1:] for batch in batches)], axis=1)


@given(tune_lists, st.integers(1, 5), st.integers(1, 12))
def test_packing_keeps_every_tune_whole(
    tunes: list[tuple[int, ...]], batch_size: int, unroll_length: int
) -> None:
    found: Counter[tuple[int, ...]] = Counter()
    for row in joined(packed(tunes, min(batch_size, len(tunes)), unroll_length)):
        assert row[0] == BOUNDARY
        text = "".join(map(str, row))
        found.update(tuple(map(int, tune)) for tune in text.split(str(BOUNDARY)) if tune)
    assert found == Counter(tunes)


@given(tune_lists, st.integers(1, 12))
def test_packed_batches_have_one_shape_and_overlap_by_one_token(
    tunes: list[tuple[int, ...]], unroll_length: int
) -> None:
    batches = packed(tunes, 1, unroll_length)
    assert all(tokens.shape == (1, unroll_length + 1) for tokens in batches)
    for before, after in pairwise(batches):
        assert before[0, -1] == after[0, 0]


@given(tune_lists)
def test_the_targets_are_every_character_and_every_end(tunes: list[tuple[int, ...]]) -> None:
    tokens = joined(packed(tunes, min(3, len(tunes)), unroll_length=4))
    real = (tokens[:, :-1] != BOUNDARY) | (tokens[:, 1:] != BOUNDARY)
    assert real.sum() == sum(len(tune) + 1 for tune in tunes)


def test_packing_leaves_next_to_no_padding() -> None:
    lengths = np.random.default_rng(0).integers(50, 800, size=2_000)
    batches = packed([(1,) * length for length in lengths], batch_size=64, unroll_length=32)
    assert joined(batches).size < 1.01 * (lengths + 1).sum()


def test_the_seed_determines_the_order() -> None:
    tunes = [(number % 9 + 1,) * (number % 7 + 1) for number in range(50)]
    again = packed(tunes, 4, 8, seed=1)
    assert np.array_equal(packed(tunes, 4, 8, seed=1), again)
    assert not np.array_equal(packed(tunes, 4, 8, seed=2), again)


@given(tune_lists, st.integers(1, 6))
def test_padding_keeps_every_tune_whole(tunes: list[tuple[int, ...]], batch_size: int) -> None:
    found: Counter[tuple[int, ...]] = Counter()
    for tokens, _ in padded_batches(tunes_of(tunes), batch_size, np.random.default_rng(0)):
        assert tokens.shape[0] == batch_size
        assert (tokens.shape[1] - 1) % 32 == 0
        assert not tokens[:, 0].any()
        found.update(tuple(row[row != BOUNDARY].tolist()) for row in tokens if row.any())
    assert found == Counter(tunes)


@given(tune_lists)
def test_the_aids_of_a_token_stay_with_it(tunes: list[tuple[int, ...]]) -> None:
    found = tunes_of(tunes)
    found = found.with_aids(found.tokens[:, None].astype(np.uint8))
    random, order = np.random.default_rng(0), np.arange(len(tunes))[::-1]
    for tokens, aids in (
        *packed_batches(found, 1, 4, random),
        *padded_batches(found.take(order), 3, random),
    ):
        np.testing.assert_array_equal(aids[..., 0], tokens)


@given(tune_lists, st.data())
def test_taking_tunes_gives_them_in_the_order_asked_for(
    tunes: list[tuple[int, ...]], data: st.DataObject
) -> None:
    numbers = data.draw(st.lists(st.integers(0, len(tunes) - 1), min_size=1))
    taken = tunes_of(tunes).take(np.array(numbers))
    assert [tuple(taken[place][:-1].tolist()) for place in range(len(taken))] == [
        tunes[number] for number in numbers
    ]
