"""The pitch of a stretch of sound, found again by autocorrelation."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["heard_pitch"]


def heard_pitch(sound: NDArray[np.float32], rate: int) -> float:
    """The MIDI pitch of one sound, from its first strong peak of autocorrelation, refined by a parabola."""
    window = sound - sound.mean()
    size = 1 << (2 * len(window) - 1).bit_length()
    power = np.abs(np.fft.rfft(window, size)) ** 2
    correlation = np.fft.irfft(power, size)[: len(window) // 2]
    correlation /= np.arange(len(window), len(window) - len(correlation), -1)
    rising = int(np.argmax(np.diff(correlation) > 0))  # past the peak at 0
    peaks = correlation[rising:]
    near = np.flatnonzero(peaks[1:-1] > 0.85 * peaks.max()) + 1
    first = next(i for i in near if peaks[i] >= peaks[i - 1] and peaks[i] >= peaks[i + 1]) + rising
    before, at, after = correlation[first - 1 : first + 2]
    lag = first + (before - after) / (2 * (before - 2 * at + after))
    return float(69 + 12 * np.log2(rate / lag / 440))
