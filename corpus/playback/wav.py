"""A tune as sound: each note a plucked string, mono, 16 bit, 44.1 kHz unless another rate is asked for."""

from __future__ import annotations

import io
import math
import struct
import wave
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from tuneloom.corpus.playback.playback import Playback
from tuneloom.corpus.playback.tempos import MAX_TEMPO
from tuneloom.corpus.playback.written_files import MARK, UnwritableTune

__all__ = ["LOWEST_RATE", "MAX_SECONDS", "RATE", "render", "wav_bytes"]

RATE = 44_100
LOWEST_RATE = 8_000
"""Below it the highest notes would have no sound."""
MAX_SECONDS = 20 * 60
"""What lasts longer is not rendered: it would take gigabytes."""

_RING = 3.0  # seconds that a string is heard at most
_RELEASE = 0.06  # seconds in which a note dies away that has ended
_TAIL = 0.5  # seconds after the last note
_FADE = 0.5  # seconds in which a sound dies away that is cut
_ATTACK = 0.002
_FADED = 9.0  # a partial is left out from where it is so many nepers, 78 dB, down
_PLUCK = 0.17  # where the string is plucked, as a share of its length
_PARTIALS, _HIGHEST = 32, 12_000.0  # how many partials at most, and the frequency of the highest
_BAND = 0.45  # the highest frequency as a share of the rate, which half of it would make ambiguous
_PEAK = 0.89  # of full scale

Samples = NDArray[np.float32]


def wav_bytes(playback: Playback, rate: int = RATE, seconds: float = math.inf) -> bytes:
    """The sound of a tune, or of its first seconds, as a WAV file.

    Raises:
        UnwritableTune: the tune lasts longer than `MAX_SECONDS`.
    """
    samples = np.round(render(playback, rate, seconds) * 32767).astype("<i2")
    with io.BytesIO() as file:
        with wave.open(file, "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(rate)
            out.writeframes(samples.tobytes())
        return _with_mark(file.getvalue())


def render(playback: Playback, rate: int = RATE, seconds: float = math.inf) -> Samples:
    """The sound as samples between -1 and 1, as loud as `_PEAK` at the most; (samples,)

    What would be heard after so many `seconds` is left out, and the last of them fades.

    Raises:
        UnwritableTune: the tune lasts longer than `MAX_SECONDS`.
    """
    too_long = playback.duration > MAX_SECONDS * MAX_TEMPO  # its seconds may be no float
    length = MAX_SECONDS + 1 if too_long else playback.seconds(playback.duration)
    if length > MAX_SECONDS:
        raise UnwritableTune(f"lasts longer than the limit, {MAX_SECONDS // 60} minutes")
    size = int(min(length + _TAIL, seconds) * rate) + 1
    sound = np.zeros(size, np.float32)
    release = int(_RELEASE * rate)
    fall = np.linspace(1, 0, release, dtype=np.float32)
    for note in playback.notes:
        start = int(playback.seconds(note.onset) * rate)
        if start >= size:
            continue
        held = int(playback.seconds(note.end) * rate) - start
        string = pluck(note.pitch, rate)[: min(held + release, size - start)]
        gain = np.float32((note.velocity / 127) ** 2)
        sound[start : start + min(held, len(string))] += gain * string[:held]
        rest = string[held:]
        sound[start + held : start + held + len(rest)] += gain * rest * fall[: len(rest)]
    if seconds < length + _TAIL:
        last = min(int(_FADE * rate), size)
        sound[size - last :] *= np.linspace(1, 0, last, dtype=np.float32)
    peak = float(np.max(np.abs(sound)))
    return sound * np.float32(_PEAK / peak) if peak else sound


@lru_cache(maxsize=128)
def pluck(pitch: int, rate: int = RATE) -> Samples:
    """A plucked string that rings for `_RING` seconds: of its partials, high ones fade first; (samples,)"""
    frequency = 440.0 * 2 ** ((pitch - 69) / 12)
    at = np.arange(int(_RING * rate)) / rate  # (samples,)
    string = np.zeros(at.size, np.float32)
    for partial in range(
        1, max(1, min(_PARTIALS, int(min(_HIGHEST, _BAND * rate) / frequency))) + 1
    ):
        decay = (1.1 + 0.25 * partial) * (frequency / 440.0) ** 0.5
        heard = at[: int(_FADED / decay * rate)]
        # The phase is wrapped in double precision, which single precision would blur.
        phase = 2 * np.pi * np.mod(heard * (partial * frequency), 1.0)
        strength = np.sin(np.pi * partial * _PLUCK) / partial
        sound = strength * np.sin(phase.astype(np.float32)) * np.exp(-decay * heard)
        string[: heard.size] += sound.astype(np.float32)
    string *= np.minimum(at / _ATTACK, 1).astype(np.float32)
    rung: Samples = string / np.max(np.abs(string))
    return rung


def _with_mark(data: bytes) -> bytes:
    """The file with a chunk of information before its samples that names the software."""
    text = MARK.encode() + b"\0"
    text += b"\0" * (len(text) % 2)
    chunk = b"INFO" + b"ISFT" + struct.pack("<I", len(text)) + text
    chunk = b"LIST" + struct.pack("<I", len(chunk)) + chunk
    samples = data.index(b"data")
    whole = data[12:samples] + chunk + data[samples:]
    return b"RIFF" + struct.pack("<I", len(whole) + 4) + b"WAVE" + whole
