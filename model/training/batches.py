"""The order in which a run reads its tunes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import numpy as np

from tuneloom.model.data.augmentation import Repertoire
from tuneloom.model.data.batching import Tokens, pack, rows, windows
from tuneloom.model.network.config import Config
from tuneloom.model.training.schedule import Place

__all__ = ["feed"]


def feed(
    repertoire: Repertoire, config: Config, lanes: int, place: Place
) -> Iterator[tuple[Tokens, Place]]:
    """The windows from `place` on, (lanes, window + 1), and for each the place in its epoch behind it.

    With the config's `rows` these are batches of whole tunes, (lanes, time + 1).

    Epoch follows epoch without end. Their order depends on nothing but the seed and their number.
    """
    for epoch in count(place.epoch):
        random = np.random.default_rng([config.seed, epoch])
        tunes = repertoire.epoch(random)
        if config.rows:
            every = list(rows(tunes, lanes, random))
        else:
            every = list(windows(pack(tunes, lanes, config.window, random), config.window))
        taken = place.window if epoch == place.epoch else 0
        for number, tokens in enumerate(every[taken:], start=taken + 1):
            yield tokens, Place(epoch=epoch, window=number, epoch_windows=len(every))
