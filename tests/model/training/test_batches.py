from collections.abc import Iterator
from itertools import islice

import numpy as np

from tuneloom.model.data.augmentation import TransposedTunes
from tuneloom.model.data.batching import TokenizedTunes
from tuneloom.model.data.inputs import NetworkInputs
from tuneloom.model.network.layouts import PackedLayout
from tuneloom.model.runs.progress import TrainingProgress
from tuneloom.model.training.batches import training_batches

TUNES = TransposedTunes(
    TokenizedTunes.of(np.arange(1, 91, dtype=np.int32) % 9 + 1, np.full(9, 10)),
    np.arange(9),
    np.ones(9),
)
LAYOUT = PackedLayout(unroll_length=8)


def batches(start: TrainingProgress) -> Iterator[tuple[NetworkInputs, TrainingProgress]]:
    return training_batches(TUNES, LAYOUT, 2, seed=0, start=start)


def test_every_epoch_has_its_own_order() -> None:
    fed = list(islice(batches(TrainingProgress()), 20))
    epochs = [position.epoch for _, position in fed]
    assert epochs == sorted(epochs)
    first, second = (
        [batch.tokens for batch, position in fed if position.epoch == n] for n in (0, 1)
    )
    assert len(first) == fed[0][1].epoch_batches
    assert not np.array_equal(first[0], second[0])


def test_an_epoch_is_complete_after_its_last_batch() -> None:
    last = [
        position for _, position in islice(batches(TrainingProgress()), 20) if position.epoch == 0
    ]
    assert last[-1].epochs == 1.0


def test_resuming_anywhere_gives_the_batches_that_would_have_come() -> None:
    whole = list(islice(batches(TrainingProgress()), 20))
    for taken in range(1, 15):
        rest = list(islice(batches(whole[taken - 1][1]), 20 - taken))
        for (batch, position), (expected, expected_position) in zip(
            rest, whole[taken:], strict=True
        ):
            assert position == expected_position
            np.testing.assert_array_equal(batch.tokens, expected.tokens)
