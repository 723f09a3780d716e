"""What the loose language takes and what it refuses, and how it says so."""

from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuneloom.corpus.record import RawTune
from tuneloom.grammar import Diagnostic, is_parseable, parse, snippet
from tuneloom.grammar.diagnostics.explanations import SYNTAX_ERRORS

HEADER = "X:1\nT:A tune\nM:4/4\nL:1/8\nK:D\n"


def error(body: str, header: str = HEADER) -> Diagnostic:
    parsed = parse(header + body)
    assert not parsed.parseable
    [diagnostic] = parsed.diagnostics
    return diagnostic


@pytest.mark.parametrize(
    "body",
    [
        "c2 -c2 c2-c2|c2- c2|",  # ties, detached ones too
        "[ C E ]4 [C2E2G2]/ [CE-]E|",
        '"4"c "p"d " "e "Am7/C#"f|',
        ".('AB) .(,cd) ((AB)c)|",
        "|: A :: B :|: C :||: D || E |] [| F [|] G [] A .| B |: C :|",
        "A|1 B:|2 C|] [1,3 A| [2-4 B:|3,5-6 c|",
        "A>B c<<d e > f|",
        "(3ABC (3:2:4GABc (3::2AB|",
        "{/g}A {cde}f {g>a}b|",
        "!trill!A .B ~c uvd HA !+!c|",
        "z2 x Z4 X y2 A/ A// A3/2 A16|",
        "[K:G] A [M:3/4] B [L:1/16] c [V:1] d [r:a remark]|",
        "w:la la\nA|\nP:B\nK:Edor\nB|",
        "A & B | (& c d &)|",
        "G:|\n",
    ],
)
def test_music_that_collections_really_hold_is_parseable(body: str) -> None:
    assert parse(HEADER + body).diagnostics == ()


@pytest.mark.parametrize(
    "field",
    [
        "M:C", "M:C|", "M:none", "M:", "M:6/8", "M:(2+3+2)/8", "M:2+2+3/8",
        "L:1", "L:1/16", "Q:120", "Q:C=120", "Q:C3=40", "Q:1/4=112.5", 'Q:"Slow" 3/8=40 "ish"',
        "Y:AB", "E:what", "P:A(AB)2", "V:1 clef=bass", "U:W=!x!",
    ],
)  # fmt: skip
def test_header_fields_are_parseable_in_all_their_forms(field: str) -> None:
    assert parse(f"X:1\n{field}\nK:D\nA|\n").diagnostics == ()


@pytest.mark.parametrize(
    "key",
    ["D", "F#m", "Bb", "A minor", "Edor", "E Dorian", "Gmixolydian", "none", "", "HP", "Hp", "treble",
     "D exp ^f =c", "Dphr^f", "C clef=bass", "D transcribed by ear"],
)  # fmt: skip
def test_keys_that_exist_are_parseable_whatever_stands_behind_them(key: str) -> None:
    assert parse(f"X:1\nK:{key}\nA|\n").diagnostics == ()


@pytest.mark.parametrize(
    ("body", "code", "column"),
    [
        ("A| 1 B:|", "detached-volta", 4),
        ("A|1|B|", "bad-bar-line", 4),
        ("+CEG+ A|", "old-chord", 1),
        ("A e//4|", "bad-length", 4),
        ("A # B|", "reserved-character", 3),
        ("A 3 B|", "stray-number", 3),
        ("A12345|", "stray-number", 6),
        ("A k B|", "unknown-letter", 3),
        ('A "G B|', "unclosed-quote", 3),
        ("A [CEG | B|", "unclosed-chord", 3),
        ("A {cde | B|", "unclosed-grace", 3),
        ("A [K:D B|", "unclosed-field", 3),
        ("A>|B|", "broken-rhythm-without-note", 2),
        ("-A|", "stray-tie", 1),
        ("Repeat twice", "text-in-music", 1),
    ],
)
def test_what_is_no_music_is_refused_at_its_place(body: str, code: str, column: int) -> None:
    diagnostic = error(body)
    assert (diagnostic.code, diagnostic.line, diagnostic.column) == (code, 6, column)
    assert diagnostic.help


@pytest.mark.parametrize(
    ("header", "code", "line"),
    [
        ("X:1\nT:x\nK:H\n", "bad-key", 3),
        ("X:1\nT:x\nK:Fx\n", "bad-key", 3),
        ("X:1\nM:4/4l\nK:D\n", "bad-meter", 2),
        ("X:1\nL:eighth\nK:D\n", "bad-unit-note-length", 2),
        ("X:1\nQ:fast\nK:D\n", "bad-tempo", 2),
        ("X:1\nfree text\nK:D\n", "text-in-header", 2),
        ("X:1\nT:x\n", "no-key", 2),
    ],
)
def test_a_header_that_is_wrong_is_refused_at_its_line(header: str, code: str, line: int) -> None:
    diagnostic = error("", header)
    assert (diagnostic.code, diagnostic.line) == (code, line)


def test_a_field_that_is_wrong_does_not_pass_for_music() -> None:
    assert error("M:3\nA|\n").code == "bad-meter"
    assert error("L:\nA|\n").code == "bad-unit-note-length"


def test_an_empty_line_ends_a_tune_and_so_cannot_stand_in_one() -> None:
    assert error("A|\n\nB|\n").code == "empty-line"


def test_a_diagnostic_shows_its_place_with_a_caret() -> None:
    source = 'A2 "G B2|'
    assert snippet(source, error(source)) == '    6 | A2 "G B2|\n      |    ^'


@pytest.mark.parametrize(
    ("music", "carets"),
    [
        ('\tA "é"k B|', "\t     ^"),
        ('"字🎵"A k B|', "        ^"),
        ('"e\u0301"A k B|', "     ^"),
        ('"é" 字A|', "    ^^"),
    ],
)
def test_a_caret_is_under_its_character_after_wide_ones_and_accents(
    music: str, carets: str
) -> None:
    shown = snippet(music, error(music))
    assert shown == f"    6 | {music}\n      | {carets}"


def test_places_are_those_of_the_source_through_comments_and_continuations() -> None:
    text = HEADER + "AB \\\n% a remark\ncd k|\n"
    [diagnostic] = parse(text, line=101).diagnostics
    assert (diagnostic.line, diagnostic.column) == (108, 4)


@given(st.text(max_size=200))
def test_any_text_is_parsed_or_explained(text: str) -> None:
    parsed = parse(text)
    assert parsed.parseable == (not parsed.diagnostics)
    assert all(d.code in SYNTAX_ERRORS for d in parsed.diagnostics)


@given(st.text(alphabet='ABcdz|:[]{}()<>"!-/23^_= kK\\\n$&+.', max_size=80))
def test_any_would_be_music_is_parsed_or_explained(body: str) -> None:
    parsed = parse(HEADER + body)
    assert parsed.parseable == (not parsed.diagnostics)


@pytest.mark.parametrize(
    ("collection", "at_least"), [("nottingham/ABC_original", 98.5), ("irish", 99.5)]
)
def test_real_collections_are_parseable_as_found(
    real_tunes: Callable[[str], list[RawTune]], collection: str, at_least: float
) -> None:
    tunes = real_tunes(collection)
    parseable = sum(parse(tune.text).parseable for tune in tunes)
    assert 100 * parseable / len(tunes) >= at_least


@pytest.mark.parametrize("body", ["A|", "A| 1", "", "\nA|", "A|\n\n", "A|\n\nB|"])
def test_the_verdict_alone_is_that_of_parse(body: str) -> None:
    assert is_parseable(HEADER + body) == parse(HEADER + body).parseable


@pytest.mark.parametrize(
    "text",
    [
        "T:Air\nM:6/8\nL:1/8\nK:D\nDFA dAF|D6|]\n",
        "M:6/8\nK:Dmaj\nDFA dAF|\n",
        "L:1/8\nT:Air\nK:D\nDFA|\n",
        "K:D\nDFA|\n",
        "X:344 b\nK:D\nDFA|\n",
        "X:JB-8\nK:D\nDFA|\n",
    ],
)
def test_a_tune_may_lack_its_number_or_have_words_for_one(text: str) -> None:
    assert parse(text).parseable


def test_a_tune_without_a_number_gives_way_to_no_field_of_the_file() -> None:
    parsed = parse("L:1/4\nK:D\nA|\n", 4, "L:1/8\nR:reel\n")
    assert parsed.parseable
    assert (parsed.tune.unit_note_length, parsed.tune.field("R")) == (Fraction(1, 4), "reel")
