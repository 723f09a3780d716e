"""How long tunes are, and their first bars."""

import pytest

from tuneloom.cli.book.index_entries import first_bars, full_bars, incipit_tune
from tuneloom.grammar import parse
from tuneloom.grammar.parsing.result import ParsedTune


def parsed(text: str, file_header: str = "") -> ParsedTune:
    result = parse(text, 1, file_header)
    assert result.parseable
    return result


@pytest.mark.parametrize(
    ("music", "bars", "incipit"),
    [
        ("|:ABcd|efga|b4:|", 3, "|:ABcd|efga|"),
        ("A|BcdA|BcdA|Bcd:|", 3, "A|BcdA|BcdA|"),
        ("% a comment\nAB\\\nw: some words\ncd|efga|b4|]", 3, "ABcd|efga|"),
        ("ABcd", 1, "ABcd"),
        ("ABcd|1efga:|2 a4|]", 3, "ABcd|1efga:|"),
    ],
)
def test_bars_and_first_bars(music: str, bars: int, incipit: str) -> None:
    text = f"X:1\nM:4/4\nL:1/4\nK:D\n{music}\n"
    assert full_bars(parsed(text)) == bars
    assert first_bars(parsed(text), text).replace(" ", "") == incipit.replace(" ", "")


def test_bars_without_a_metre_are_those_that_are_written() -> None:
    assert full_bars(parsed("X:1\nM:none\nK:D\nABcd|e|||f|\n")) == 3


def test_the_first_bars_are_a_tune_that_reads_as_in_the_book() -> None:
    text = "X:7\nT:The Kesh\nM:6/8\nC:Trad.\nK:G\nG3 GAB|A3 ABd|edd gdd|\n"
    header = "L:1/8\nR:jig\n"
    incipit = incipit_tune(first_bars(parsed(text, header), text), text, header)
    assert incipit == "X:1\nL:1/8\nM:6/8\nK:G\nG3 GAB|A3 ABd|\n"
    assert parsed(incipit).tune.bars == parsed(text, header).tune.bars[:2]
