"""The faults that `python -m benchmarks balance` puts into sound tunes, by kind of mark."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from benchmarks.rules.marked_tune import MarkedTune, SpoiledTune
from benchmarks.rules.spoil_groups import (
    add_in_tuplet,
    change_tuplet,
    double_closing,
    double_opening,
    drop_closing,
    drop_in_tuplet,
    drop_opening,
    move_tied,
    rest_after_tie,
)  # fmt: skip
from benchmarks.rules.spoil_repeats import change_ending, double_start, drop_end, drop_ending

__all__ = ["SPOILINGS"]

Spoiling = Callable[[MarkedTune], Iterator[SpoiledTune]]

SPOILINGS: dict[str, dict[str, Spoiling]] = {
    "repeats": {
        "end dropped": drop_end, "start doubled": double_start,
        "ending dropped": drop_ending, "ending changed": change_ending,
    },
    "ties": {"second note moved": move_tied, "second note a rest": rest_after_tie},
    "slurs": {
        "( dropped": drop_opening, "( doubled": double_opening,
        ") dropped": drop_closing, ") doubled": double_closing,
    },
    "tuplets": {
        "note dropped": drop_in_tuplet, "note doubled": add_in_tuplet, "number changed": change_tuplet,
    },
}  # fmt: skip
