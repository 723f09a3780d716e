from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tuneloom.model.data.batching import Tokens, Tunes, pack, rows, windows
from tuneloom.model.data.vocabulary import BOUNDARY

tune_lists = st.lists(
    st.lists(st.integers(1, 9), min_size=1, max_size=20).map(tuple), min_size=1, max_size=30
)


def tunes_of(tunes: list[tuple[int, ...]]) -> Tunes:
    tokens = np.array([token for tune in tunes for token in tune], dtype=np.int32)
    return Tunes.of(tokens, np.array([len(tune) for tune in tunes]))


def packed_tunes(tunes: list[tuple[int, ...]], lanes: int, window: int, seed: int = 0) -> Tokens:
    return pack(tunes_of(tunes), lanes, window, np.random.default_rng(seed))


@given(tune_lists, st.integers(1, 5), st.integers(1, 12))
def test_no_tune_is_lost_doubled_or_cut(
    tunes: list[tuple[int, ...]], lanes: int, window: int
) -> None:
    lanes = min(lanes, len(tunes))
    found: Counter[tuple[int, ...]] = Counter()
    for lane in packed_tunes(tunes, lanes, window):
        assert lane[0] == BOUNDARY
        text = "".join(map(str, lane))
        found.update(tuple(map(int, tune)) for tune in text.split(str(BOUNDARY)) if tune)
    assert found == Counter(tunes)


@given(tune_lists, st.integers(1, 12))
def test_windows_join_into_the_lanes_they_were_cut_from(
    tunes: list[tuple[int, ...]], window: int
) -> None:
    packed = packed_tunes(tunes, 1, window)
    cut = list(windows(packed, window))
    assert all(tokens.shape == (1, window + 1) for tokens in cut)
    inputs = np.concatenate([tokens[:, :-1] for tokens in cut], axis=1)
    targets = np.concatenate([tokens[:, 1:] for tokens in cut], axis=1)
    assert np.array_equal(inputs, packed[:, :-1])
    assert np.array_equal(targets, packed[:, 1:])


@given(tune_lists)
def test_what_a_window_predicts_is_every_character_and_every_end(
    tunes: list[tuple[int, ...]],
) -> None:
    packed = packed_tunes(tunes, min(3, len(tunes)), window=4)
    real = (packed[:, :-1] != BOUNDARY) | (packed[:, 1:] != BOUNDARY)
    assert real.sum() == sum(len(tune) + 1 for tune in tunes)


def test_there_is_next_to_no_padding() -> None:
    lengths = np.random.default_rng(0).integers(50, 800, size=2_000)
    packed = packed_tunes([(1,) * length for length in lengths], lanes=64, window=32)
    assert packed.size < 1.01 * (lengths + 1).sum()


def test_the_order_is_the_seeds() -> None:
    tunes = [(number % 9 + 1,) * (number % 7 + 1) for number in range(50)]
    again = packed_tunes(tunes, 4, 8, seed=1)
    assert np.array_equal(packed_tunes(tunes, 4, 8, seed=1), again)
    assert not np.array_equal(packed_tunes(tunes, 4, 8, seed=2), again)


@given(tune_lists, st.integers(1, 6))
def test_rows_hold_every_tune_once_and_whole(tunes: list[tuple[int, ...]], batch: int) -> None:
    packed = rows(tunes_of(tunes), batch, np.random.default_rng(0))
    found: Counter[tuple[int, ...]] = Counter()
    for tokens in packed:
        assert tokens.shape[0] == batch
        assert (tokens.shape[1] - 1) % 32 == 0
        assert not tokens[:, 0].any()
        found.update(tuple(row[row != BOUNDARY].tolist()) for row in tokens if row.any())
    assert found == Counter(tunes)


@given(tune_lists, st.data())
def test_taking_tunes_gives_them_in_the_order_asked_for(
    tunes: list[tuple[int, ...]], data: st.DataObject
) -> None:
    numbers = data.draw(st.lists(st.integers(0, len(tunes) - 1), min_size=1))
    taken = tunes_of(tunes).take(np.array(numbers))
    assert [tuple(taken[place][:-1].tolist()) for place in range(len(taken))] == [
        tunes[number] for number in numbers
    ]
