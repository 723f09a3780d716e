"""The beats of a bar, and how strongly a note is played for its place among them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tuneloom.grammar.tune.durations import is_compound, meter_fraction
from tuneloom.grammar.tune.performance import PlayedBar

__all__ = ["PlacedBar", "beat_of", "place_bars", "velocity_at"]

_FIRST, _HALF, _BEAT, _OFF = 104, 96, 90, 80  # velocities


@dataclass(frozen=True, slots=True)
class PlacedBar:
    """A bar as it is played, and the time in the metre's bar at which it begins: not 0 for a pickup."""

    played: PlayedBar
    position: Fraction

    def position_of(self, onset: Fraction) -> Fraction:
        """The time since the beginning of the metre's bar."""
        return self.position + onset - self.played.onset


def beat_of(meter: str) -> Fraction:
    """The note that gets a beat: dotted in compound metres, a quarter without a metre."""
    if meter_fraction(meter) is None:
        return Fraction(1, 4)
    if "".join(meter.split()) in ("C", "C|"):
        return Fraction(1, 4) if "|" not in meter else Fraction(1, 2)
    unit = Fraction(1, int(meter.partition("/")[2]))
    whole = meter_fraction(meter)
    return 3 * unit if is_compound(meter) and whole != 3 * unit else unit


def place_bars(bars: Sequence[PlayedBar]) -> Iterator[PlacedBar]:
    """Place bars that are shorter than the metre: what ends inside the metre's bar is gone on with.

    A short bar at the beginning is a pickup, at the end of the metre's bar.
    """
    end = Fraction(0)
    for number, bar in enumerate(bars):
        whole = meter_fraction(bar.meter)
        if whole is None or bar.duration >= whole:
            position = end = Fraction(0)
        else:
            position = whole - bar.duration if number == 0 else end
            if position + bar.duration > whole:
                position = Fraction(0)
            end = (position + bar.duration) % whole
        yield PlacedBar(bar, position)


def velocity_at(position: Fraction, meter: str) -> int:
    """How strongly a note is played: the first of a bar most, then those on the half and on beats."""
    if position == 0:
        return _FIRST
    whole, beat = meter_fraction(meter), beat_of(meter)
    if position % beat:
        return _OFF
    return _HALF if whole and (whole / beat) % 2 == 0 and position * 2 == whole else _BEAT
