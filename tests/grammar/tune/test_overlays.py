"""The overlays of a voice are voices of their own (7.4)."""

from __future__ import annotations

import pytest

from tuneloom.grammar import parse
from tuneloom.grammar.checking.check import check_tune
from tuneloom.grammar.checking.levels import own_codes
from tuneloom.grammar.tune.elements import Note, Voice


def layers_of(music: str) -> list[tuple[str, list[str], str]]:
    """For each layer its name, the notes of each bar, and its bar lines."""
    parsed = parse(f"X:1\nT:T\nL:1/4\nK:C\n{music}\n")
    assert parsed.parseable, parsed.diagnostics
    [voice] = parsed.tune.voices
    return [shown(layer) for layer in voice.layers()]


def shown(layer: Voice) -> tuple[str, list[str], str]:
    bars = ["".join(e.letter for e in bar.elements if isinstance(e, Note)) for bar in layer.bars]
    return layer.id, bars, " ".join(bar.line.text for bar in layer.bars if bar.line)


@pytest.mark.parametrize(
    ("music", "layers"),
    [
        ("CD|EF|]", [("", ["CD", "EF"], "| |]")]),
        ("CD|EF & GA|Bc|]", [("", ["CD", "EF", "BC"], "| | |]"), ("&1", ["", "GA", ""], "| | |]")]),
        (
            "A2|cd &\\\nAA &\\\nFE|]",
            [
                ("", ["A", "CD"], "| |]"),
                ("&1", ["", "AA"], "| |]"),
                ("&2", ["", "FE"], "| |]"),
            ],
        ),
        (
            "g2f2|e2e2|\n&&(d4|c2)c2|B4|]",
            [("", ["GF", "EE", "B"], "| | |]"), ("&1", ["D", "CC", ""], "| | |]")],
        ),
        (
            "g2f2|e2e2 && d4|c2c2|B4|]",
            [("", ["GF", "EE", "B"], "| | |]"), ("&1", ["D", "CC", ""], "| | |]")],
        ),
        (
            "(&CD|EF & GA|Bc &)|B4|]",
            [("", ["CD", "EF", "B"], "| | |]"), ("&1", ["GA", "BC", ""], "| | |]")],
        ),
        ("|:CD & E2:|", [("", ["", "CD"], "|: :|"), ("&1", ["", "E"], "|: :|")]),
        ("CD & E2", [("", ["CD"], ""), ("&1", ["E"], "")]),
    ],
)
def test_overlays_are_voices(music: str, layers: list[tuple[str, list[str], str]]) -> None:
    assert layers_of(music) == layers


@pytest.mark.parametrize(
    "music", ["&C|", "&&&C|D|", "C&", "&)C|", "(&(&C&)|&)", "(&C|D|", "&&|&|&"]
)
def test_an_overlay_out_of_place_is_read_all_the_same(music: str) -> None:
    assert layers_of(music)


def test_the_bracket_that_ends_an_overlay_is_no_slur() -> None:
    text = "X:1\nT:T\nM:2/4\nL:1/4\nK:C\n(&(CD)|EF & GA|Bc &)|\n"
    assert [d.code for d in check_tune(text, codes=own_codes("sound"))] == []


def test_each_element_of_a_layer_keeps_its_place() -> None:
    parsed = parse("X:1\nT:T\nL:1/4\nK:C\nCD|EF & GA|\n")
    assert parsed.parseable
    _, overlay = parsed.tune.voices[0].layers()
    bar = overlay.bars[1]
    index = next(i for i, element in enumerate(bar.elements) if isinstance(element, Note))
    assert parsed.place(bar, index) == (5, 9)
    assert parsed.place(bar, len(bar.elements)) == (5, 11)
