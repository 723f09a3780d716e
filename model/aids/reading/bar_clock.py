"""The time in the bar of each row, and its place in the section."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tuneloom.model.aids.music.state_table import (
    BAR,
    BAR_REST,
    BEGINS,
    LASTS,
    OVERLAY,
    SECTION,
)
from tuneloom.model.aids.reading.row_arrays import RowArrays

__all__ = ["TICKS", "BarClock"]

TICKS = 48
"""The parts of a unit note length that times are rounded to."""

_CLOSE = 1e-6  # times are sums of floats; real ones differ by more
_MAX_TICKS = 2**16 - 1
_PICKUPS = np.array([0.75, 1.25, 1.75, 2.5, 3.5, 4.5])  # between the kinds of pickup, in unit notes
_MAX_WRONG = 3
_EVENTS = BAR | SECTION | BAR_REST | OVERLAY


class BarClock(RowArrays):
    """Times are in whole notes.

    `pickup` is 0 in the first bar of a section, 1 if that was full, and else 2 and more, for how long it was.
    A bar that is too short counts as wrong once music follows that is no new section.
    """

    def __init__(self, rows: int) -> None:
        self.meter = np.zeros(rows)  # 0 without bars
        self.unit = np.zeros(rows)
        self.elapsed = np.zeros(rows)
        self.begun = np.zeros(rows)  # when the last note, rest or chord began
        self.sounded = np.zeros(rows, np.bool_)  # whether one did in this bar
        self.bar = np.zeros(rows, np.int32)  # full bars of the tune before this one
        self.section_bar = np.zeros(rows, np.int32)  # those of the section
        self.pickup = np.zeros(rows, np.uint8)
        self.wrong = np.zeros(rows, np.uint8)
        self.is_short = np.zeros(rows, np.bool_)  # the last bar is, and nothing has followed
        self.begin(np.arange(rows))

    def begin(self, rows: NDArray[np.int64]) -> None:
        """A tune begins in these rows."""
        for array in vars(self).values():
            array[rows] = 0
        self.unit[rows] = 1 / 8

    def advance(self, marks: NDArray[np.int16], lengths: NDArray[np.float64]) -> None:
        """One more character in each row, whose state has these marks and lengths of the last note."""
        begins = (marks & BEGINS) != 0
        np.copyto(self.begun, self.elapsed, where=begins)
        np.copyto(self.elapsed, self.begun + self.unit * lengths, where=(marks & LASTS) != 0)
        self.sounded |= begins
        late = self.is_short & begins
        if late.any():
            self._count_wrong(np.flatnonzero(late))
            self.is_short &= ~late
        rows = np.flatnonzero(marks & _EVENTS)
        if len(rows):
            self._events(rows, marks[rows])

    @property
    def ticks(self) -> NDArray[np.uint16]:
        """The time in the bar, in parts of a unit note length."""
        return np.rint(np.minimum(self.elapsed / self.unit * TICKS, _MAX_TICKS)).astype(np.uint16)

    def _events(self, rows: NDArray[np.int64], marks: NDArray[np.int16]) -> None:
        ends = rows[(marks & BAR) != 0]
        if len(ends):
            self._end_bars(ends)
        sections = rows[(marks & SECTION) != 0]
        self.section_bar[sections] = 0
        self.pickup[sections] = 0
        self.is_short[sections] = False
        if ((marks & (BAR_REST | OVERLAY)) != 0).any():
            rests = rows[(marks & BAR_REST) != 0]
            self._count_wrong(rests[self.is_short[rests]])
            self.is_short[rests] = False
            self.elapsed[rests] += self.meter[rests]
            self.sounded[rests] = True
            self.elapsed[rows[(marks & OVERLAY) != 0]] = 0.0

    def _end_bars(self, rows: NDArray[np.int64]) -> None:
        ended = rows[self.sounded[rows]]
        elapsed, meter = self.elapsed[ended], self.meter[ended]
        timed = meter > 0
        short = timed & (elapsed < meter - _CLOSE)
        self._count_wrong(ended[timed & (elapsed > meter + _CLOSE)])
        first = self.pickup[ended] == 0
        self.is_short[ended] = short & ~first
        kinds = 2 + np.searchsorted(_PICKUPS, elapsed / self.unit[ended], side="right")
        self.pickup[ended[first]] = np.where(short, kinds, 1)[first]
        full = ended[~(first & short)]
        self.section_bar[full] += 1
        self.bar[full] += 1
        self.elapsed[rows] = 0.0
        self.sounded[rows] = False

    def _count_wrong(self, rows: NDArray[np.int64]) -> None:
        self.wrong[rows] = np.minimum(self.wrong[rows] + 1, _MAX_WRONG)
