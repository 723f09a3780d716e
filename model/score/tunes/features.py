"""What the score compares of a tune's music: plain numbers, which travel cheaply between processes."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from tuneloom.corpus.melody import melody_id, melody_notes, melody_steps
from tuneloom.corpus.training_text.header import training_header
from tuneloom.corpus.training_text.profiles import training_text
from tuneloom.grammar import Tune
from tuneloom.grammar.source.segments import split_header
from tuneloom.grammar.tune.elements import Field, is_timed
from tuneloom.grammar.tune.key import fifths_of, parse_key

__all__ = ["PROFILE", "TuneFeatures", "text_after_key", "tune_features"]

PROFILE = "melody"
"""The profile in which tunes are compared, whoever wrote them."""


@dataclass(frozen=True, slots=True)
class TuneFeatures:
    """One tune with at least one note.

    `text` is its training text, `steps` the melody's (`corpus.melody`), `intervals` in semitones,
    `durations` in whole notes, `pitch_range` the semitones from the lowest note to the highest, `bars`
    those with music, `repeats` the `:` that end a section, and `on_tonic` whether the last note is the
    tonic of the key, in any octave (None without a key that has one).
    """

    id: str
    text: str
    steps: tuple[str, ...]
    intervals: tuple[int, ...]
    durations: tuple[float, ...]
    pitch_range: int
    bars: int
    repeats: int
    on_tonic: bool | None


def tune_features(tune: Tune, text: str | None = None) -> TuneFeatures | None:
    """The music of the first voice, or None for a tune without a note; `text` if that is known."""
    notes = melody_notes(tune)
    if not notes:
        return None
    pitches = [pitch for pitch, _ in notes]
    return TuneFeatures(
        id=melody_id(tune),
        text=training_text(tune, training_header(tune), PROFILE) if text is None else text,
        steps=tuple(melody_steps(notes)),
        intervals=tuple(after - before for before, after in itertools.pairwise(pitches)),
        durations=tuple(float(duration) for _, duration in notes),
        pitch_range=max(pitches) - min(pitches),
        bars=sum(any(map(is_timed, bar.elements)) for bar in tune.bars),
        repeats=sum(_ends_repeat(bar.line.text) for bar in tune.bars if bar.line),
        on_tonic=_on_tonic(tune, pitches[-1]),
    )


def text_after_key(text: str) -> str:
    """A training text below its K: line, for a header in common is no music in common."""
    return split_header(text)[1]


def _ends_repeat(line: str) -> bool:
    """`:|` in any of its spellings, and `::`, but not the `|:` that only starts one."""
    return line.lstrip(".").startswith(":")


def _on_tonic(tune: Tune, last: int) -> bool | None:
    """By the key in force at the end: a K: in the body counts from where it stands."""
    tonic = tune.key.tonic
    for bar in tune.bars:
        for element in bar.elements:
            if isinstance(element, Field) and element.letter == "K":
                tonic = parse_key(element.value).tonic or tonic
    if not tonic:
        return None
    return (last - 7 * fifths_of(tonic)) % 12 == 0
