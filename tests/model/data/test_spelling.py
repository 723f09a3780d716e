"""What a network reads is spelled in one tonic, and what it writes comes back in the key it is asked for."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.key_texts import one_tonic_texts
from tuneloom.corpus.training_text.keys.one_tonic import header_key
from tuneloom.model.data.spelling import Spelling

ONE, OWN = Spelling.of("one"), Spelling.of("own")
HEAD = "R:reel\nM:4/4\nL:1/8\n"
CHARACTERS = "\n !\"'(),/2348:=ABCDEFGKLMR[]^_abcdefgmz|"


def test_texts_of_other_runs_stay_as_they_are() -> None:
    text = f"{HEAD}K:D\nD2^F|\n"
    for keys in ("own", "many"):
        spelling, stream = Spelling.of(keys), Spelling.of(keys).stream()
        assert spelling.to_network(text) == spelling.from_network(text) == text
        assert stream.feed("^") + stream.close() == "^"


@pytest.mark.parametrize(
    ("key", "stand_in"),
    [("F#m", "Am"), ("Eb", "D"), ("Am", "Am"), ("Bmix", ""), ("none", ""), ("Cm =b", "Em ^d")],
)
def test_the_most_frequent_key_of_the_mode_stands_in_for_another(key: str, stand_in: str) -> None:
    known = ["D", "G", "Am", "Em", "Em ^d"]
    assert ONE.stand_in(key, known) == stand_in
    assert OWN.stand_in(key, known) == ""


def test_a_beginning_that_is_complete_is_one_beginning_of_the_network() -> None:
    for text, moved in [
        ("", ""),
        (f"{HEAD}K:", f"{HEAD}K:"),
        (f"{HEAD}K:D\nD2|", f"{HEAD}K:D\nC2|"),
    ]:
        assert ONE.beginnings(text, "", CHARACTERS) == [moved]


def test_a_note_at_the_end_goes_on_as_its_own_octave_marks_do() -> None:
    found = {each[-2:] for each in ONE.beginnings(f"{HEAD}K:D\nc", "", CHARACTERS)}
    assert {"B2", "B|", "\nb"} <= found
    assert not {"B,", "bB"} & found


def test_an_accidental_at_the_end_takes_its_letter_along() -> None:
    found = {each[-2:] for each in ONE.beginnings(f"{HEAD}K:D\n^", "", CHARACTERS)}
    assert {"^C", "=B", "=E"} <= found
    assert not {"^B", "^E"} & found


def test_a_beginning_in_an_unknown_key_is_written_under_the_one_that_stands_in() -> None:
    [moved] = ONE.beginnings(f"{HEAD}K:F#m\nF2|", "Am", CHARACTERS)
    assert moved == f"{HEAD}K:Am\nC2|"
    assert ONE.from_network(moved, "F#m") == f"{HEAD}K:F#m\nF2|"


@settings(max_examples=30)
@given(one_tonic_texts(), st.sampled_from(CHARACTERS), st.sampled_from(["", "Am"]))
def test_whatever_follows_a_beginning_the_text_begins_as_it_was_asked_to(
    text: str, following: str, stand_in: str
) -> None:
    text = ONE.from_network(ONE.to_network(text))  # with octave marks as texts of a run have them
    key = header_key(text) if stand_in else ""
    beginnings = ONE.beginnings(text, stand_in, CHARACTERS)
    for moved in beginnings:
        assert ONE.from_network(moved, key).startswith(text)
    if len(beginnings) == 1:
        assert ONE.from_network(beginnings[0] + following, key).startswith(text)
