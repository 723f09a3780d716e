"""Tunes according to abcjs, many in one process of Node."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path

from benchmarks.support.heard_notes import HeardNotes

__all__ = ["abcjs_notes", "play_with_abcjs"]

_SCRIPT = Path(__file__).with_name("abcjs_events.cjs")
_BATCH = 1000  # tunes that one process of Node plays


def play_with_abcjs(texts: Sequence[str]) -> list[str | None]:
    """The tempo and notes of each tune as `abcjs_events.cjs` writes them, None where abcjs raises."""
    batches = [texts[start : start + _BATCH] for start in range(0, len(texts), _BATCH)]
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        return [answer for answers in threads.map(_play_batch, batches) for answer in answers]


def _play_batch(texts: Sequence[str]) -> list[str | None]:
    answer = subprocess.run(
        ["node", str(_SCRIPT)], input=json.dumps(texts), capture_output=True, text=True, check=True
    )
    answers: list[str | None] = json.loads(answer.stdout)
    return answers


def abcjs_notes(texts: Sequence[str]) -> list[HeardNotes]:
    """The notes of each tune, none where abcjs raises."""
    return [_heard_notes(answer or "") for answer in play_with_abcjs(texts)]


def _heard_notes(answer: str) -> HeardNotes:
    """Times come as decimals of a whole note, after the tempo."""
    events = (event.split(":") for event in answer.partition("\n")[2].split())
    return sorted(
        (4 * Fraction(at), round(float(pitch)), 4 * Fraction(for_)) for at, for_, pitch in events
    )
