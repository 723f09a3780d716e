"""Bar lines of any shape (4.8): what they mean, and that the formatter leaves them to mean it."""

from __future__ import annotations

import pytest

from tuneloom.grammar import parse
from tuneloom.grammar.canonical.elements import join_bar_lines, spell_bar_line
from tuneloom.grammar.canonical.equality import musically_equal
from tuneloom.grammar.canonical.formatter import format_tune
from tuneloom.grammar.tune.elements import BarLine

HEADER = "X:1\nT:Bar lines\nM:4/4\nL:1/8\nK:D\n"


@pytest.mark.parametrize(
    ("text", "ends", "starts"),
    [
        ("|", False, False),
        ("||", False, False),
        ("|]", False, False),
        ("[|]", False, False),
        (".|", False, False),
        (":", False, False),
        ("|:|", False, False),
        (":|", True, False),
        ("::::|", True, False),
        (":|]", True, False),
        (":||", True, False),
        (":]", True, False),
        ("[|]:|", True, False),
        ("[|][|]:|", True, False),
        ("]:|", True, False),
        ("|:", False, True),
        ("|::::", False, True),
        ("[|:", False, True),
        ("||:", False, True),
        ("|:[", False, True),
        ("]|:", False, True),
        ("|:|:", False, True),
        ("::", True, True),
        (":|:", True, True),
        (":||:", True, True),
        (":|||:", True, True),
        ("::|||||::", True, True),
    ],
)
def test_a_bar_line_ends_and_starts_repeats_by_its_dots(
    text: str, ends: bool, starts: bool
) -> None:
    volta = "2" if text.endswith("[") else ""
    line = BarLine(text, volta)
    assert (line.ends_repeat, line.starts_repeat) == (ends, starts)
    spelling = spell_bar_line(BarLine(text))
    assert (spelling.startswith(":"), spelling.endswith(":")) == (ends, starts)
    tune = parse(f"{HEADER}A8{text}{volta}B8|]\n")
    assert tune.parseable
    assert tune.tune.bars[0].line == line


@pytest.mark.parametrize(
    ("text", "spelling"),
    [
        ("|::::", "|::::"),
        ("[|::", "|::"),
        ("::::|]", "::::|"),
        (":||:", "::"),
        (":::", "::"),
        ("::||:", "::|:"),
        (":]", ":|"),
        ("|:|:", "|:"),
        ("[|][|]::|", "::|"),
        ("[|][|]", "|"),
    ],
)
def test_the_canonical_spelling_keeps_the_number_of_plays(text: str, spelling: str) -> None:
    assert spell_bar_line(BarLine(text)) == spelling
    assert spell_bar_line(BarLine(spelling)) == spelling


def test_bar_lines_with_nothing_between_them_are_one() -> None:
    assert join_bar_lines(BarLine(":|"), BarLine("|:")) == BarLine("::")
    assert join_bar_lines(BarLine("::|"), BarLine("|:", "")) == BarLine("::|:")
    assert join_bar_lines(BarLine("||"), BarLine("|", "1")) == BarLine("||", "1")


@pytest.mark.parametrize("text", ["|" * 100, ":" * 50 + "|" + ":" * 50, "[|]" * 20, "|[" * 9 + "|"])
def test_a_run_of_any_length_is_one_bar_line(text: str) -> None:
    parsed = parse(f"{HEADER}A8{text}B8|]\n")
    assert parsed.parseable
    assert [bar.line.text for bar in parsed.tune.bars if bar.line] == [text, "|]"]


@pytest.mark.parametrize("brackets", ["]", "]]", "]2", "[[", "]:", "[:", "]["])
def test_brackets_without_a_bar_are_no_bar_line(brackets: str) -> None:
    assert not parse(f"{HEADER}A8{brackets}B8|]\n").parseable


@pytest.mark.parametrize(
    "body",
    [
        "|::::CDEF GABc::::|",
        "|:CDEF GABc:|||:CDEF GABc:|",
        "|::C8::|D8|:E8|1,3 F8:|2,4 G8||",
        "A8:B8|]",
        "A8|[|B8[|:::c8:|",
        "A8[|][|]:|",
        "(,A8) ('B8)|",
    ],
)
def test_formatting_changes_nothing_that_sounds(body: str) -> None:
    text = f"{HEADER}{body}\n"
    before, after = parse(text), parse(format_tune(text))
    assert before.parseable
    assert after.parseable
    assert musically_equal(before.tune, after.tune)
    assert [bar.line for bar in before.tune.bars] == [bar.line for bar in after.tune.bars]


def test_a_chord_after_a_bar_line_is_a_chord() -> None:
    assert format_tune(f"{HEADER}A8|[CEG]8:|[CEG]8||\n") == f"{HEADER}A8|[CEG]8:|[CEG]8||\n"
