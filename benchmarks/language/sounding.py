"""Pitches and durations of every note compared with music21, tune by tune.

Both sides list the notes, chords and rests in written order: without grace notes, with repeats not
played out and ties not merged. music21 is slow, so its answers are cached in the temporary folder.

Where the two differ, the tune is rewritten in a form that means the same in ABC 2.1 but avoids one known
fault of music21, and compared again: if both then agree, that fault explains the difference. The
rewritings accumulate, and each prints how many tunes it explains. To music21, a file that does not state
its version is ABC 1.3, in which accidentals do not last; so all tunes are compared with and without
`%abc-2.1`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import multiprocessing
import sys
import tempfile
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.support.music21_faults import WORKAROUNDS
from tuneloom.corpus.reading.tune_files import read_raw_tunes
from tuneloom.corpus.record import RawTune
from tuneloom.corpus.sources.catalogue import SOURCES
from tuneloom.grammar import Tune, parse
from tuneloom.grammar.tune.durations import meter_fraction
from tuneloom.grammar.tune.elements import Chord, Field, MultiRest, Note, Rest

__all__ = ["main"]

COLLECTIONS = ("nottingham", "oneill")
WORKERS = 2
MIN_AGREEMENT = 0.99
VERSION_LINE = "%abc-2.1\n"


@dataclass(frozen=True, slots=True)
class SoundEvent:
    """MIDI pitches that sound together, and their duration in whole notes; a rest has no pitches."""

    pitches: tuple[int, ...]
    duration: Fraction

    def __str__(self) -> str:
        return f"{'+'.join(map(str, self.pitches)) or 'z'}:{self.duration}"


@dataclass(frozen=True, slots=True)
class SoundingCase:
    """A tune, the events that we read in it, and the text that music21 reads."""

    tune: RawTune
    ours: list[SoundEvent]
    text: str


def main(arguments: Sequence[str]) -> bool:
    """Print how many tunes of each collection agree, and why the others do not."""
    options = argparse.ArgumentParser(prog="benchmarks sounding", description=__doc__)
    options.parse_args(arguments)
    agreed = [_compare_collection(name) for name in COLLECTIONS]
    return all(agreed)


def _compare_collection(collection: str) -> bool:
    tunes = [
        tune
        for file in SOURCES[collection].files()
        for tune in read_raw_tunes(file)
        if isinstance(tune, RawTune)
    ]
    parsed = [(tune, parse(tune.text)) for tune in tunes]
    cases = [
        SoundingCase(raw, our_events(found.tune), raw.text)
        for raw, found in parsed
        if found.parseable
    ]
    print(f"{collection}: {len(tunes)} tunes, {len(cases)} of them parseable")
    as_found = _differing_cases(cases)
    _print_share("as found", len(cases), len(cases), as_found)
    cases = [SoundingCase(c.tune, c.ours, VERSION_LINE + c.text) for c in cases]
    left = _differing_cases(cases)
    _print_share(
        "with the version stated: else accidentals do not last", len(cases), len(as_found), left
    )
    for step in WORKAROUNDS:
        before = len(left)
        rewritten = [SoundingCase(c.tune, c.ours, step.rewrite(c.text)) for c, _ in left]
        left = _differing_cases(rewritten)
        _print_share(step.fault, len(cases), before, left)
    for case, answer in left:
        print(f"    {case.tune.path}:{case.tune.line}  {_first_difference(case.ours, answer)}")
    return len(left) <= (1 - MIN_AGREEMENT) * len(cases)


def _differing_cases(
    cases: Sequence[SoundingCase],
) -> list[tuple[SoundingCase, list[SoundEvent] | str]]:
    answers = _music21_answers([case.text for case in cases])
    return [pair for pair in zip(cases, answers, strict=True) if pair[0].ours != pair[1]]


def _print_share(what: str, count: int, before: int, left: Sequence[object]) -> None:
    agree = count - len(left)
    print(f"  {before - len(left):>5}  {agree / count:7.2%}  {what}", flush=True)


def _first_difference(ours: list[SoundEvent], theirs: list[SoundEvent] | str) -> str:
    if isinstance(theirs, str):
        return theirs[:80]
    pairs = enumerate(zip(ours, theirs, strict=False))
    index = next((i for i, (a, b) in pairs if a != b), min(len(ours), len(theirs)))
    shown = [" ".join(map(str, events[index : index + 3])) for events in (ours, theirs)]
    return f"event {index} of {len(ours)}: {shown[0]} | music21, of {len(theirs)}: {shown[1]}"


def our_events(tune: Tune) -> list[SoundEvent]:
    """The events of a tune as we read it."""
    events: list[SoundEvent] = []
    meter = tune.meter
    for bar in tune.bars:
        for element in bar.elements:
            match element:
                case Note():
                    events.append(SoundEvent((element.pitch,), element.duration))
                case Chord():
                    pitches = tuple(sorted({note.pitch for note in element.notes}))
                    events.append(SoundEvent(pitches, element.duration))
                case Rest():
                    events.append(SoundEvent((), element.duration))
                case MultiRest():
                    events.append(
                        SoundEvent((), element.bars * (meter_fraction(meter) or Fraction(1)))
                    )
                case Field(letter="M"):
                    meter = element.value
                case _:
                    pass
    return events


def _music21_answers(texts: list[str]) -> list[list[SoundEvent] | str]:
    """music21's events for each text, or the error that it raised; missing answers are computed."""
    folder = Path(tempfile.gettempdir(), "tuneloom-music21-" + version("music21"))
    folder.mkdir(exist_ok=True)
    paths = [folder / hashlib.sha256(text.encode()).hexdigest()[:24] for text in texts]
    missing = [(text, path) for text, path in zip(texts, paths, strict=True) if not path.exists()]
    if missing:
        print(f"music21 reads {len(missing)} tunes, which takes minutes", file=sys.stderr)
        with multiprocessing.Pool(WORKERS) as pool:
            for _ in pool.imap_unordered(_ask_music21, missing, chunksize=16):
                pass
    return [_decode_answer(json.loads(path.read_text())) for path in paths]


def _ask_music21(job: tuple[str, Path]) -> None:
    from music21 import converter

    text, path = job
    warnings.simplefilter("ignore")
    answer: Any
    try:
        score = converter.parse(text, format="abc", forceSource=True)
        answer = [str(event) for event in _music21_events(score)]
    except Exception as error:  # whatever music21 raises is its answer
        answer = f"{type(error).__name__}: {error}"[:200]
    path.write_text(json.dumps(answer))


def _music21_events(score: Any) -> Iterable[SoundEvent]:
    from music21.harmony import ChordSymbol

    for element in score.recurse().notesAndRests:
        if isinstance(element, ChordSymbol) or element.duration.isGrace:
            continue
        pitches = () if element.isRest else tuple(sorted({p.midi for p in element.pitches}))
        yield SoundEvent(pitches, Fraction(element.quarterLength).limit_denominator(10000) / 4)


def _decode_answer(answer: list[str] | str) -> list[SoundEvent] | str:
    if isinstance(answer, str):
        return answer
    return [_decode_event(text) for text in answer]


def _decode_event(text: str) -> SoundEvent:
    pitches, duration = text.split(":")
    numbers = () if pitches == "z" else tuple(map(int, pitches.split("+")))
    return SoundEvent(numbers, Fraction(duration))
