"""`tuneloom.wav`."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tuneloom.api.inputs import needs_extra

if TYPE_CHECKING:
    from tuneloom.grammar.tune.elements import Tune

__all__ = ["wav"]


@needs_extra("data")
def wav(tune: str | Tune, *, seconds: float | None = None, rate: int = 44_100) -> bytes:
    """What a tune sounds like, as `tuneloom wav` writes it.

    Args:
        tune: The text of a tune, as for `tuneloom.parse`, or the `tune` that this returns.
        seconds: Only the first seconds (default: all).
        rate: Samples a second; a low rate makes little data, for a notebook.

    Returns:
        A WAV file, mono, 16 bit: to write to disk, or for `IPython.display.Audio`.

    Raises:
        UsageError: the text is not parseable, the tune has no note or lasts longer than 20 minutes, or the
            seconds or the rate are too few.

    Example:
        >>> import tuneloom
        >>> sound = tuneloom.wav("X:1\\nT:Air\\nL:1/4\\nK:D\\nABcd|\\n", seconds=1, rate=8_000)
        >>> sound[:4], len(sound) // 1000
        (b'RIFF', 16)
    """
    from tuneloom.corpus.playback.play import play
    from tuneloom.corpus.playback.wav import LOWEST_RATE, wav_bytes
    from tuneloom.corpus.playback.written_files import UnwritableTune
    from tuneloom.grammar.errors import UsageError

    length = math.inf if seconds is None else seconds
    if rate < LOWEST_RATE or not length > 0:
        raise UsageError(f"seconds must be more than 0, and rate {LOWEST_RATE:,} or more")
    playback = play(_tune_to_hear(tune) if isinstance(tune, str) else tune)
    if not playback.notes:
        raise UsageError("no note to play")
    try:
        return wav_bytes(playback, rate, length)
    except UnwritableTune as error:
        raise UsageError(f"the tune {error}") from error


def _tune_to_hear(text: str) -> Tune:
    from tuneloom.grammar.errors import UsageError
    from tuneloom.grammar.parsing.parser import parse

    parsed = parse(text)
    if not parsed.parseable:
        wrong = parsed.diagnostics[0]
        raise UsageError(f"line {wrong.line}, column {wrong.column}: {wrong.message}")
    return parsed.tune
