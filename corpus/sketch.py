"""The sketch of a tune: what must be known of it to find its relatives."""

from __future__ import annotations

import itertools
from array import array
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tuneloom.corpus.melody import Melody, MelodyNote, minhash_signature
from tuneloom.corpus.training_text.header import training_header
from tuneloom.corpus.training_text.profiles import training_text
from tuneloom.grammar import Tune
from tuneloom.grammar.repairs import repair
from tuneloom.grammar.source.segments import split_header

__all__ = [
    "RUN",
    "SECTION",
    "SKETCH_PROFILE",
    "TuneSketch",
    "interval_steps",
    "melody_text",
    "sketch_melody",
    "sketch_text",
]

RUN = 18
"""Steps in a row that make two tunes relatives, 19 notes: five bars of a song, two or three of a reel."""

SECTION = 12
"""Steps of the shortest section that counts as one, and of a run that has to be there twice over."""


SKETCH_PROFILE = "melody"
"""The profile of the training text that is compared, whatever the profile of the data set."""


class TuneSketch(NamedTuple):
    """What is compared of a tune.

    `id` is its melody id, `signature` its MinHash signature as 16-bit numbers, `steps` has a byte for each
    interval from a note to the next, and `body` is the training text after the header, in the profile
    melody. `sections` holds the steps of the sections that are too short to be a run. `held_out` says that
    the tune must not be trained on.
    """

    id: str
    signature: bytes
    steps: bytes
    body: bytes
    sections: tuple[bytes, ...] = ()
    held_out: bool = False


def sketch_melody(identity: str, melody: Melody, text: str) -> TuneSketch:
    """The sketch of a melody that has a note; `text` is the tune's training text in the profile melody."""
    notes = melody.notes()
    steps = interval_steps(notes)
    return TuneSketch(
        id=identity,
        signature=array("H", minhash_signature(notes)).tobytes(),
        steps=steps,
        body=split_header(text)[1].encode(errors="surrogatepass"),
        sections=tuple(_short_sections(melody, steps)),
    )


def sketch_text(text: str, line: int, file_header: str) -> TuneSketch | None:
    """The sketch of a tune as found, after safe repairs; None if it is not parseable or has no note."""
    parsed = repair(text, line, file_header).parsed
    if not parsed.parseable:
        return None
    melody = Melody.of(parsed.tune)
    if not melody.has_notes():
        return None
    return sketch_melody(melody.id, melody, _compared_text(parsed.tune))


def melody_text(text: str, line: int, file_header: str) -> str:
    """What `sketch_text` compares of a tune that has a sketch: its training text in the profile melody."""
    parsed = repair(text, line, file_header).parsed
    assert parsed.parseable, "a tune with a sketch is parseable"
    return _compared_text(parsed.tune)


def _compared_text(tune: Tune) -> str:
    return training_text(tune, training_header(tune), SKETCH_PROFILE)


def interval_steps(notes: Sequence[MelodyNote]) -> bytes:
    """The intervals between the notes in semitones, each as a byte: 255 is a semitone down."""
    return bytes((after - before) % 256 for (before, _), (after, _) in itertools.pairwise(notes))


def _short_sections(melody: Melody, steps: bytes) -> Iterator[bytes]:
    for start, stop in melody.sections():
        if SECTION <= stop - 1 - start < RUN:
            yield steps[start : stop - 1]
