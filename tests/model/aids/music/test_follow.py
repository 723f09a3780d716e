"""The automaton knows what it reads, and how long the last note is as if the text ended there."""

import pytest

from tuneloom.model.aids.music.follow import follow
from tuneloom.model.aids.music.music_state import START, MusicState
from tuneloom.model.aids.music.note_lengths import length_of


def state_after(music: str, meter: str = "4/4") -> MusicState:
    state = START
    for char in f"M:{meter}\nL:1/8\nK:C\n{music}":
        state = follow(state, char)
    return state


@pytest.mark.parametrize(
    ("music", "length"),
    [
        ("c", 1),
        ("c12", 12),
        ("c3/", 1.5),
        ("c3/8", 0.375),
        ("c///", 0.125),
        ("c>", 1.5),
        ("c>>", 1.75),
        ("c>c", 0.5),
        ("c<c2", 3),
        ("c2)>", 3),
        ("c2->", 3),
        ("c2{ga}>", 3),
        ('c2>"Am"!trill!{g}d', 0.5),
        ("(3c2", 4 / 3),
        ("(3ccc2", 4 / 3),
        ("(3cccc", 1),
        ("(5:4:2ccc", 1),
        ("[c2e4]3", 6),
        ("[c2e4]/", 1),
        ("[_c2^e]>", 3),
        ("(3[ce][df]", 2 / 3),
        ("(de", 1),
    ],
)
def test_the_length_of_the_last_note_counts_what_was_read_so_far(music: str, length: float) -> None:
    assert length_of(state_after(music)) == pytest.approx(length)


def test_a_quintuplet_lasts_two_notes_or_three_in_compound_time() -> None:
    assert length_of(state_after("(5c")) == pytest.approx(2 / 5)
    assert length_of(state_after("(5c", meter="6/8")) == pytest.approx(3 / 5)


@pytest.mark.parametrize(
    ("music", "event"),
    [
        ("c", "note"),
        ("z", "rest"),
        ("[c", "note"),
        ("[ce", "inner"),
        ("{c", "inner"),
        ("c,", "octave"),
        ("c2,", ""),
        ("c|", "bar"),
        ("c||", ""),
        ("c:", "bar"),
        ("c[1", "bar"),
        ("[K:D]", "field"),
        ("c|\nK:D\n", "field"),
        ('"c', ""),
        ('"\\"c', ""),
        ('"\\\nc', "note"),
        ("!c", ""),
        ("y", ""),
        ("Z", "bars"),
        ("&", "overlay"),
    ],
)
def test_the_last_character_is_an_event(music: str, event: str) -> None:
    assert state_after(music).event == event


def test_a_bar_line_shows_by_and_by_what_it_is() -> None:
    assert [
        state_after(f"c{line}").division for line in ("|", "||", ":", ":|", "|:", "|1", "|12")
    ] == [
        *("", "section", "repeat end", "section", "repeat", "ending", ""),
    ]


def test_a_letter_before_a_colon_is_a_field_only_where_one_may_be() -> None:
    assert state_after("[K:D").field == "K:D"
    assert state_after("[P:A").field == "P"  # its value does not matter
    assert state_after("E:|").event == ""
    assert state_after("\nE:").event == "bar"
