"""A thousand real tunes, written in every form that is read: the same melodies must come back.

Arguments: the number of tunes.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections import Counter
from functools import cache
from pathlib import Path

from benchmarks.support.real_tunes import SOURCE_NAMES
from tests.support.tune_forms import FORMS, write_form
from tuneloom.corpus.admit import admit
from tuneloom.corpus.reading.tune_files import read_raw_tunes
from tuneloom.corpus.record import RawTune, Record, Reject
from tuneloom.corpus.sources import resolve_sources
from tuneloom.corpus.sources.inputs import input_files

TUNES = 1_000


def main(arguments: list[str]) -> bool:
    count = int(arguments[0]) if arguments else TUNES
    tunes = _draw_tunes(count)
    expected: Counter[str] = Counter()
    same = True
    print(f"{'form':<18} {'read':>6} {'rejects':>8} {'same ids':>9} {'reading':>9}")
    with tempfile.TemporaryDirectory() as folder:
        for name in FORMS:
            path = write_form(Path(folder), name, tunes)
            began = time.perf_counter()
            found = [each for file in input_files([str(path)]) for each in read_raw_tunes(file)]
            seconds = time.perf_counter() - began
            ids = _fates(found)
            expected = expected or ids
            rejects = sum(isinstance(each, Reject) for each in found)
            same = same and ids == expected and not rejects
            told = "yes" if ids == expected else "NO"
            print(f"{name:<18} {len(found) - rejects:>6,} {rejects:>8} {told:>9} {seconds:>7.2f} s")
    return same


def _draw_tunes(count: int) -> list[str]:
    files = resolve_sources(SOURCE_NAMES)
    tunes = [t.text for file in files for t in read_raw_tunes(file) if isinstance(t, RawTune)]
    return random.Random(1).sample(tunes, count)


def _fates(found: list[RawTune | Reject]) -> Counter[str]:
    """How often each melody comes, and each reason why a tune is not taken."""
    tunes = (tune for tune in found if isinstance(tune, RawTune))
    return Counter(_fate(tune.text, tune.file_header) for tune in tunes)


@cache
def _fate(text: str, file_header: str) -> str:
    """The id of a melody, or why it is not taken; the same for a text in every form."""
    raw = RawTune("real", "tunes", "", 0, 1, text, file_header)
    result = admit(raw, "melody").result
    return result.id if isinstance(result, Record) else result.code
