"""The written lengths that a vocabulary can spell, and which of them leave a bar that can still be filled.

Lengths are counted in eighths of a unit note length. Only canonical spellings are used (`/`, not `1/2`).
"""

from __future__ import annotations

import math
from functools import cache

from tuneloom.model.constraints.metre.state import PLAIN, UNTIMED, At, Factor, Tuplet

__all__ = ["Lengths", "following", "tuplet_time"]

_GRAIN = 8
_LONGEST = 64
_LARGEST_NUMERATOR = 15
# So many eighths of the shortest unit note length, 1/32, has the longest bar, four whole notes.
_MOST = 4 * 32 * _GRAIN
# Within a tuplet: a quarter of a unit up to four, as `/4 / 3/4 . 3/2 2 3 4`.
_IN_TUPLETS = frozenset({2, 4, 6, 8, 12, 16, 24, 32})
_MOST_IN_TUPLET = 9
_NEVER = 10**6


class Lengths:
    """What can be spelt with the characters of a vocabulary."""

    def __init__(self, characters: str) -> None:
        spellings = {s: n for s, n in _spellings() if set(s) <= set(characters)}
        self.eighths = spellings
        self._costs = _costs(spellings, _MOST)
        in_tuplets = {s: n for s, n in spellings.items() if n in _IN_TUPLETS}
        self._in_tuplets = in_tuplets
        self._sums = _sums(in_tuplets)
        self._least_in_tuplet = min(in_tuplets.values(), default=0)
        self._of = cache(self._fitting)
        self._after = cache(self._find_following)
        self._best = cache(self._find_best)

    def cost(self, time: int, unit: int) -> int:
        """The characters needed to fill a time with notes of one letter; very many if nothing does."""
        eighths, odd = divmod(time * _GRAIN, unit)
        if odd or not 0 <= eighths <= _MOST:
            return _NEVER
        return self._costs[eighths]

    def fills(self, time: int, unit: int) -> bool:
        return self.cost(time, unit) < _NEVER

    def of(self, at: At) -> dict[str, int]:
        """The lengths that the next note may have, each with the characters that fill the bar behind it."""
        return self._of(_left(at), at.unit, at.factor, at.tuplet)

    def following(self, at: At, begun: str) -> tuple[str, ...]:
        """The characters that lead on from what is written of the next note's length to all of it."""
        return self._after(_left(at), at.unit, at.factor, at.tuplet, begun)

    def best(self, at: At, begun: str) -> str:
        """The length, from what is written of it, with which the bar is filled soonest."""
        return self._best(_left(at), at.unit, at.factor, at.tuplet, begun)

    def most(self, whole: int, unit: int) -> int:
        """The most characters that any part of a bar which can be filled asks for."""
        parts = self._costs[: whole * _GRAIN // unit + 1]
        return max((cost for cost in parts if cost < _NEVER), default=0)

    def duration(self, spelling: str, unit: int, factor: Factor = PLAIN) -> int | None:
        """In ticks; None if it is no whole number of them."""
        time, odd = divmod(self.eighths[spelling] * unit * factor[0], _GRAIN * factor[1])
        return None if odd else time

    def opens(self, at: At, tuplet: Tuplet) -> bool:
        """Whether some notes complete the tuplet, and others the bar behind it."""
        left, unit = _left(at), at.unit
        least = tuplet.left * self._least_in_tuplet
        if left >= 0 and least * unit * tuplet.q > left * _GRAIN * tuplet.p:
            return False
        return any(
            self._rest(left, time, unit) < _NEVER
            for eighths in self._sums[tuplet.left]
            if (time := tuplet_time(tuplet, unit, eighths)) is not None
        )

    def _fitting(
        self, left: int, unit: int, factor: Factor, tuplet: Tuplet | None
    ) -> dict[str, int]:
        """What fits into `left` ticks, or anything if that is negative."""
        if tuplet:
            found = {
                s: self._tail(left, unit, _with(tuplet, n)) for s, n in self._in_tuplets.items()
            }
        else:
            times = {s: self.duration(s, unit, factor) for s in self.eighths}
            found = {s: self._rest(left, t, unit) for s, t in times.items() if t is not None}
        return {spelling: cost for spelling, cost in found.items() if cost < _NEVER}

    def _find_following(
        self, left: int, unit: int, factor: Factor, tuplet: Tuplet | None, begun: str
    ) -> tuple[str, ...]:
        return following(tuple(self._of(left, unit, factor, tuplet)), begun)

    def _find_best(
        self, left: int, unit: int, factor: Factor, tuplet: Tuplet | None, begun: str
    ) -> str:
        costs = self._of(left, unit, factor, tuplet)
        longer = (spelling for spelling in costs if spelling.startswith(begun))
        return min(longer, key=lambda s: (len(s) + costs[s], len(s), s))

    def _rest(self, left: int, time: int, unit: int) -> int:
        return 0 if left < 0 else self.cost(left - time, unit)

    def _tail(self, left: int, unit: int, tuplet: Tuplet) -> int:
        """The fewest characters that complete a tuplet and then the bar."""
        costs = (
            cost + self._rest(left, time, unit)
            for eighths, cost in self._sums[tuplet.left].items()
            if (time := tuplet_time(tuplet, unit, eighths)) is not None
        )
        return min(costs, default=_NEVER)


def _left(at: At) -> int:
    """The time that the bar still asks for; a negative number if it asks for none in particular."""
    return -1 if at.whole == UNTIMED else at.whole - at.time


def tuplet_time(tuplet: Tuplet, unit: int, more: int = 0) -> int | None:
    """What the notes of a tuplet last together, with so many eighths to come.

    None if they do not fill a whole number of its parts.
    """
    time, odd = divmod((tuplet.eighths + more) * unit * tuplet.q, _GRAIN * tuplet.p)
    return None if odd else time


def _with(tuplet: Tuplet, eighths: int) -> Tuplet:
    return tuplet._replace(left=tuplet.left - 1, eighths=tuplet.eighths + eighths)


def _spellings() -> list[tuple[str, int]]:
    """Every length by its canonical spelling, with its eighths."""
    found = [("", _GRAIN), *((str(n), n * _GRAIN) for n in range(2, _LONGEST + 1))]
    for denominator in (2, 4, 8):
        for numerator in range(1, _LARGEST_NUMERATOR + 1):
            if math.gcd(numerator, denominator) == 1:
                top = str(numerator) if numerator > 1 else ""
                bottom = "" if (numerator, denominator) == (1, 2) else str(denominator)
                found.append((f"{top}/{bottom}", numerator * _GRAIN // denominator))
    return found


def _costs(spellings: dict[str, int], most: int) -> list[int]:
    """For each number of eighths the fewest characters of notes that add up to it."""
    options = [(n, len(s) + 1) for s, n in spellings.items()]
    costs = [0]
    for total in range(1, most + 1):
        reached = (cost + costs[total - n] for n, cost in options if n <= total)
        costs.append(min(min(reached, default=_NEVER), _NEVER))
    return costs


def _sums(spellings: dict[str, int]) -> list[dict[int, int]]:
    """For each number of notes the sums of their lengths, with the fewest characters for each."""
    sums = [{0: 0}]
    for _ in range(_MOST_IN_TUPLET):
        longer: dict[int, int] = {}
        for total, cost in sums[-1].items():
            for spelling, eighths in spellings.items():
                added = cost + 1 + len(spelling)
                longer[total + eighths] = min(longer.get(total + eighths, _NEVER), added)
        sums.append(longer)
    return sums


@cache
def following(words: tuple[str, ...], begun: str) -> tuple[str, ...]:
    """The characters that lead on to a word, that of the shortest first; an empty one where one ends."""
    longer = sorted((len(w), w) for w in words if w.startswith(begun))
    return tuple(dict.fromkeys(word[len(begun) : len(begun) + 1] for _, word in longer))
