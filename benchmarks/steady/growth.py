"""Measures how time grows: ten times as much of any construct of ABC may take at most twelve times as long.

Each construct is checked, formatted, repaired, admitted to a data set, read for a score and shown in a
page, n and 10 n times.
Garbage is collected as it is in the command.
"""

from __future__ import annotations

import argparse
import gc
import time
from collections.abc import Callable, Mapping
from statistics import median

from benchmarks.steady.constructs import CONSTRUCTS
from tuneloom.cli.app import COLLECTED_AFTER
from tuneloom.cli.text.formatting import FormatOptions, format_book
from tuneloom.corpus.admit import admit
from tuneloom.corpus.record import RawTune
from tuneloom.grammar import read_book
from tuneloom.grammar.checking.check import check_tune
from tuneloom.model.score.tunes.tune_set import tunes_in
from tuneloom.model.score.tunes.verdict import judge_tune
from tuneloom.web.inputs import entries_of_text

__all__ = ["READINGS", "ratio_of"]

QUICK = ["--size", "100", "--every", "40"]

_MAX_RATIO = 12.0
_LEAST = 0.02  # seconds that are worth dividing by
_REPEATS = 8


def main(arguments: list[str]) -> bool:
    """List what takes more than twelve times as long; False if anything does."""
    parser = argparse.ArgumentParser(prog="benchmarks growth")
    parser.add_argument("--size", type=int, default=300, help="how many of a construct at first")
    parser.add_argument("--every", type=int, default=1, help="take every N-th construct")
    options = parser.parse_args(arguments)
    gc.set_threshold(COLLECTED_AFTER)
    gc.freeze()
    names = list(CONSTRUCTS)[:: options.every]
    slow = 0
    ratios: dict[str, list[tuple[float, str]]] = {reading: [] for reading in READINGS}
    for name in names:
        for reading, read in READINGS.items():
            ratio = ratio_of(read, name, options.size)
            ratios[reading].append((ratio, name))
            if ratio > _MAX_RATIO:
                slow += 1
                print(f"{reading} of {name!r}: {ratio:.1f} times as long", flush=True)
    for reading, found in ratios.items():
        most, name = max(found)
        middle = median(ratio for ratio, _ in found)
        print(f"{reading:8} median {middle:5.1f}, most {most:5.1f} ({name!r})")
    print(f"{len(names)} constructs read in {len(READINGS)} ways: {slow} grow faster than linearly")
    return not slow


def ratio_of(read: Callable[[bytes], object], name: str, size: int) -> float:
    """How many times as long ten times as many take; of times below 20 ms the sizes grow first.

    A time is the least of several, since others of this machine only ever add to it.
    """
    construct = CONSTRUCTS[name]
    small, large = construct(size).encode(), construct(10 * size).encode()
    before, after = _seconds_to_read(read, small), _seconds_to_read(read, large)
    for _ in range(_REPEATS):
        if after <= _MAX_RATIO * max(before, _LEAST / 10):
            break
        if before < _LEAST and after < 1:
            size *= 3
            small, large = construct(size).encode(), construct(10 * size).encode()
            before, after = _seconds_to_read(read, small), _seconds_to_read(read, large)
        else:
            before = min(before, _seconds_to_read(read, small))
            after = min(after, _seconds_to_read(read, large))
    return after / max(before, _LEAST / 10)


def _seconds_to_read(read: Callable[[bytes], object], data: bytes) -> float:
    start = time.process_time()
    read(data)
    return time.process_time() - start


def _check_found(data: bytes) -> None:
    book = read_book(data)
    for tune in book.tunes:
        check_tune(tune.text, tune.line, book.header)


def _format_found(data: bytes) -> None:
    format_book(data, read_book(data), FormatOptions())


def _repair_found(data: bytes) -> None:
    format_book(data, read_book(data), FormatOptions(repair=True, unsafe=True))


def _admit_found(data: bytes) -> None:
    book = read_book(data)
    for tune in book.tunes:
        raw = RawTune("x", "x.abc", "none", tune.offset, tune.line, tune.text, book.header)
        admit(raw, "melody")


def _score_found(data: bytes) -> None:
    for tune in tunes_in(data, "x.abc").tunes:
        judge_tune(tune)


def _show_found(data: bytes) -> None:
    for _ in entries_of_text(data):
        pass


READINGS: Mapping[str, Callable[[bytes], object]] = {
    "check": _check_found,
    "format": _format_found,
    "repair": _repair_found,
    "admit": _admit_found,
    "score": _score_found,
    "page": _show_found,
}
"""What is done with a tunebook, by name."""
