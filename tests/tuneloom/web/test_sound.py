"""The notes of a tune in a page: packed, and the same when they are unpacked."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from tests.support.packed_sound import unpacked
from tuneloom.corpus.playback.play import play
from tuneloom.corpus.playback.playback import Playback, PlayedNote, TempoMap
from tuneloom.grammar import parse
from tuneloom.web.sound import pack_notes

TUNE = (
    "X:1\nT:Air\nM:6/8\nL:1/8\nQ:3/8=100\nK:Edor\n"
    '|:"Em"E2B BAB|"D"d2A {g}AFA|1 (3EFG (3ABc d2:|2 B>A G<F E2|]\n'
)

TIMES = st.integers(0, 50_000).map(lambda time: Fraction(time, 96))


def as_rows(playback: Playback) -> list[tuple[int, Fraction, Fraction, int, bool, int]]:
    return [
        (n.pitch, n.onset, n.duration, n.velocity, n.is_accompaniment, n.offset)
        for n in playback.notes
    ]


def test_the_notes_of_a_tune_come_back_with_their_exact_times() -> None:
    result = parse(TUNE)
    assert result.parseable
    playback = play(result.tune)
    sound = pack_notes(playback, lambda offset: offset)
    assert unpacked(sound) == as_rows(playback)
    assert sound.tempo == 150


@given(
    st.lists(
        st.builds(
            PlayedNote,
            pitch=st.integers(0, 127),
            onset=TIMES,
            duration=TIMES.map(lambda time: time + Fraction(1, 96)),
            velocity=st.integers(1, 127),
            offset=st.integers(-1, 100_000),
            is_accompaniment=st.booleans(),
        )
    )
)
def test_any_notes_come_back(notes: list[PlayedNote]) -> None:
    notes.sort(key=lambda note: note.onset)
    playback = Playback(tuple(notes), TempoMap.of([(Fraction(0), 120.0)]), Fraction(2000))
    sound = pack_notes(playback, lambda offset: offset)
    assert unpacked(sound) == as_rows(playback)


def test_a_change_of_tempo_is_in_the_times() -> None:
    notes = tuple(PlayedNote(60, Fraction(at), Fraction(1), 90) for at in range(3))
    tempos = TempoMap.of([(Fraction(0), 120.0), (Fraction(1), 60.0)])
    sound = pack_notes(Playback(notes, tempos, Fraction(3)), lambda offset: offset)
    times = [(float(onset), float(length)) for _, onset, length, *_ in unpacked(sound)]
    assert times == [(0, 1), (1, 2), (3, 2)]


def test_300_notes_take_less_than_600_characters() -> None:
    bars = "|".join(["d2ef gfed", "c2de fedc"] * 4)
    result = parse(f"X:1\nT:Air\nM:C\nL:1/8\nK:D\n|:{bars}:|\n" * 1)
    assert result.parseable
    playback = play(result.tune, times=3)
    sound = pack_notes(playback, lambda offset: offset)
    assert sound.count > 300
    assert len(sound.notes) < 600
