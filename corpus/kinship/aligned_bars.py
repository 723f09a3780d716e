"""Two melodies bar by bar: which bars correspond, and where those differ."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tuneloom.grammar import parse
from tuneloom.grammar.editing.tunes.each_tune import CannotEdit
from tuneloom.grammar.editing.tunes.transpose_tune import transpose_tune
from tuneloom.grammar.editing.tunes.transposition import Transposition
from tuneloom.grammar.source.source_edits import FIRST_LINE
from tuneloom.grammar.tune.elements import Chord, Note, Rest, notes_of_element

__all__ = ["AlignedBars", "BarAlignment", "MelodyBar", "align_melodies"]

_Sound = tuple[Fraction, int, Fraction]
"""When a note of a bar begins, its pitch (-1 for a rest), and how long it lasts."""

_MOST_BARS = 1000
"""Bars of a tune that are looked at; the time grows with the product of both numbers."""

_SIMILAR = 0.3  # of the notes of two bars that correspond


@dataclass(frozen=True, slots=True)
class MelodyBar:
    """A bar as written, with the sound of each note, and where in `text` the note is."""

    text: str
    sounds: tuple[_Sound, ...]
    places: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class AlignedBars:
    """A bar of each tune, or of one alone, and the notes by which they differ, by their index."""

    one: MelodyBar | None
    other: MelodyBar | None
    differing: tuple[tuple[int, ...], tuple[int, ...]] = ((), ())

    @property
    def are_equal(self) -> bool:
        return bool(self.one and self.other) and self.differing == ((), ())


@dataclass(frozen=True, slots=True)
class BarAlignment:
    """The bars of two tunes in order, the second transposed by `semitones` to the key of the first.

    `ratio` is how many times as long as those of the second the notes of the first are.
    """

    rows: tuple[AlignedBars, ...]
    semitones: int
    ratio: Fraction


def align_melodies(one: str, other: str) -> BarAlignment:
    """Align two training texts in the profile melody, up to their `_MOST_BARS`th bars."""
    ours, theirs = _melody_bars(one), _melody_bars(other)
    semitones, ratio = _key_and_tempo(ours, theirs)
    theirs = _melody_bars(_transposed_text(other, semitones))
    scaled = [
        [(onset * ratio, pitch, length * ratio) for onset, pitch, length in bar.sounds]
        for bar in theirs
    ]
    pairs = _best_pairs([bar.sounds for bar in ours], scaled)
    rows = tuple(_aligned_row(ours, theirs, scaled, *pair) for pair in pairs)
    return BarAlignment(rows, semitones, ratio)


def _transposed_text(text: str, semitones: int) -> str:
    """The text in the other key; as it is if its notes cannot be spelt there."""
    parsed = parse(text, FIRST_LINE)
    assert parsed.parseable, "a training text is a tune"
    try:
        return transpose_tune(parsed, text, Transposition(semitones)) if semitones else text
    except CannotEdit:
        return text


def _melody_bars(text: str) -> list[MelodyBar]:
    """The bars of a text that have notes or rests; of a chord, the highest note counts."""
    parsed = parse(text)
    assert parsed.parseable, "a training text is a tune"
    bars: list[MelodyBar] = []
    for bar in parsed.tune.bars:
        ends = [*bar.starts[1:], len(text.rstrip())][: len(bar.elements)]
        onset = Fraction(0)
        sounds: list[_Sound] = []
        places: list[tuple[int, int]] = []
        for element, start, end in zip(bar.elements, bar.starts, ends, strict=False):
            if isinstance(element, Note | Chord | Rest):
                pitch = max((note.pitch for note in notes_of_element(element)), default=-1)
                sounds.append((onset, pitch, element.duration))
                places.append((start, end))
                onset += element.duration
        if sounds:
            written = text[bar.starts[0] : ends[-1]].replace("\n", " ")
            begin = ends[-1] - len(written.lstrip())
            shown = written.strip()
            in_bar = tuple((start - begin, end - begin) for start, end in places)
            bars.append(MelodyBar(shown, tuple(sounds), in_bar))
        if len(bars) == _MOST_BARS:
            break
    return bars


def _key_and_tempo(ours: Sequence[MelodyBar], theirs: Sequence[MelodyBar]) -> tuple[int, Fraction]:
    """By how much the second is lower, and slower, in most of the bars that are alike but for that."""
    alike: defaultdict[object, list[_Sound]] = defaultdict(list)
    for bar in theirs:
        alike[_shape(bar)].append(bar.sounds[0])
    votes: Counter[tuple[int, Fraction]] = Counter()
    for bar in ours:
        _, pitch, length = bar.sounds[0]
        for _, their_pitch, their_length in alike.get(_shape(bar), ()):
            if pitch >= 0 and their_pitch >= 0 and len(bar.sounds) > 1:
                votes[pitch - their_pitch, length / their_length] += 1
    return votes.most_common(1)[0][0] if votes else (0, Fraction(1))


def _shape(bar: MelodyBar) -> object:
    """The steps and proportions of a bar."""
    return tuple(
        (after[1] - before[1], after[2] / before[2])
        for before, after in itertools.pairwise(bar.sounds)
    )


def _best_pairs(
    ours: Sequence[Sequence[_Sound]], theirs: Sequence[Sequence[_Sound]]
) -> Iterator[tuple[int | None, int | None]]:
    """Pairs of bars in order that have the most in common, and the bars that have no partner."""
    best = [[0.0] * (len(theirs) + 1) for _ in range(len(ours) + 1)]
    likeness = [[_likeness(one, other) for other in theirs] for one in ours]
    for i in range(len(ours) - 1, -1, -1):
        for j in range(len(theirs) - 1, -1, -1):
            paired = likeness[i][j] + best[i + 1][j + 1] if likeness[i][j] >= _SIMILAR else 0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    i = j = 0
    while i < len(ours) and j < len(theirs):
        if best[i][j] == best[i + 1][j]:
            yield i, None
            i += 1
        elif best[i][j] == best[i][j + 1]:
            yield None, j
            j += 1
        else:
            yield i, j
            i, j = i + 1, j + 1
    yield from ((left, None) for left in range(i, len(ours)))
    yield from ((None, left) for left in range(j, len(theirs)))


def _likeness(one: Sequence[_Sound], other: Sequence[_Sound]) -> float:
    """The share of notes with the same time and pitch."""
    begins = {sound[:2] for sound in one} & {sound[:2] for sound in other}
    return len(begins) / max(len(one), len(other))


def _aligned_row(
    ours: Sequence[MelodyBar],
    theirs: Sequence[MelodyBar],
    scaled: Sequence[Sequence[_Sound]],
    left: int | None,
    right: int | None,
) -> AlignedBars:
    if left is None or right is None:
        return AlignedBars(
            None if left is None else ours[left], None if right is None else theirs[right]
        )
    one, other = ours[left].sounds, scaled[right]
    differing = (
        tuple(index for index, sound in enumerate(one) if sound not in other),
        tuple(index for index, sound in enumerate(other) if sound not in one),
    )
    return AlignedBars(ours[left], theirs[right], differing)
