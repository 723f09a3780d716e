"""The pitches of real notes are those of the grammar."""

from collections.abc import Callable, Iterator

import numpy as np

from tests.support.tunes import parse_tune
from tuneloom.corpus.admit import admit
from tuneloom.corpus.record import RawTune, Record
from tuneloom.grammar.tune.elements import Chord, Note, Tune
from tuneloom.grammar.tune.pitch import natural_pitch
from tuneloom.model.aids.reading.tunes_read import TunesRead
from tuneloom.model.data.vocabulary import Vocabulary


def test_the_interval_of_each_note_is_that_of_its_pitch_above_the_tonic(
    real_tunes: Callable[[str], list[RawTune]],
) -> None:
    outcomes = [admit(raw, "melody").result for raw in real_tunes("nottingham/ABC_cleaned")[::25]]
    texts = [outcome.abc for outcome in outcomes if isinstance(outcome, Record)]
    compared = 0
    for text in texts:
        # A note that is tied over a bar line keeps its accidental, and a key may change.
        if "-" in text or "[K:" in text:
            continue
        tune = parse_tune(text)
        tonic = natural_pitch(tune.key.tonic[0], 4) + {"#": 1, "b": -1}.get(tune.key.tonic[1:], 0)
        intervals = [(note.pitch - tonic) % 12 for note in notes_of(tune)]
        assert intervals_of_letters(text) == intervals
        compared += len(intervals)
    assert compared > 1000


def notes_of(tune: Tune) -> Iterator[Note]:
    for bar in tune.bars:
        for element in bar.elements:
            if isinstance(element, Note):
                yield element
            elif isinstance(element, Chord):
                yield from element.notes


def intervals_of_letters(text: str) -> list[int]:
    vocabulary = Vocabulary("".join(sorted(set(text))))
    tunes = TunesRead(vocabulary, rows=1)
    intervals = []
    for char, token in zip(text, vocabulary.encode(text), strict=True):
        tunes.advance(np.array([token]))
        if tunes.in_body[0] and char in "ABCDEFGabcdefg":
            intervals.append(int(tunes.pitch.interval[0]))
    return intervals
