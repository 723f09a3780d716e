"""The features of a tune that the score compares: plain values, cheap to send between processes."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from tuneloom.corpus.melody import Melody, melody_steps
from tuneloom.corpus.training_text.header import training_header
from tuneloom.corpus.training_text.keys.as_sounding import as_sounding
from tuneloom.corpus.training_text.profiles import training_text
from tuneloom.grammar import Tune
from tuneloom.grammar.source.segments import split_header
from tuneloom.grammar.tune.elements import Field, is_timed
from tuneloom.grammar.tune.key import fifths_of, parse_key
from tuneloom.model.score.music.bar_contents import bar_contents, bar_order, bar_patterns
from tuneloom.model.score.music.fingerprints import tune_fingerprints
from tuneloom.model.score.music.groove import groove_consistency
from tuneloom.model.score.music.tonality import closes_by_step, pitch_class_counts

__all__ = ["PROFILE", "TuneFeatures", "text_after_key", "tune_features"]

PROFILE = "melody"
"""The profile in which all tunes are compared."""


@dataclass(frozen=True, slots=True)
class TuneFeatures:
    """The features of a tune that has a note.

    `id` is its melody id and `text` its training text. `steps` are those of the melody (`corpus.melody`),
    `intervals` are in semitones, `durations` in whole notes, and `pitch_range` is in semitones. `bars` counts
    the bars with music, `repeats` the bar lines that end a repeat. `on_tonic` says whether the last note is
    the tonic in any octave (None for a key without one), `closes_by_step` whether a second leads to it.
    `pitch_classes` counts notes from C up, `groove` is the groove consistency. The bars as written and as
    played are patterns of numbers (`music.bar_contents`), and `fingerprints` tell copies.
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
    closes_by_step: bool
    pitch_classes: tuple[int, ...]
    groove: float | None
    written_bars: tuple[int, ...]
    played_bars: tuple[int, ...]
    fingerprints: tuple[str, ...]


def tune_features(tune: Tune, text: str | None = None) -> TuneFeatures | None:
    """The features of the first voice; None without a note. `text` is the training text if it is known."""
    tune = as_sounding(tune)
    melody = Melody.of(tune)
    notes = melody.notes()
    if not notes:
        return None
    pitches = [pitch for pitch, _ in notes]
    contents, order = bar_contents(tune), bar_order(tune)
    written, played = bar_patterns(contents, order)
    return TuneFeatures(
        id=melody.id,
        text=training_text(tune, training_header(tune), PROFILE) if text is None else text,
        steps=tuple(melody_steps(notes)),
        intervals=tuple(after - before for before, after in itertools.pairwise(pitches)),
        durations=tuple(float(duration) for _, duration in notes),
        pitch_range=max(pitches) - min(pitches),
        bars=sum(any(map(is_timed, bar.elements)) for bar in tune.bars),
        repeats=sum(bar.line.ends_repeat for bar in tune.bars if bar.line),
        on_tonic=_on_tonic(tune, pitches[-1]),
        closes_by_step=closes_by_step(pitches),
        pitch_classes=pitch_class_counts(pitches),
        groove=groove_consistency(contents),
        written_bars=written,
        played_bars=played,
        fingerprints=tune_fingerprints(contents, order),
    )


def text_after_key(text: str) -> str:
    """A training text after its K: line, as a common header is not common music."""
    return split_header(text)[1]


def _on_tonic(tune: Tune, last: int) -> bool | None:
    """Compares with the key at the end of the tune, as K: may change it in the body."""
    tonic = tune.key.tonic
    for bar in tune.bars:
        for element in bar.elements:
            if isinstance(element, Field) and element.letter == "K":
                tonic = parse_key(element.value).tonic or tonic
    if not tonic:
        return None
    return (last - 7 * fifths_of(tonic)) % 12 == 0
