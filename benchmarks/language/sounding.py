"""What we say sounds, against music21: pitches and durations of every note, tune by tune.

Both sides give the notes, chords and rests in the order in which they are written: no grace notes, no
repeats played out, ties not merged. music21 is slow, so its answers are kept in the temporary folder.

Where the two differ, the tune is written again in words that mean the same by ABC 2.1 but keep clear of
one known fault of music21, and asked about again: what then agrees is explained by that fault. The steps
add up, and each says how many tunes it explains. A file that does not state its version is ABC 1.3 to
music21, where no accidental lasts, so that all tunes are asked about with and without `%abc-2.1`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import multiprocessing
import re
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tuneloom.corpus.reading.tunebooks import read
from tuneloom.corpus.record import RawTune
from tuneloom.corpus.sources.catalogue import SOURCES
from tuneloom.grammar import Tune, parse
from tuneloom.grammar.tune.durations import broken_factors, meter_fraction, parse_length
from tuneloom.grammar.tune.elements import Chord, Field, MultiRest, Note, Rest

__all__ = ["main"]

COLLECTIONS = ("nottingham", "oneill")
WORKERS = 2
LEAST_AGREEMENT = 0.99
VERSION_LINE = "%abc-2.1\n"


@dataclass(frozen=True, slots=True)
class Event:
    """What sounds at once, and for how long in whole notes; a rest has no pitches."""

    pitches: tuple[int, ...]
    duration: Fraction

    def __str__(self) -> str:
        return f"{'+'.join(map(str, self.pitches)) or 'z'}:{self.duration}"


@dataclass(frozen=True, slots=True)
class Case:
    """A tune, what we hear in it, and the text that music21 is asked about."""

    tune: RawTune
    ours: list[Event]
    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """A fault of music21, and how to write a tune so that it does not matter."""

    fault: str
    rewrite: Callable[[str], str]


def main(arguments: Sequence[str]) -> bool:
    """Print, for each collection, how many tunes agree and why the others do not."""
    options = argparse.ArgumentParser(prog="benchmarks sounding", description=__doc__)
    options.parse_args(arguments)
    agreed = [_compare(name) for name in COLLECTIONS]
    return all(agreed)


def _compare(collection: str) -> bool:
    tunes = [
        tune
        for file in SOURCES[collection].files()
        for tune in read(file)
        if isinstance(tune, RawTune)
    ]
    parsed = [(tune, parse(tune.text).tune) for tune in tunes]
    cases = [Case(raw, our_events(tune), raw.text) for raw, tune in parsed if tune is not None]
    print(f"{collection}: {len(tunes)} tunes, {len(cases)} of them parseable")
    as_found = _differing(cases)
    _print_share("as found", len(cases), len(cases), as_found)
    cases = [Case(c.tune, c.ours, VERSION_LINE + c.text) for c in cases]
    left = _differing(cases)
    _print_share("told the version: else no accidental lasts", len(cases), len(as_found), left)
    for step in STEPS:
        before = len(left)
        rewritten = [Case(c.tune, c.ours, step.rewrite(c.text)) for c, _ in left]
        left = _differing(rewritten)
        _print_share(step.fault, len(cases), before, left)
    for case, answer in left:
        print(f"    {case.tune.path}:{case.tune.line}  {_first_difference(case.ours, answer)}")
    return len(left) <= (1 - LEAST_AGREEMENT) * len(cases)


def _differing(cases: Sequence[Case]) -> list[tuple[Case, list[Event] | str]]:
    answers = _of_music21([case.text for case in cases])
    return [pair for pair in zip(cases, answers, strict=True) if pair[0].ours != pair[1]]


def _print_share(what: str, count: int, before: int, left: Sequence[object]) -> None:
    agree = count - len(left)
    print(f"  {before - len(left):>5}  {agree / count:7.2%}  {what}", flush=True)


def _first_difference(ours: list[Event], theirs: list[Event] | str) -> str:
    if isinstance(theirs, str):
        return theirs[:80]
    pairs = enumerate(zip(ours, theirs, strict=False))
    index = next((i for i, (a, b) in pairs if a != b), min(len(ours), len(theirs)))
    shown = [" ".join(map(str, events[index : index + 3])) for events in (ours, theirs)]
    return f"event {index} of {len(ours)}: {shown[0]} | music21, of {len(theirs)}: {shown[1]}"


# ---------------------------------------------------------------- music21's faults

_FIELD_LINE = re.compile(r"(?:[A-Za-z]:(?!\|)|%)")
_NOTE = r"(?:[\^_=]*[A-Ga-gzx][,']*|\[[^\]:|0-9][^\]]*\])"
_LENGTH = r"[0-9/]*"
_TIED_ARROW = re.compile(rf"({_NOTE})({_LENGTH})(-?)(>+|<+)(-?)({_NOTE})({_LENGTH})")


def _in_music(change: Callable[[str], str]) -> Callable[[str], str]:
    """Make a change of one line into a change of every music line of a tune."""

    def rewrite(text: str) -> str:
        header, key, body = _body_of(text)
        lines = [line if _FIELD_LINE.match(line) else change(line) for line in body.split("\n")]
        return header + key + "\n".join(lines)

    return rewrite


def _body_of(text: str) -> tuple[str, str, str]:
    match = re.search(r"^K:.*\n", text, re.MULTILINE)
    if match is None:
        return text, "", ""
    return text[: match.start()], match.group(), text[match.end() :]


def _without_marks(line: str) -> str:
    line = re.sub(r'"[^"]*"|![^!\s|:\[\]]+!', "", line)
    line = re.sub(r"[~HLMOPSTuv.](?=[\^_=~HLMOPSTuv.(\[{]*[A-Ga-gzx({\[])", "", line)
    return re.sub(r"(?<![A-Za-z!])x", "z", line)


def _without_slurs_and_plain_graces(line: str) -> str:
    """Grace notes with an accidental stay, since how long that lasts is to be compared."""
    line = re.sub(r"\{[^}^=_]*\}", "", line)
    return re.sub(r"\((?![2-9])|\)", "", line)


def _plain_ties_and_chords(line: str) -> str:
    """Ties touch their note, chords hold no blanks, and an arrow beside a tie becomes lengths."""
    line = re.sub(r" +-(?=[ \"|A-Ga-g=^_(\[])", "-", line)
    line = re.sub(r"\[(?![A-Za-z]:|[0-9|])[^\]|]*\]", lambda m: m[0].replace(" ", ""), line)
    return _TIED_ARROW.sub(_with_lengths, line)


def _with_lengths(match: re.Match[str]) -> str:
    first, length, tie, arrows, late_tie, second, other = match.groups()
    before, after = broken_factors(arrows[0], len(arrows))
    lengths = parse_length(length) * before, parse_length(other) * after
    return f"{first}{lengths[0]}{tie or late_tie}{second}{lengths[1]}"


def _without_bars_to_fill(text: str) -> str:
    """With no metre, music21 has no bar whose end would split a note; the unit stays what it was."""
    tune = parse(text).tune
    if tune is None:
        return text
    text = re.sub(r"^M:.*\n|\[M:[^\]]*\]", "", text, flags=re.MULTILINE)
    header, key, body = _body_of(text)
    header = re.sub(r"^L:.*\n", "", header, flags=re.MULTILINE)
    return f"{header}L:{tune.unit_note_length}\n{key}{body}"


STEPS = (
    Step(
        "a capital letter before `::` is taken for a field",
        _in_music(lambda line: re.sub(r"(?<!:)::(?!:)", ":| |:", line)),
    ),
    Step("notes behind H, annotations and some decorations are lost", _in_music(_without_marks)),
    Step(
        "broken rhythm is lost across slurs and grace notes",
        _in_music(_without_slurs_and_plain_graces),
    ),
    Step("broken rhythm is lost across ties", _in_music(_plain_ties_and_chords)),
    Step("a note that overfills its bar is split", _without_bars_to_fill),
)


# ---------------------------------------------------------------- ours


def our_events(tune: Tune) -> list[Event]:
    """The events of a tune as the grammar reads it."""
    events: list[Event] = []
    meter = tune.meter
    for bar in tune.bars:
        for element in bar.elements:
            match element:
                case Note():
                    events.append(Event((element.pitch,), element.duration))
                case Chord():
                    pitches = tuple(sorted({note.pitch for note in element.notes}))
                    events.append(Event(pitches, element.duration))
                case Rest():
                    events.append(Event((), element.duration))
                case MultiRest():
                    events.append(Event((), element.bars * (meter_fraction(meter) or Fraction(1))))
                case Field(letter="M"):
                    meter = element.value
                case _:
                    pass
    return events


# ---------------------------------------------------------------- music21


def _of_music21(texts: list[str]) -> list[list[Event] | str]:
    """music21's events for each text, or what it raised; what is not in the cache is worked out."""
    folder = Path(tempfile.gettempdir(), "tuneloom-music21-" + version("music21"))
    folder.mkdir(exist_ok=True)
    paths = [folder / hashlib.sha256(text.encode()).hexdigest()[:24] for text in texts]
    missing = [(text, path) for text, path in zip(texts, paths, strict=True) if not path.exists()]
    if missing:
        print(f"music21 reads {len(missing)} tunes, some minutes", file=sys.stderr)
        with multiprocessing.Pool(WORKERS) as pool:
            for _ in pool.imap_unordered(_ask_music21, missing, chunksize=16):
                pass
    return [_decode(json.loads(path.read_text())) for path in paths]


def _ask_music21(job: tuple[str, Path]) -> None:
    from music21 import converter

    text, path = job
    warnings.simplefilter("ignore")
    answer: Any
    try:
        score = converter.parse(text, format="abc", forceSource=True)
        answer = [str(event) for event in _music21_events(score)]
    except Exception as error:  # whatever it raises is its answer
        answer = f"{type(error).__name__}: {error}"[:200]
    path.write_text(json.dumps(answer))


def _music21_events(score: Any) -> Iterable[Event]:
    from music21.harmony import ChordSymbol

    for element in score.recurse().notesAndRests:
        if isinstance(element, ChordSymbol) or element.duration.isGrace:
            continue
        pitches = () if element.isRest else tuple(sorted({p.midi for p in element.pitches}))
        yield Event(pitches, Fraction(element.quarterLength).limit_denominator(10000) / 4)


def _decode(answer: list[str] | str) -> list[Event] | str:
    if isinstance(answer, str):
        return answer
    return [_event(text) for text in answer]


def _event(text: str) -> Event:
    pitches, duration = text.split(":")
    numbers = () if pitches == "z" else tuple(map(int, pitches.split("+")))
    return Event(numbers, Fraction(duration))
