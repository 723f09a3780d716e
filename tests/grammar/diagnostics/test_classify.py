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
        ("Repeat twice|", "unknown-letter", 1),
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
        ("AB ||||| c|", "bad-bar-line", 8),
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
    ],
)
def test_a_fault_in_music_has_its_name_and_column(music: str, code: str, column: int) -> None:
    assert first(music) == (code, 4, column)


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


HEADER_CODES = {"bad-key", "bad-meter", "bad-unit-note-length", "bad-tempo", "text-in-header"}


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
    assert without == {"empty-line", "too-long", "no-tune"}
