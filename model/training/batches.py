"""The batches of a run, in order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import numpy as np

from tuneloom.model.data.augmentation import TransposedTunes
from tuneloom.model.data.inputs import NetworkInputs
from tuneloom.model.network.layouts import BatchLayout
from tuneloom.model.runs.progress import TrainingProgress

__all__ = ["training_batches"]


def training_batches(
    tunes: TransposedTunes, layout: BatchLayout, batch_size: int, seed: int, start: TrainingProgress
) -> Iterator[tuple[NetworkInputs, TrainingProgress]]:
    """Yield batches from `start` on without end, (batch_size, time + 1), with the position after each.

    Of the position, only the epoch and the batches are set. The order of an epoch depends only on the
    seed and the number of the epoch.
    """
    for epoch in count(start.epoch):
        random = np.random.default_rng([seed, epoch])
        batches = layout.batches(tunes.epoch(random), batch_size, random)
        taken = start.batch if epoch == start.epoch else 0
        for number, batch in enumerate(batches[taken:], start=taken + 1):
            yield batch, TrainingProgress(epoch=epoch, batch=number, epoch_batches=len(batches))
