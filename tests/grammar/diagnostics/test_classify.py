"""Errors are named in a musician's words, at the very place."""

import pytest

from tuneloom.grammar import parse
from tuneloom.grammar.diagnostics.explanations import SYNTAX_ERRORS


def first(body: str) -> tuple[str, int, int]:
    """Code, line and column of what is wrong with a tune whose body this is; it begins in line 4."""
    [found, *_] = parse(f"X:1\nT:Test\nK:D\n{body}\n").diagnostics
    return found.code, found.line, found.column


@pytest.mark.parametrize(
    ("music", "code", "column"),
    [
        ("ABc #d|", "reserved-character", 5),
        ("A/#B|", "reserved-character", 3),
        ("A>*B|", "reserved-character", 3),
        ("[CE;G]|", "reserved-character", 4),
        ("{A?B}c|", "reserved-character", 3),
        ("^@c|", "reserved-character", 2),
        ("ABé|", "unexpected-character", 3),
        ("AB k c|", "unknown-letter", 4),
        ("Repeat twice|", "text-in-music", 1),
        ('"Am A2 B2|', "unclosed-quote", 1),
        ("AB [CEG A|", "unclosed-chord", 4),
        ("[CzG]|", "bad-chord", 3),
        ("AB {cd e|", "unclosed-grace", 4),
        ("{c|d} e|", "unclosed-grace", 1),
        ("{czd}e|", "bad-grace", 3),
        ("AB [K:G c|", "unclosed-field", 4),
        ("AB| 1 cd:|", "detached-volta", 5),
        ("AB|[ 1 cd:|", "detached-volta", 6),
        ("AB 4 cd|", "stray-number", 4),
        ("A//4 B|", "bad-length", 2),
        ("A/2/ B|", "bad-length", 4),
        ("AB |1| c|", "bad-bar-line", 6),
        ("AB|M:3/4 cde|", "field-in-music", 4),
        ("AB|K:G cde|", "field-in-music", 4),
        ("ABh:|", "unknown-letter", 3),
        ("AB (3", "tuplet-without-note", 4),
        ("AB> |", "broken-rhythm-without-note", 3),
        ("z- A|", "stray-tie", 2),
        ("AB ^|", "stray-accidental", 4),
        ("AB ,c|", "stray-octave-mark", 4),
        ("AB \\c d|", "stray-backslash", 4),
        ("AB +CEG+|", "old-chord", 4),
        ("AB }c|", "stray-close", 4),
        ("C]DEF", "stray-close", 2),
        ("C2 ] D|", "stray-close", 4),
        ("[CE]DE]]F|", "stray-close", 7),
        ("[C[EG]]c|", "unclosed-chord", 1),
        ('"]"C]', "stray-close", 5),
        ("]", "stray-close", 1),
        ("C[:D|", "bad-bar-line", 2),
    ],
)
def test_a_fault_in_music_has_its_name_and_column(music: str, code: str, column: int) -> None:
    assert first(music) == (code, 4, column)


@pytest.mark.parametrize(
    ("music", "code", "column"),
    [
        ("C:by me", "field-after-key", 1),
        ("Z:by me", "field-after-key", 1),
        (" Z: by me", "field-after-key", 1),
        ("C : by me", "field-after-key", 1),
        ("B:book", "field-after-key", 1),
        ("G:Key: G", "field-after-key", 1),
        ("E:13", "field-after-key", 1),
        ("G:|2 A k B|", "unknown-letter", 8),
        ("M:3/4 L:1/8", "fields-on-one-line", 7),
        ("AB c|]</html>", "html", 7),
        ("<|endoftext|>", "html", 1),
        ("a sad jig by Paddy", "text-in-music", 1),
        ("A2 GB|play it slowly|d2", "text-in-music", 7),
        ("A2 GB d2 play it slowly", "text-in-music", 10),
        ("  Muiñeira de Chantada", "text-in-music", 3),
        ("vkG2z uke2z | vdBd", "unknown-letter", 2),
        ("GABc !D.C. al Fine!|", "decoration-blank", 6),
        ("GABc| !D.C. al Fine!", "decoration-blank", 7),
        ("GABc !dB kc!|", "unknown-letter", 10),
        ("Play 3 times", "text-in-music", 1),
        ("GA !trill !B|", "decoration-blank", 4),
        ("GA ! trill!B|", "decoration-blank", 4),
        ("[P:slow and sad]A k B|", "unknown-letter", 19),
        ("END", "html", 1),
        ("# end", "html", 1),
        ("The End.", "html", 1),
        ("*** END ***", "html", 1),
        ("<EOF>", "html", 1),
        ("AB|<!-- slow -->", "html", 4),
        ("---", "html", 1),
        ('"D MINOR"k(E/F/)|', "unknown-letter", 10),
        ("M:3/4 egdB A2| M:4/4 egdB|", "bad-meter", 1),
    ],
)
def test_what_is_no_music_is_told_by_what_it_is(music: str, code: str, column: int) -> None:
    assert first(music) == (code, 4, column)


@pytest.mark.parametrize(
    ("music", "code", "column"),
    [
        ("AB[Q:Slow]c|", "bad-tempo", 3),
        ("[Q:1/4=60-70]c|", "bad-tempo", 1),
        ("AB[K:H]c|", "bad-key", 3),
        ("AB[M:3/4x]c|", "bad-meter", 3),
        ("AB[L:eighth]c|", "bad-unit-note-length", 3),
        ("AB[K:D|c]|", "unclosed-field", 3),
        ('[V:1 name="a]b"]c|', "unclosed-quote", 15),
    ],
)
def test_what_is_wrong_in_a_field_among_the_notes_is_told(
    music: str, code: str, column: int
) -> None:
    assert first(music) == (code, 4, column)


@pytest.mark.parametrize(
    ("music", "found"),
    [
        ("AB (12cd|", "(12"),
        ("AB (3:0cde|", "(3:0"),
        ("AB (3:2:0cde|", "(3:2:0"),
        ("AB (3: 2cde|", "(3: 2"),
        ("AB (3 2cde|", "(3 2"),
        ("AB (3:2:3:4cde|", "(3:2:3:4"),
    ],
)
def test_numbers_that_are_no_tuplet_are_shown(music: str, found: str) -> None:
    [diagnostic] = parse(f"X:1\nT:x\nK:D\n{music}\n").diagnostics
    assert (diagnostic.code, diagnostic.column) == ("bad-tuplet", 4)
    assert diagnostic.message == f"`{found}` is not a tuplet"


def test_a_field_of_the_header_is_told_in_the_middle_of_lines_that_are_joined() -> None:
    assert first("AB|cd|\\\nE:12\nAB|\\\ncd|") == ("field-after-key", 5, 1)
    assert first("AB|cd|\\\nC:by me\nAB|") == ("field-after-key", 5, 1)


def test_a_decoration_with_a_blank_is_shown_as_it_is_written() -> None:
    [found] = parse("X:1\nK:D\nGABc !D.C. al Fine!|\n").diagnostics
    assert "`!D.C. al Fine!`" in found.message
    assert (found.span.column, found.span.end_column) == (6, 20)


def test_a_line_break_is_shown_as_it_is_written() -> None:
    [found] = parse("X:1\nI:linebreak !\nK:D\n!trill!AB|\n").diagnostics
    assert found.message == "`trill!AB` is text, and not music"


@pytest.mark.parametrize("music", ["ABc|", '"D"A2 (3BcA|', "A B c d"])
def test_a_missing_key_is_told_where_the_music_begins(music: str) -> None:
    [found] = parse(f"X:1\nT:x\nM:4/4\n{music}\n").diagnostics
    assert (found.code, found.line, found.column) == ("no-key", 4, 1)
    assert found.message == "K: is missing before this line"


@pytest.mark.parametrize(
    ("text", "column"),
    [("X:1 L:1/8 M:4/4 K:G G2BG|\n", 5), ("X:1 T:a M:6/8 K:D\nABC|\n", 5)],
)
def test_a_tune_on_the_line_of_its_number_is_told_so(text: str, column: int) -> None:
    [found] = parse(text).diagnostics
    assert (found.code, found.line, found.column) == ("fields-on-one-line", 1, column)


def test_an_unpaired_quote_is_found_in_its_own_line_though_the_lines_are_joined() -> None:
    assert first('"G"AB "Dm cd|\\\n"G"ef "C"g2|') == ("unclosed-quote", 4, 7)


def test_quotes_that_all_pair_leave_the_fault_where_it_is() -> None:
    assert first('"G"AB "D"cd|\\\n"G"ef # g2|') == ("reserved-character", 5, 7)


def test_an_error_at_the_end_of_a_line_says_so() -> None:
    [found] = parse("X:1\nK:D\nAB L\n").diagnostics
    assert "end of the line" in found.message


@pytest.mark.parametrize("code", sorted(SYNTAX_ERRORS))
def test_every_fault_says_what_would_be_right(code: str) -> None:
    explanation = SYNTAX_ERRORS[code]
    assert explanation.message
    assert explanation.help


HEADER_CODES = {
    "fields-on-one-line",
    "bad-key",
    "bad-meter",
    "bad-unit-note-length",
    "bad-tempo",
    "text-in-header",
}


def tune_with(code: str, line: str) -> str:
    """A tune that has a line of an example where such a line belongs."""
    if code == "no-key":
        return f"{line}\n"
    if code in HEADER_CODES:
        return f"X:1\n{line}\n" + ("" if code == "bad-key" else "K:D\n") + "A|\n"
    return f"X:1\nK:D\n{line}\n"


@pytest.mark.parametrize("code", [code for code, e in SYNTAX_ERRORS.items() if e.bad])
def test_the_examples_show_the_fault_and_what_would_be_right(code: str) -> None:
    explanation = SYNTAX_ERRORS[code]
    [found] = parse(tune_with(code, explanation.bad)).diagnostics
    assert found.code == code
    assert parse(tune_with(code, explanation.good)).parseable


def test_only_what_no_line_can_show_has_no_example() -> None:
    without = {code for code, e in SYNTAX_ERRORS.items() if not e.bad}
    assert without == {"empty-line", "orphan-field", "orphan-music", "too-long", "no-tune"}
