"""The notes of a tune, packed for the page: 300 notes take about 500 bytes."""

from __future__ import annotations

import zlib
from base64 import b64encode
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import lcm
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tuneloom.corpus.playback.playback import Playback

__all__ = ["PackedSound", "pack_notes"]

_MOST_TICKS = 1 << 20  # of a whole note; real tunes need fewer than 10,000
_USUAL_TICKS = 3840
_RAW = -15  # deflate without a header


@dataclass(frozen=True, slots=True)
class PackedSound:
    """Columns of numbers in seven bits a byte, deflated, in base64; times are in ticks.

    The columns are pitches, velocities (twice, and one more for accompaniment), the steps from onset to
    onset, durations, the steps from offset to offset, those below zero as odd numbers, and the voices,
    counted from 0, of a tune with several.
    """

    notes: str
    count: int
    ticks: int
    """How many ticks a whole note has."""
    tempo: float
    """Quarter notes a minute."""
    voices: tuple[str, ...] = ()
    """The names of voices, if there are several."""


def pack_notes(
    playback: Playback, place: Callable[[int], int], voices: Sequence[str] = ()
) -> PackedSound:
    """Pack the notes of a tune; `place` says where in the text of the page an offset is.

    `voices` are the names of its voices, of which one alone needs none.

    A tune whose tempo changes is given the times that it has at its first tempo.
    """
    notes = playback.notes
    onsets = [_at_first_tempo(playback, note.onset) for note in notes]
    ends = [_at_first_tempo(playback, note.onset + note.duration) for note in notes]
    ticks = _ticks_for([*onsets, *ends])
    starts = [round(onset * ticks) for onset in onsets]
    offsets = [place(note.offset) if note.offset >= 0 else -1 for note in notes]
    columns = [
        [note.pitch for note in notes],
        [2 * note.velocity + note.is_accompaniment for note in notes],
        _steps(starts),
        [max(1, round(end * ticks) - start) for start, end in zip(starts, ends, strict=True)],
        [2 * step if step >= 0 else -2 * step - 1 for step in _steps(offsets)],
    ]
    if len(voices) > 1:
        columns.append([note.voice for note in notes])
    data = b"".join(map(_in_sevens, (number for column in columns for number in column)))
    deflate = zlib.compressobj(9, zlib.DEFLATED, _RAW)
    packed = b64encode(deflate.compress(data) + deflate.flush()).decode()
    names = tuple(voices) if len(voices) > 1 else ()
    return PackedSound(packed, len(notes), ticks, round(playback.tempo, 3), names)


def _at_first_tempo(playback: Playback, at: Fraction) -> Fraction:
    if len(playback.tempos.tempos) == 1:
        return at
    return Fraction(playback.seconds(at) * playback.tempo / 240).limit_denominator(_USUAL_TICKS)


def _ticks_for(times: Iterable[Fraction]) -> int:
    """The fewest ticks in which all times are whole numbers, or a usual number if that is too many."""
    ticks = 1
    for denominator in {time.denominator for time in times}:
        ticks = lcm(ticks, denominator)
        if ticks > _MOST_TICKS:
            return _USUAL_TICKS
    return ticks


def _steps(numbers: list[int]) -> list[int]:
    return [after - before for before, after in pairwise([0, *numbers])]


def _in_sevens(number: int) -> bytes:
    """The number in seven bits a byte, the lowest first; every byte but the last has its high bit set."""
    found = bytearray()
    while number > 127:
        found.append(number & 127 | 128)
        number >>= 7
    found.append(number)
    return bytes(found)
