"""The order in which a run reads its tunes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import numpy as np

from model.config import Config
from model.packing import Tokens, Tunes, pack, windows
from model.schedule import Place

__all__ = ["feed"]


def feed(tunes: Tunes, config: Config, lanes: int, place: Place) -> Iterator[tuple[Tokens, Place]]:
    """The windows from `place` on, (lanes, window + 1), and for each the place in its epoch behind it.

    Epoch follows epoch without end. Their order depends on nothing but the seed and their number.
    """
    for epoch in count(place.epoch):
        packed = pack(tunes, lanes, config.window, np.random.default_rng([config.seed, epoch]))
        every = list(windows(packed, config.window))
        taken = place.window if epoch == place.epoch else 0
        for number, tokens in enumerate(every[taken:], start=taken + 1):
            yield tokens, Place(epoch=epoch, window=number, epoch_windows=len(every))
