"""Every tune is spelled in C for the network and comes back exactly."""

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given

from tests.support.key_texts import one_tonic_texts
from tests.support.tunes import parse_tune
from tuneloom.corpus.admit import admit
from tuneloom.corpus.record import RawTune, Record
from tuneloom.corpus.training_text.keys.one_tonic import (
    ONE_TONIC_CHARACTERS,
    to_one_tonic,
    to_own_key,
)
from tuneloom.grammar.tune.elements import Chord, Note
from tuneloom.grammar.tune.key import split_key

HEAD = "R:reel\nM:4/4\nL:1/8\n"


@pytest.mark.parametrize(
    ("own", "moved"),
    [
        ("K:D\nD2 ^cd- d=f|[DFA]4 z4|\n", "K:D\nC2 =Bc- c_e|[CEG]4 z4|\n"),
        ("K:G\n|:G2 Bd gfed|D4 ^c=f|1 g8:|\n", "K:G\n|:C2 EG cBAG|G,4 ^F_B|1 c8:|\n"),
        ("K:Bb\nB,2 _AB _e'=e'|\n", "K:Bb\nC,2 _B,C =f^f|\n"),
        ("K:F#m\nF4 ^e4|\n", "K:F#m\nC4 =B4|\n"),
    ],
)
def test_music_is_spelled_in_c_below_the_header_that_it_had(own: str, moved: str) -> None:
    assert to_one_tonic(HEAD + own) == HEAD + moved
    assert to_own_key(HEAD + moved) == HEAD + own


def test_chord_symbols_and_keys_in_the_music_move_and_words_stay() -> None:
    own = 'T:A Cage\nM:4/4\nL:1/8\nK:Edor\n"Em7/B"{g}E4 "^D.C. A"!trill!T[EB]4|[K:A][M:3/4]"Bbmaj7"A6|\n'
    moved = 'T:A Cage\nM:4/4\nL:1/8\nK:Edor\n"Cm7/G"{e}C4 "^D.C. A"!trill!T[CG]4|[K:F][M:3/4]"Gbmaj7"F6|\n'
    assert to_one_tonic(own) == moved
    assert to_own_key(moved) == own


def test_a_key_line_in_the_music_moves_and_other_lines_stay() -> None:
    own = f"{HEAD}K:G\nGABc|\nK:Em ^d\nN:A Bee\nEFGA|\n"
    assert to_one_tonic(own) == f"{HEAD}K:G\nCDEF|\nK:Am ^g\nN:A Bee\nA,B,CD|\n"


@pytest.mark.parametrize("key", ["none", "HP", "C", "Cdor", "clef=bass"])
def test_a_tune_without_a_tonic_or_in_c_stays_as_it_is(key: str) -> None:
    text = f'{HEAD}K:{key}\n"A"A,B^c|[K:Em]e\n'
    assert to_one_tonic(text) == to_own_key(text) == text


def test_a_tripled_accidental_goes_on_at_the_other_end_and_comes_back() -> None:
    text = f"{HEAD}K:Db\n^^B4 __F4|\n"
    assert to_one_tonic(text) == f"{HEAD}K:Db\n__A4 __E4|\n"
    assert to_own_key(to_one_tonic(text)) == text


def test_a_tune_can_be_asked_for_in_another_key_of_its_mode() -> None:
    drawn = f"{HEAD}K:Am\nC2 _B^F|\n"
    assert to_own_key(drawn, "F#m") == f"{HEAD}K:F#m\nF2 =e^B|\n"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "K:D",
        "K:D\n",
        "abc|\n",
        "K:Q\nabc|\n",
        'K:D\n"A',
        "K:D\n^",
        "K:D\n[K:",
        "K:D\n[V:A b\nc",
    ],
)
def test_texts_that_are_no_tunes_come_back_too(text: str) -> None:
    assert to_own_key(to_one_tonic(text)) == text


@given(one_tonic_texts())
def test_any_text_is_moved_back_as_it_was_but_for_odd_octave_marks(text: str) -> None:
    once = to_own_key(to_one_tonic(text))
    assert to_own_key(to_one_tonic(once)) == once
    if not any(mark in text for mark in ",'"):
        assert once == text


def test_the_moved_music_of_real_tunes_is_the_same_tune_in_c(
    real_tunes: Callable[[str], list[RawTune]],
) -> None:
    compared = 0
    for text in training_texts(real_tunes("nottingham/ABC_original")[::14], "full"):
        key = text.partition("\nK:")[2].partition("\n")[0]
        tonic = split_key(key)[0]
        if not tonic or "__" in text or "^^" in text or "K:" in text.partition("\nK:")[2]:
            continue
        in_c = to_one_tonic(text).replace(f"\nK:{key}\n", f"\nK:C{key[len(tonic) :]}\n", 1)
        moves = [b - a for a, b in zip(pitches(text), pitches(in_c), strict=True)]
        assert len(set(moves)) == 1, text
        compared += 1
    assert compared > 60


@pytest.mark.parametrize("profile", ["melody", "full"])
@pytest.mark.parametrize("collection", ["nottingham/ABC_cleaned", "irish", "taberna"])
def test_real_tunes_come_back_exactly(
    real_tunes: Callable[[str], list[RawTune]], collection: str, profile: str
) -> None:
    step = 120 if collection == "taberna" else 12
    texts = training_texts(real_tunes(collection)[::step], profile)
    assert len(texts) > 60
    for text in texts:
        moved = to_one_tonic(text)
        assert to_own_key(moved) == text
        assert not set(moved) - {*text, *ONE_TONIC_CHARACTERS}


def training_texts(tunes: list[RawTune], profile: str) -> list[str]:
    results = (admit(tune, profile).result for tune in tunes)
    return [result.abc for result in results if isinstance(result, Record)]


def pitches(text: str) -> list[int]:
    return list(_pitches("X:1\nT:\n" + text))


def _pitches(text: str) -> Iterator[int]:
    for bar in parse_tune(text).bars:
        for element in bar.elements:
            if isinstance(element, Note | Chord):
                notes = element.notes if isinstance(element, Chord) else (element,)
                yield from (note.pitch for note in notes)
