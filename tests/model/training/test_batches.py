from itertools import islice

import numpy as np

from tuneloom.model.data.augmentation import Repertoire
from tuneloom.model.data.batching import Tunes
from tuneloom.model.network.config import Config
from tuneloom.model.training.batches import feed
from tuneloom.model.training.schedule import Place

TUNES = Repertoire(
    Tunes.of(np.arange(1, 91, dtype=np.int32) % 9 + 1, np.full(9, 10)), np.arange(9), np.ones(9)
)
CONFIG = Config(window=8)


def test_every_epoch_has_its_own_order() -> None:
    fed = list(islice(feed(TUNES, CONFIG, 2, Place()), 20))
    epochs = [place.epoch for _, place in fed]
    assert epochs == sorted(epochs)
    first, second = ([tokens for tokens, place in fed if place.epoch == n] for n in (0, 1))
    assert len(first) == fed[0][1].epoch_windows
    assert not np.array_equal(first[0], second[0])


def test_an_epoch_is_complete_when_its_last_window_is() -> None:
    last = [place for _, place in islice(feed(TUNES, CONFIG, 2, Place()), 20) if place.epoch == 0]
    assert last[-1].epochs == 1.0


def test_going_on_from_any_place_gives_what_would_have_come() -> None:
    whole = list(islice(feed(TUNES, CONFIG, 2, Place()), 20))
    for taken in range(1, 15):
        rest = list(islice(feed(TUNES, CONFIG, 2, whole[taken - 1][1]), 20 - taken))
        for (tokens, place), (expected, expected_place) in zip(rest, whole[taken:], strict=True):
            assert place == expected_place
            np.testing.assert_array_equal(tokens, expected)
