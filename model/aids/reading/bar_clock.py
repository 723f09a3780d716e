"""The time in the bar of each row, and its place in the section."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tuneloom.model.aids.music.state_table import BAR, BAR_REST, ENDING, OVERLAY, SECTION, TICKS
from tuneloom.model.aids.reading.row_arrays import RowArrays

__all__ = ["LENGTH_KINDS", "MAX_TICKS", "NO_METER", "BarClock"]

MAX_TICKS = 2**16 - 1
"""Longer times count as this one."""

NO_METER = 2 * MAX_TICKS
"""The length of a bar where there is no metre."""

_BETWEEN_KINDS = np.array([0.75, 1.25, 1.75, 2.5, 3.5, 4.5]) * TICKS

LENGTH_KINDS = len(_BETWEEN_KINDS) + 1
"""The kinds of length that a pickup has, or the time that a bar lacks."""
_MAX_WRONG = 3
_DEFAULT_UNIT = 1 / 8


class BarClock(RowArrays):
    """Times are in ticks, of which a unit note length has `TICKS`.

    `pickup` is 0 in the first bar of a section, 1 if that was full, and else 2 and more, for how long it was.
    `lacking` is 0 if the last bar was full or a pickup, and else 1 and more, for how much it lacked.
    A bar that is too short counts as wrong once music follows that is no new section or ending.
    """

    def __init__(self, rows: int) -> None:
        self.ticks = np.zeros(rows, np.uint16)  # the time in the bar
        self.bar_ticks = np.zeros(rows, np.int32)  # how long a bar is
        self.bar = np.zeros(rows, np.int32)  # full bars of the tune before this one
        self.section_bar = np.zeros(rows, np.int32)  # those of the section
        self.pickup = np.zeros(rows, np.uint8)
        self.lacking = np.zeros(rows, np.uint8)
        self.wrong = np.zeros(rows, np.uint8)
        self._elapsed = np.zeros(rows)  # the time in the bar, with fractions of ticks
        self._begun = np.zeros(rows)  # when the last note, rest or chord began
        self._sounded = np.zeros(rows, np.bool_)  # whether one did in this bar
        # Whether the last bar is too short, and nothing has followed.
        self._is_short = np.zeros(rows, np.bool_)
        self._meter = np.zeros(rows)  # in whole notes; 0 without one
        self._unit = np.zeros(rows)  # in whole notes

    def begin(self, rows: NDArray[np.int64]) -> None:
        """A tune begins in these rows."""
        for array in vars(self).values():
            array[rows] = 0
        self._unit[rows] = _DEFAULT_UNIT
        self.bar_ticks[rows] = NO_METER

    def set_meter(self, row: int, length: float) -> None:
        """Bars of a row are so many whole notes long from now on; 0 if it has no bars."""
        self._meter[row] = length
        self.bar_ticks[row] = self._bar_ticks(row)

    def set_unit(self, row: int, length: float) -> None:
        """The unit note length of a row is so many whole notes from now on."""
        self._elapsed[row] *= self._unit[row] / length
        self._unit[row] = length
        self.bar_ticks[row] = self._bar_ticks(row)

    def advance(
        self, begins: NDArray[np.bool_], lasts: NDArray[np.bool_], lengths: NDArray[np.float64]
    ) -> None:
        """Notes begin in some rows, and the last note of others now has this length."""
        np.copyto(self._begun, self._elapsed, where=begins)
        np.add(self._begun, lengths, out=self._elapsed, where=lasts)
        self._sounded |= begins
        late = self._is_short & begins
        if late.any():
            self._follow_short_bars(np.flatnonzero(late))

    def handle(self, rows: NDArray[np.int64], marks: NDArray[np.int16]) -> None:
        """In these rows, the character has these marks."""
        ends = rows[(marks & BAR) != 0]
        if len(ends):
            self._end_bars(ends)
        sections = rows[(marks & SECTION) != 0]
        if len(sections):
            self.section_bar[sections] = 0
            self.pickup[sections] = 0
        self._is_short[rows[(marks & (SECTION | ENDING)) != 0]] = False
        if (marks & (BAR_REST | OVERLAY)).any():
            self._rest_bars(rows[(marks & BAR_REST) != 0])
            self._elapsed[rows[(marks & OVERLAY) != 0]] = 0.0

    def is_too_short(self) -> NDArray[np.bool_]:
        """Where the bar has less than half of its notes, (rows,), and can be no pickup."""
        has_begun = (self.ticks > 0) & (self.pickup > 0) & (self.bar_ticks < NO_METER)
        return has_begun & (2 * self.ticks.astype(np.int32) < self.bar_ticks)

    def round(self) -> None:
        """Set the ticks."""
        ticks = np.minimum(self._elapsed, MAX_TICKS)
        self.ticks = np.rint(ticks, out=ticks).astype(np.uint16)

    def _bar_ticks(self, row: int) -> int:
        if not self._meter[row]:
            return NO_METER
        return int(min(np.rint(self._meter[row] / self._unit[row] * TICKS), MAX_TICKS))

    def _end_bars(self, rows: NDArray[np.int64]) -> None:
        ended = rows[self._sounded[rows]]
        self._elapsed[rows] = 0.0
        self._sounded[rows] = False
        ticks, whole = self.ticks[ended], self.bar_ticks[ended]
        short, long = ticks < whole, ticks > whole
        short &= whole != NO_METER
        if long.any():
            self._count_wrong(ended[long])
        self.lacking[ended] = 0
        first = self.pickup[ended] == 0
        if first.any():
            kinds = 2 + _kinds_of(ticks)
            self.pickup[ended[first]] = np.where(short, kinds, 1)[first]
            ended, short = ended[~(first & short)], (short & ~first)[~(first & short)]
        if short.any():
            lacks = (self.bar_ticks[ended] - self.ticks[ended])[short]
            self.lacking[ended[short]] = 1 + _kinds_of(lacks)
        self._is_short[ended] = short
        self.section_bar[ended] += 1
        self.bar[ended] += 1

    def _rest_bars(self, rows: NDArray[np.int64]) -> None:
        """Rests of whole bars, which are written in a bar of their own."""
        self._follow_short_bars(rows[self._is_short[rows]])
        whole = self.bar_ticks[rows]
        self._elapsed[rows] += np.where(whole == NO_METER, 0, whole)
        self._sounded[rows] = True

    def _follow_short_bars(self, rows: NDArray[np.int64]) -> None:
        """The music goes on after bars that were too short."""
        self._count_wrong(rows)
        self._is_short[rows] = False

    def _count_wrong(self, rows: NDArray[np.int64]) -> None:
        self.wrong[rows] = np.minimum(self.wrong[rows] + 1, _MAX_WRONG)


def _kinds_of(ticks: NDArray[np.integer]) -> NDArray[np.intp]:
    """The kinds of these lengths, from 0 on."""
    return np.searchsorted(_BETWEEN_KINDS, ticks, side="right")
