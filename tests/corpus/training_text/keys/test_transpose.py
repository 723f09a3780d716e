"""A transposed tune is the same tune: every pitch as far from its first, spelt by the new key."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.tunes import parse_tune
from tuneloom.corpus.training_text.header import training_header
from tuneloom.corpus.training_text.keys.transpose import sharps_in_key, transpose
from tuneloom.corpus.training_text.profiles import training_text
from tuneloom.grammar import Tune, parse, read_book
from tuneloom.grammar.tune.elements import Chord, Note

HEAD = "R:reel\nM:4/4\nL:1/8\n"


def test_every_pitch_moves_and_everything_else_stays() -> None:
    text = HEAD + "K:G\nG2 B>d|(3ddd ^c/2d/2 [Bg]-[Bg] z|[M:3/4][K:Em]=f3 _e d'2:|\n"
    assert transpose(text, 1) == (
        HEAD + "K:D\nD2 F>A|(3AAA ^G/2A/2 [Fd]-[Fd] z|[M:3/4][K:Bm]=c3 _B a2:|\n"
    )


@pytest.mark.parametrize(
    ("fifths", "expected"),
    [(2, "K:A\nA2 ^d=g|\n"), (-2, "K:F\nF2 =B_e|\n"), (-5, "K:Ab\nA2 =d_g|\n")],
)
def test_an_accidental_is_what_the_new_key_needs(fifths: int, expected: str) -> None:
    assert transpose(f"{HEAD}K:G\nG2 ^c=f|\n", fifths) == HEAD + expected


def test_modes_keep_their_name_and_signatures_what_is_special_in_them() -> None:
    assert transpose(f"{HEAD}K:Edor\nE8|\n", -1) == f"{HEAD}K:Ador\nA8|\n"
    assert transpose(f"{HEAD}K:Am ^g\nA8|\n", 1) == f"{HEAD}K:Em ^d\nE8|\n"


def test_chord_symbols_move_and_words_stay() -> None:
    text = f'T:A Cage\n{HEAD}K:D\n"D7/F#"d4 "^Bass"!trill!d4|"Bbmaj7"d8|\n'
    assert transpose(text, -2) == (f'T:A Cage\n{HEAD}K:C\n"C7/E"c4 "^Bass"!trill!c4|"Abmaj7"c8|\n')


def test_what_would_leave_the_range_goes_the_other_way_or_nowhere() -> None:
    assert transpose(f"{HEAD}K:G\nG,8|\n", 2) == f"{HEAD}K:A\nA,8|\n"
    assert transpose(f"{HEAD}K:A\nA,8|\n", -5) == f"{HEAD}K:Bb\nB,8|\n"
    assert transpose(f"{HEAD}K:G\nG,8 d'8|\n", 2) is None


def test_a_tune_without_a_key_stays_where_it_is() -> None:
    assert transpose(f"{HEAD}K:none\nC8|\n", 1) is None


def test_a_signature_counts_sharps_above_and_flats_below_zero() -> None:
    keys = {"C": 0, "D": 2, "Eb": -3, "Am": 0, "Edor": 2, "none": None}
    assert {key: sharps_in_key(f"{HEAD}K:{key}\nC|\n") for key in keys} == keys


def pitches(text: str) -> list[int]:
    return list(_pitches(parse_tune("X:1\nT:\n" + text)))


def _pitches(tune: Tune) -> Iterator[int]:
    for element in (element for bar in tune.bars for element in bar.elements):
        if isinstance(element, Note | Chord):
            notes = element.notes if isinstance(element, Chord) else (element,)
            yield from (note.pitch for note in notes)


@given(st.lists(st.sampled_from(["", "^", "=", "_"]), min_size=1, max_size=12), st.integers(-4, 4))
def test_there_and_back_again(accidentals: list[str], fifths: int) -> None:
    music = " ".join(f"{sign}{'cdefgab'[n % 7]}" for n, sign in enumerate(accidentals))
    text = f"{HEAD}K:D\n{music}|\n"
    moved = transpose(text, fifths)
    if moved is None:  # a sign would be tripled
        return
    steps = {new - old for new, old in zip(pitches(moved), pitches(text), strict=True)}
    assert len(steps) == 1
    assert (steps.pop() - 7 * fifths) % 12 == 0


def test_real_tunes_keep_every_interval(corpora: Path) -> None:
    random, moved_tunes = Random(0), 0
    book = read_book((corpora / "nottingham/ABC_original/jigs.abc").read_bytes())
    for found in book.tunes[:150]:
        parsed = parse(found.text, found.line, book.header)
        if not parsed.parseable:
            continue
        tune = parsed.tune
        text = training_text(tune, training_header(tune), random.choice(["melody", "full"]))
        fifths = random.randint(-3, 3)
        moved = transpose(text, fifths)
        if moved is not None:
            moved_tunes += 1
            before, after = pitches(text), pitches(moved)
            assert len({new - old for new, old in zip(after, before, strict=True)}) == 1
    assert moved_tunes > 120
