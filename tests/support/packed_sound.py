"""The notes that a page has of a tune, unpacked again."""

from __future__ import annotations

import zlib
from base64 import b64decode
from collections.abc import Iterator
from fractions import Fraction
from itertools import accumulate

from tuneloom.web.sound import PackedSound

__all__ = ["unpacked"]


def _numbers_in(data: bytes) -> Iterator[int]:
    number = shift = 0
    for byte in data:
        number |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            yield number
            number = shift = 0


def unpacked(sound: PackedSound) -> list[tuple[int, Fraction, Fraction, int, bool, int]]:
    """What `unpackSound` in page-data.js makes of it, voices aside."""
    numbers = list(_numbers_in(zlib.decompress(b64decode(sound.notes), wbits=-15)))
    pitches, loud, onsets, durations, offsets = (
        numbers[sound.count * column : sound.count * (column + 1)] for column in range(5)
    )
    places = accumulate(-(step + 1) // 2 if step % 2 else step // 2 for step in offsets)
    return [
        (
            pitch,
            Fraction(onset, sound.ticks),
            Fraction(length, sound.ticks),
            each // 2,
            bool(each % 2),
            at,
        )
        for pitch, each, onset, length, at in zip(
            pitches, loud, accumulate(onsets), durations, places, strict=True
        )
    ]
