"""Quoted text is a chord symbol in parts, or an annotation with its placement (4.18, 4.19)."""

from __future__ import annotations

import pytest

from tuneloom.grammar.tune.quoted import Annotation, ChordSymbol, read_quoted


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("G", ChordSymbol("G")),
        ("Am7/G", ChordSymbol("A", "m7", "G")),
        ("F#dim", ChordSymbol("F#", "dim")),
        ("Bb/D", ChordSymbol("Bb", "", "D")),
        ("E♭maj7", ChordSymbol("Eb", "maj7")),
        ("Dsus4/F#", ChordSymbol("D", "sus4", "F#")),
        ("C7(b9)", ChordSymbol("C", "7(b9)")),
        ("G(Em)", ChordSymbol("G", alternatives=(ChordSymbol("E", "m"),))),
        ("(Am)", ChordSymbol("A", "m")),
        ("bb", ChordSymbol("Bb")),
        ("N.C.", ChordSymbol("")),
    ],
)
def test_a_chord_symbol_has_root_quality_and_bass(text: str, symbol: ChordSymbol) -> None:
    assert read_quoted(text) == symbol


def test_a_chord_symbol_is_spelt_from_its_parts() -> None:
    assert [str(read_quoted(text)) for text in ("Am7/G", "G(Em)", "NC")] == [
        "Am7/G",
        "G(Em)",
        "N.C.",
    ]


@pytest.mark.parametrize(
    ("text", "annotation"),
    [
        ("^slow", Annotation("slow", "above")),
        ("_G", Annotation("G", "below")),
        ("<(", Annotation("(", "left")),
        (">)", Annotation(")", "right")),
        ("@fine", Annotation("fine", "free")),
        ("fine", Annotation("fine")),
        ("", Annotation("")),
    ],
)
def test_an_annotation_has_its_placement(text: str, annotation: Annotation) -> None:
    assert read_quoted(text) == annotation
