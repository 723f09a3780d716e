"""What a program makes of a case, as far as it can be learnt from outside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.conformance.suite import Case

__all__ = ["PeerReading", "Reader", "TimedPitch"]

TimedPitch = tuple[float, int, float]
"""Onset and duration in whole notes, with the MIDI number between them."""


@dataclass(frozen=True, slots=True)
class PeerReading:
    """Whether a program complains, and the values of the first tune; None for what it does not show.

    `tracks` holds the notes of each voice in order, as they are played, repeats included; if `written`, as
    they are written.
    """

    complains: bool
    tracks: tuple[tuple[TimedPitch, ...], ...] | None = None
    written: bool = False
    tunes: int | None = None
    key: str | None = None
    signature: str | None = None
    meter: str | None = None
    tempo: float | None = None
    lyrics: tuple[tuple[str, ...], ...] | None = None


Reader = Callable[[Sequence[Case]], list[PeerReading]]
