"""A bar that is too long is divided where a bar line is missing, and otherwise left as it is."""

import pytest

from tuneloom.grammar import parse
from tuneloom.grammar.bars.bar_division import DividedBars


def divided(music: str, meter: str = "2/4") -> DividedBars:
    parsed = parse(f"X:1\nT:x\nM:{meter}\nL:1/8\nK:C\n{music}\n")
    assert parsed.parseable
    return parsed.bars


def eighths(bars: DividedBars) -> list[list[int]]:
    """How long the bars of each voice last."""
    return [[int(bar.duration * 8) for bar in voice] for voice in bars.voices]


@pytest.mark.parametrize(
    ("music", "durations"),
    [
        ("c4|d4\ne4|", [4, 4, 4]),
        ("c4|d4\ne4\nf4|g4|", [4, 4, 4, 4, 4]),
        ("c2|d4|e4\nf4|g2|]", [2, 4, 4, 4, 2]),
        ("c4|d4|e4|f4|g4a4|", [4, 4, 4, 4, 4, 4]),
        ("c4|d4|e4|f4a4|", [4, 4, 4, 8]),  # too few of them are full
        ("c4|d4|e4|f4|e3|d4c4|", [4, 4, 4, 4, 3, 8]),  # another bar is wrong
        ("d6\ne6|f6\ng6|c4|", [12, 12, 4]),  # most bars are of another metre
        ("c4|d4\ne4f|g4|", [4, 9, 4]),
        ("c4|d2d3\ne3|f4|", [4, 8, 4]),
        ("c4|Z2\ne4|", [4, 8]),
    ],
)
def test_a_bar_is_divided_into_full_ones(music: str, durations: list[int]) -> None:
    bars = divided(music)
    assert eighths(bars) == [durations]
    assert bool(bars.missing) == (len(durations) > music.count("|"))


def test_sections_begin_and_end_with_the_outer_parts() -> None:
    (bars,) = divided("|:c4\nd4\ne4:|").voices
    assert [bar.opens_section for bar in bars] == [True, False, False]
    assert [bar.closes_section for bar in bars] == [False, False, True]


def test_without_a_metre_nothing_is_missing() -> None:
    assert divided("c4\nd4|", "none") == DividedBars([[]])


def test_voices_are_divided_together_or_not_at_all() -> None:
    assert eighths(divided("V:1\nc4\nd4|\nV:2\ne4\nf4|")) == [[4, 4], [4, 4]]
    assert eighths(divided("V:1\nc4\nd4|\nV:2\ne3f5|")) == [[8], [8]]
    assert eighths(divided("V:1\nc4\nd4|\nV:2\ne4|")) == [[4, 4], [4]]
    assert eighths(divided("V:1\nc4\nd4|e4|\nV:2\nZ3|")) == [[8, 4], [4]]
