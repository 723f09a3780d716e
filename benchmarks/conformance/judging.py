"""Says whether a program is right about a case, as far as the two can be compared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from benchmarks.conformance.readings import PeerReading, TimedPitch
from tests.conformance.suite import Case
from tuneloom.grammar import parse, read_book
from tuneloom.grammar.tune.elements import Decoration, GraceGroup

__all__ = ["is_right"]

# Players round times to ticks and separate notes a little.
TOLERANCE = 1 / 128
# Repeats, endings and orders of parts: what is played is not what is written.
_PLAYED_OUT = re.compile(r":\||\|:|::|^P:", re.MULTILINE)
# After a change of tempo abcjs counts in whole notes of the first one.
_TEMPO_CHANGE = re.compile(r"K:.*\n(.*\n)*?.*(^|\[)Q:", re.MULTILINE)
_ORNAMENTS = re.compile(r"[{!~]")


def is_right(case: Case, reading: PeerReading) -> bool | None:
    """Whether a program reads a case as it should; None if it shows nothing that the case is about.

    Values decide, and a complaint only where there are none to compare: a program may warn of what it reads
    well. It should not complain about what the standard allows, and should about what nobody can read.
    """
    if not case.levels["parseable"] or (case.refused and reading.complains):
        return reading.complains
    compared = list(_comparisons(case, reading))
    if compared:
        return all(compared)
    if case.loose or not all(case.levels.values()):
        return None
    return not reading.complains


def _comparisons(case: Case, reading: PeerReading) -> Iterator[bool]:
    for name in ("tunes", "key", "signature", "meter", "lyrics"):
        wanted, found = getattr(case, name), getattr(reading, name)
        if wanted is not None and found is not None:
            yield wanted == found
    if case.tempo is not None and reading.tempo is not None:
        yield abs(float(case.tempo) - reading.tempo) < 0.1
    if reading.tracks is not None and not _has_ornaments(case):
        yield from _sounding_comparisons(case, reading.tracks, reading.written)


def _sounding_comparisons(
    case: Case, tracks: Sequence[Sequence[TimedPitch]], written: bool
) -> Iterator[bool]:
    notes = _in_order(note for track in tracks for note in track)
    pitches = tuple(pitch for _, pitch, _ in notes)
    if case.played is not None and not written:
        yield case.played == pitches
    if _PLAYED_OUT.search(case.abc) and not written:
        return
    if case.pitches is not None:
        yield case.pitches == pitches
    if _TEMPO_CHANGE.search(case.abc):
        return
    if case.onsets is not None:
        yield _nearly_equal(list(map(float, case.onsets)), [onset for onset, _, _ in notes])
    if case.durations is not None:
        yield _nearly_equal(
            list(map(float, case.durations)), [duration for _, _, duration in notes]
        )
    if case.events is not None:
        wanted = [(float(e.onset), e.pitch, float(e.duration)) for e in case.events]
        yield tuple(pitch for _, pitch, _ in wanted) == pitches
        yield _nearly_equal([e[0] for e in wanted], [e[0] for e in notes])
        yield _nearly_equal([e[2] for e in wanted], [e[2] for e in notes])
    if case.voices is not None:
        yield list(case.voices.values()) == [tuple(n[1] for n in track) for track in tracks]


def _in_order(notes: Iterator[TimedPitch]) -> list[TimedPitch]:
    """By onset and pitch; onsets that differ by rounding are the same."""
    return sorted(notes, key=lambda note: (round(note[0] / TOLERANCE), note[1]))


def _nearly_equal(wanted: Sequence[float], found: Sequence[float]) -> bool:
    return len(wanted) == len(found) and all(
        abs(one - other) < TOLERANCE for one, other in zip(wanted, found, strict=True)
    )


def _has_ornaments(case: Case) -> bool:
    """Whether it has grace notes or decorations, which each player plays in its own way."""
    book = read_book(case.abc.encode())
    parsed = parse(book.tunes[0].text, 1, book.header) if book.tunes else None
    if parsed is None or not parsed.parseable:
        return _ORNAMENTS.search(case.abc) is not None
    return any(
        isinstance(element, Decoration | GraceGroup)
        for voice in parsed.tune.voices
        for bar in voice.bars
        for element in bar.elements
    )
