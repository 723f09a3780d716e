from fractions import Fraction

import pytest

from tests.support.tunes import parse_tune
from tuneloom.corpus.playback.play import play
from tuneloom.corpus.playback.playback import Playback
from tuneloom.grammar import parse

HEADER = "X:1\nT:\nM:4/4\nL:1/4\nK:C\n"


def play_music(music: str, times: int = 1) -> Playback:
    return play(parse_tune(f"{HEADER}{music}\n"), times)


def melody(playback: Playback) -> list[tuple[int, Fraction, Fraction]]:
    return [(n.pitch, n.onset, n.duration) for n in playback.notes if not n.is_accompaniment]


def test_without_grace_notes_the_notes_are_those_of_the_performance() -> None:
    tune = parse_tune(f"{HEADER}|:C>D (3EFG A-|A B2[CE]:|\n")
    events = [(e.pitch, e.onset, e.duration) for e in tune.performance().events]
    assert melody(play(tune)) == events


def test_grace_notes_take_their_time_from_the_note() -> None:
    quarter, grace = Fraction(1, 4), Fraction(1, 32)
    assert melody(play_music("{DE}C D2 z|")) == [
        (62, Fraction(0), grace),
        (64, grace, grace),
        (60, 2 * grace, quarter - 2 * grace),
        (62, quarter, 2 * quarter),
    ]


def test_many_grace_notes_leave_half_of_the_note() -> None:
    notes = melody(play_music("{defgab}C/4|"))
    assert [duration for _, _, duration in notes] == [Fraction(1, 192)] * 6 + [Fraction(1, 32)]


def test_a_tune_is_played_so_many_times_over() -> None:
    once, twice = play_music("CDE F|G4|"), play_music("CDE F|G4|", times=2)
    assert twice.duration == 2 * once.duration
    assert melody(twice)[5] == (60, Fraction(2), Fraction(1, 4))
    assert len(twice.notes) == 2 * len(once.notes)


def test_each_note_knows_where_it_is_written() -> None:
    text = 'X:1\nT:\nM:4/4\nL:1/4\nK:C\n|:"G"^C {d}[EG] % a comment\n(3D/E/F/ z :|\n'
    notes = [note for note in play(parse_tune(text)).notes if not note.is_accompaniment]
    written = [text[note.offset :].split()[0] for note in notes]
    assert written == ["^C", "[EG]", "[EG]", "[EG]", "D/E/F/", "E/F/", "F/"] * 2


def test_places_are_known_with_a_file_header_if_the_resolved_text_is_given() -> None:
    text = "X:1\nT:\nK:C\n CD\n"
    parsed = parse(text, 30, "M:2/4\nL:1/4\n")
    assert parsed.parseable
    assert [note.offset for note in play(parsed.tune).notes] == [-1, -1]
    with_places = play(parsed.tune, resolved=parsed.resolved)
    assert [text[note.offset] for note in with_places.notes] == ["C", "D"]


def test_the_notes_of_each_voice_are_told_apart() -> None:
    playback = play_music("V:1\nC2E2|\nV:2\nG4|")
    assert [(note.voice, note.pitch) for note in playback.notes] == [(0, 60), (1, 67), (0, 64)]


def test_a_tempo_in_the_music_holds_from_there_and_going_back_undoes_it() -> None:
    tune = parse_tune("X:1\nT:\nM:4/4\nL:1/4\nQ:1/4=60\nK:C\n|:C4|[Q:1/4=120]D4:|\n")
    tempos = play(tune).tempos
    assert tempos.tempos == (60, 120, 60, 120)
    assert tempos.onsets == tuple(map(Fraction, range(4)))
    assert play(tune).seconds(Fraction(4)) == 12


def test_words_alone_are_no_tempo() -> None:
    tune = parse_tune('X:1\nT:\nM:4/4\nL:1/4\nQ:1/4=60\nK:C\nC4|[Q:"Slower"]D4|\n')
    assert set(play(tune).tempos.tempos) == {60}


def test_how_many_notes_there_are_is_limited() -> None:
    many = play_music("CDEF|" * 400, times=100)
    assert (len(many.notes), many.complete) == (62 * 1600, False)
    assert many.duration == 62 * 400


@pytest.mark.parametrize("music", ["", "|", "z4|"])
def test_a_tune_without_notes_is_silence(music: str) -> None:
    assert play_music(music).notes == ()


def test_notes_beyond_all_ears_are_left_out() -> None:
    notes = play(
        parse_tune(f"X:1\nT:\nL:1/4\nK:C\n{{c}}A{chr(39) * 5000} B{',' * 5000} C|\n")
    ).notes
    assert [note.pitch for note in notes] == [72, 60]
