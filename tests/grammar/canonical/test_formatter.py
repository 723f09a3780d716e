"""One spelling for each thing, and everything else as it was."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.tunes import parse_tune
from tuneloom.corpus.record import RawTune
from tuneloom.grammar import parse
from tuneloom.grammar.canonical.equality import musically_equal
from tuneloom.grammar.canonical.formatter import format_tune

HEADER = "X:1\nT:x\nM:4/4\nL:1/8\nK:D\n"


@pytest.mark.parametrize(
    ("found", "formatted"),
    [
        ("A1 A2/4 A/2 A// A3/2 c, C' c'|", "A A/ A/ A/4 A3/2 C c c'|"),
        ("c2 -c2 [CE]2 -[CE]2|", "c2- c2 [CE]2- [CE]2|"),
        ("[C2E2] [ C E ] [C2E]2 [C-E-][CE]|", "[CE]2 [CE] [C4E2] [CE]-[CE]|"),
        ("A  B | c d|  e|", "A B|c d|e|"),
        ("|:A:||:B:| A||] A|[1B:|[2c|]", "|:A:||:B:|A|]A|1 B:|2 c|]"),
        ("A| [1B:|[2 c|]", "A|1 B:|2 c|]"),
        ("(3:2:3ABc (3:2 ABc (3::2AB (5:3:5ABcde|", "(3ABc (3ABc (3:2:2AB (5:3:5ABcde|"),
        ("A > B c>-c A>>B|", "A > B c->c A>>B|"),
        ("z1 z2/2 x/2 Z1|", "z z x/ Z|"),
        ("{ g a }A {c2/2}B|", "{ga}A {c}B|"),
        ("A[K: D major]B[M: C]c[L: 1/16]d|", "A[K:D]B[M:C]c[L:1/16]d|"),
        ("A . |B. |", "A . |B. |"),
        ('"Am" A!trill! B .c|  ', '"Am" A!trill! B .c|'),
    ],
)
def test_music_has_one_spelling(found: str, formatted: str) -> None:
    assert format_tune(HEADER + found + "\n") == HEADER + formatted + "\n"


@pytest.mark.parametrize(
    "bars", ["||:", ":||", ":|:", ":||:", "[|:", ":|]", "||1", "||[2", "|]2", "|][2", "::[1", "||2"]
)
def test_bar_lines_that_some_player_takes_for_others_keep_their_spelling(bars: str) -> None:
    text = f"{HEADER}|:AB{bars} cd:|\n"
    before, _, _ = format_tune(text).rpartition("cd")
    assert before.rstrip().endswith(f"AB{bars}")


@pytest.mark.parametrize(
    ("found", "formatted"),
    [
        ("X: 7", "X:7"),
        ("T:  The Kesh  ", "T:The Kesh"),
        ("M: 6 / 8", "M:6/8"),
        ("M:C|", "M:C|"),
        ("M:None", "M:none"),
        ("L: 1/8", "L:1/8"),
        ('Q: "Slow"  1/4 = 60', 'Q:"Slow" 1/4=60'),
        ("K:D major", "K:D"),
        ("K: Amin clef=bass", "K:Am clef=bass"),
        ("K:E Dorian ^g", "K:Edor ^g"),
        ("K:HP", "K:HP"),
        ("W:  indented words", "W:  indented words"),
    ],
)
def test_fields_have_one_spelling(found: str, formatted: str) -> None:
    fields = {"X": "X:1", "T": "T:x", "K": "K:D"}
    before, after = dict(fields), dict(fields)
    before[found[0]], after[found[0]] = found, formatted
    order = [letter for letter in "XTMLQWK" if letter in before]
    text = "".join(before[letter] + "\n" for letter in order)
    assert format_tune(text + "A|\n") == "".join(after[x] + "\n" for x in order) + "A|\n"


def test_comments_directives_macros_and_continuations_stay() -> None:
    text = (
        "X:1\n%%scale 0.7\nT:x % a title\nm: ~g2 = {a}g{f}g\nU:W=!trill!\nL:1/8\nK:D\n"
        "~g2 WA2 | A1 B1 \\ % goes on\n% between\n  c1 d |\nw:la la -\n%%vskip 1\n"
    )
    assert format_tune(text) == (
        "X:1\n%%scale 0.7\nT:x % a title\nm:~g2 = {a}g{f}g\nU:W=!trill!\nL:1/8\nK:D\n"
        "~g2 WA2|A B \\ % goes on\n% between\n  c d|\nw:la la -\n%%vskip 1\n"
    )


def test_a_text_that_is_no_tune_stays_as_it_is() -> None:
    text = HEADER + "A1 B1 k c  |\n"
    assert format_tune(text) is text


def test_the_header_of_the_file_is_understood_and_not_written() -> None:
    text = "X:1\nK:D\nkA1|\n"
    assert format_tune(text, "U:k=!trill!\n") == "X:1\nK:D\nkA|\n"


def test_another_key_metre_or_beam_is_another_tune() -> None:
    base = parse_tune(HEADER + "AB cd|\n")
    for other in (
        HEADER + "ABcd|\n",
        HEADER + "AB c2|\n",
        HEADER + "AB cd||\n",
        HEADER.replace("K:D", "K:G") + "AB cd|\n",
        HEADER.replace("M:4/4", "M:2/2") + "AB cd|\n",
    ):
        assert not musically_equal(base, parse_tune(other))


PIECES = st.sampled_from(
    ["A", "b,", "c'1", "^f2/4", "=e//", "[C2E2]", "[ ce ]", "z2", " ", "  ", "|", " | ", ":|", "|:", "||",
     " [1 ", "[2", "(3", "(3:2:3", ">", " < ", "-", " -", "(", ")", "{g a}", '"Am"', "!trill!", ".", "~",
     "[K: G major]", "[M:3/4]", "\n", "\\\n", "% comment\n", "`", "y", "$"]
)  # fmt: skip


@pytest.mark.parametrize(
    ("header", "music"),
    [
        pytest.param("K:D\n", ".[D2F2] D2|", id="staccato"),
        pytest.param("K:D\n", "[~D2F2] D2|", id="a roll inside"),
        pytest.param("K:D\n", '["D"D2F2] D2|', id="a chord symbol inside"),
        pytest.param("R:hornpipe\nK:D\n", "[D2F2] D2|", id="a hornpipe"),
    ],
)
def test_lengths_stay_in_a_chord_that_players_play_by_them(header: str, music: str) -> None:
    text = f"X:1\nT:\nL:1/8\n{header}{music}\n"
    assert format_tune(text) == text


def test_arrows_that_follow_each_other_in_grace_notes_stay_as_they_are() -> None:
    text = f"{HEADER}{{e(>><>-}}g|\n"
    assert format_tune(text) == text


def test_a_line_that_would_look_like_a_field_keeps_its_blank() -> None:
    assert format_tune(f"{HEADER}AB| c2\n  B:: c|\n") == f"{HEADER}AB|c2\n B::c|\n"


def test_a_tune_with_a_mark_that_no_note_follows_stays_as_it_is() -> None:
    text = f"{HEADER}A | B2 c ~\nd2 | e |\n"
    assert format_tune(text) == text


@settings(max_examples=400)
@given(st.lists(PIECES, max_size=25))
def test_whatever_is_formatted_says_the_same_and_is_formatted_once(pieces: list[str]) -> None:
    text = HEADER + "".join(pieces) + "\n"
    found = parse(text)
    formatted = format_tune(text)
    if not found.parseable:
        assert formatted == text
        return
    assert musically_equal(found.tune, parse_tune(formatted))
    assert format_tune(formatted) == formatted


@pytest.mark.parametrize("step", [10, pytest.param(1, marks=pytest.mark.slow)])
@pytest.mark.parametrize("collection", ["nottingham/ABC_original", "irish"])
def test_real_tunes_say_the_same_and_are_formatted_once(
    real_tunes: Callable[[str], list[RawTune]], collection: str, step: int
) -> None:
    for tune in real_tunes(collection)[::step]:
        found = parse(tune.text)
        formatted = format_tune(tune.text)
        if not found.parseable:
            assert formatted == tune.text
            continue
        assert musically_equal(found.tune, parse_tune(formatted))
        assert format_tune(formatted) == formatted
        assert formatted.count("\n") == tune.text.count("\n")


def test_a_line_in_a_tune_that_would_begin_another_keeps_its_tune_as_it_is() -> None:
    text = "X:1\nT:Air\nK:D major\nAB|\nX :|1,1\n"
    assert parse(text).parseable
    assert format_tune(text) == text
