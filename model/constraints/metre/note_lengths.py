"""The note lengths that a vocabulary can spell, and which of them leave a bar that can still be filled.

Lengths are counted in eighths of a unit note length, and only written canonically (`/`, not `1/2`).
"""

from __future__ import annotations

import math
from functools import cache

from tuneloom.model.constraints.metre.state import PLAIN, UNTIMED, BarState, Factor, OpenTuplet

__all__ = ["NoteLengths", "next_chars", "open_tuplet_ticks"]

_GRAIN = 8
_MAX_UNITS = 64
_MAX_NUMERATOR = 15
# The longest bar, four whole notes, in eighths of the shortest unit note length, 1/32.
_MAX_EIGHTHS = 4 * 32 * _GRAIN
# In a tuplet: from a quarter of a unit to four units, `/4 / 3/4 . 3/2 2 3 4`.
_IN_TUPLETS = frozenset({2, 4, 6, 8, 12, 16, 24, 32})
_MAX_TUPLET_NOTES = 9
_NEVER = 10**6


class NoteLengths:
    """The lengths that can be spelt with these characters."""

    def __init__(self, characters: str) -> None:
        spellings = {s: n for s, n in _spellings() if set(s) <= set(characters)}
        self.eighths = spellings
        self._costs = _costs(spellings, _MAX_EIGHTHS)
        in_tuplets = {s: n for s, n in spellings.items() if n in _IN_TUPLETS}
        self._in_tuplets = in_tuplets
        self._sums = _sums(in_tuplets)
        self._least_in_tuplet = min(in_tuplets.values(), default=0)
        self._of = cache(self._fitting)
        self._after = cache(self._find_following)
        self._best = cache(self._find_best)

    def cost(self, time: int, unit: int) -> int:
        """The characters needed to fill so many ticks with notes; `_NEVER` if nothing fills them."""
        eighths, odd = divmod(time * _GRAIN, unit)
        if odd or not 0 <= eighths <= _MAX_EIGHTHS:
            return _NEVER
        return self._costs[eighths]

    def fills(self, time: int, unit: int) -> bool:
        return self.cost(time, unit) < _NEVER

    def of(self, bar: BarState) -> dict[str, int]:
        """The lengths that the next note may have, with the characters needed to fill the bar after each."""
        return self._of(_remaining_ticks(bar), bar.unit, bar.broken_factor, bar.tuplet)

    def next_chars(self, bar: BarState, begun: str) -> tuple[str, ...]:
        """The characters that continue a length of which `begun` is written."""
        return self._after(_remaining_ticks(bar), bar.unit, bar.broken_factor, bar.tuplet, begun)

    def best(self, bar: BarState, begun: str) -> str:
        """The length, starting with `begun`, that fills the bar with the fewest characters."""
        return self._best(_remaining_ticks(bar), bar.unit, bar.broken_factor, bar.tuplet, begun)

    def most(self, bar_length: int, unit: int) -> int:
        """The most characters that any fillable part of a bar needs."""
        parts = self._costs[: bar_length * _GRAIN // unit + 1]
        return max((cost for cost in parts if cost < _NEVER), default=0)

    def duration(self, spelling: str, unit: int, factor: Factor = PLAIN) -> int | None:
        """A length in ticks; None if it is not a whole number of ticks."""
        time, odd = divmod(self.eighths[spelling] * unit * factor[0], _GRAIN * factor[1])
        return None if odd else time

    def opens(self, bar: BarState, tuplet: OpenTuplet) -> bool:
        """Whether the tuplet can be completed, and the bar after it."""
        left, unit = _remaining_ticks(bar), bar.unit
        least = tuplet.left * self._least_in_tuplet
        if left >= 0 and least * unit * tuplet.q > left * _GRAIN * tuplet.p:
            return False
        return any(
            self._rest(left, time, unit) < _NEVER
            for eighths in self._sums[tuplet.left]
            if (time := open_tuplet_ticks(tuplet, unit, eighths)) is not None
        )

    def _fitting(
        self, left: int, unit: int, factor: Factor, tuplet: OpenTuplet | None
    ) -> dict[str, int]:
        """The lengths that fit into `left` ticks; all of them if it is negative."""
        if tuplet:
            found = {
                s: self._tail(left, unit, _with_note(tuplet, n))
                for s, n in self._in_tuplets.items()
            }
        else:
            times = {s: self.duration(s, unit, factor) for s in self.eighths}
            found = {s: self._rest(left, t, unit) for s, t in times.items() if t is not None}
        return {spelling: cost for spelling, cost in found.items() if cost < _NEVER}

    def _find_following(
        self, left: int, unit: int, factor: Factor, tuplet: OpenTuplet | None, begun: str
    ) -> tuple[str, ...]:
        return next_chars(tuple(self._of(left, unit, factor, tuplet)), begun)

    def _find_best(
        self, left: int, unit: int, factor: Factor, tuplet: OpenTuplet | None, begun: str
    ) -> str:
        costs = self._of(left, unit, factor, tuplet)
        longer = (spelling for spelling in costs if spelling.startswith(begun))
        return min(longer, key=lambda s: (len(s) + costs[s], len(s), s))

    def _rest(self, left: int, time: int, unit: int) -> int:
        return 0 if left < 0 else self.cost(left - time, unit)

    def _tail(self, left: int, unit: int, tuplet: OpenTuplet) -> int:
        """The fewest characters that complete the tuplet and then the bar."""
        costs = (
            cost + self._rest(left, time, unit)
            for eighths, cost in self._sums[tuplet.left].items()
            if (time := open_tuplet_ticks(tuplet, unit, eighths)) is not None
        )
        return min(costs, default=_NEVER)


def _remaining_ticks(bar: BarState) -> int:
    """The ticks missing from the bar; negative in free metre."""
    return -1 if bar.bar_length == UNTIMED else bar.bar_length - bar.elapsed


def open_tuplet_ticks(tuplet: OpenTuplet, unit: int, more: int = 0) -> int | None:
    """The duration of a tuplet in ticks, with `more` eighths to come.

    None if it is not a whole number of ticks.
    """
    time, odd = divmod((tuplet.eighths + more) * unit * tuplet.q, _GRAIN * tuplet.p)
    return None if odd else time


def _with_note(tuplet: OpenTuplet, eighths: int) -> OpenTuplet:
    return tuplet._replace(left=tuplet.left - 1, eighths=tuplet.eighths + eighths)


def _spellings() -> list[tuple[str, int]]:
    """Every length: its canonical spelling and its eighths."""
    found = [("", _GRAIN), *((str(n), n * _GRAIN) for n in range(2, _MAX_UNITS + 1))]
    for denominator in (2, 4, 8):
        for numerator in range(1, _MAX_NUMERATOR + 1):
            if math.gcd(numerator, denominator) == 1:
                top = str(numerator) if numerator > 1 else ""
                bottom = "" if (numerator, denominator) == (1, 2) else str(denominator)
                found.append((f"{top}/{bottom}", numerator * _GRAIN // denominator))
    return found


def _costs(spellings: dict[str, int], most: int) -> list[int]:
    """For each number of eighths, the fewest characters of notes that add up to it."""
    options = [(n, len(s) + 1) for s, n in spellings.items()]
    costs = [0]
    for total in range(1, most + 1):
        reached = (cost + costs[total - n] for n, cost in options if n <= total)
        costs.append(min(min(reached, default=_NEVER), _NEVER))
    return costs


def _sums(spellings: dict[str, int]) -> list[dict[int, int]]:
    """For each number of notes, the sums of their lengths with the fewest characters for each."""
    sums = [{0: 0}]
    for _ in range(_MAX_TUPLET_NOTES):
        longer: dict[int, int] = {}
        for total, cost in sums[-1].items():
            for spelling, eighths in spellings.items():
                added = cost + 1 + len(spelling)
                longer[total + eighths] = min(longer.get(total + eighths, _NEVER), added)
        sums.append(longer)
    return sums


@cache
def next_chars(words: tuple[str, ...], begun: str) -> tuple[str, ...]:
    """The characters that may follow `begun` in one of the words, that of the shortest word first.

    The empty string means that a word is complete.
    """
    longer = sorted((len(w), w) for w in words if w.startswith(begun))
    return tuple(dict.fromkeys(word[len(begun) : len(begun) + 1] for _, word in longer))
