"""Chord symbols as music21 has them."""

from __future__ import annotations

from typing import Any

from tuneloom.corpus.playback.chord_qualities import known_quality
from tuneloom.grammar.tune.quoted import ChordSymbol

__all__ = ["music21_harmony"]

# Kinds of MusicXML, by how the quality begins; the longest beginning counts.
_KINDS = {
    "": "major", "6": "major-sixth", "7": "dominant-seventh", "9": "dominant-ninth", "11": "dominant-11th",
    "13": "dominant-13th", "maj": "major", "M": "major", "ma": "major", "maj7": "major-seventh",
    "M7": "major-seventh", "ma7": "major-seventh", "maj9": "major-ninth", "m": "minor", "mi": "minor",
    "min": "minor", "-": "minor", "m6": "minor-sixth", "min6": "minor-sixth", "m7": "minor-seventh",
    "min7": "minor-seventh", "mi7": "minor-seventh", "-7": "minor-seventh", "m9": "minor-ninth",
    "m7b5": "half-diminished-seventh", "ø": "half-diminished-seventh", "dim": "diminished",
    "o": "diminished", "°": "diminished", "dim7": "diminished-seventh", "o7": "diminished-seventh",
    "°7": "diminished-seventh", "aug": "augmented", "+": "augmented", "aug7": "augmented-seventh",
    "+7": "augmented-seventh", "sus": "suspended-fourth", "sus4": "suspended-fourth",
    "sus2": "suspended-second", "5": "power",
}  # fmt: skip


def music21_harmony(symbol: ChordSymbol) -> Any:
    """A chord symbol that shows the quality as written, and means the nearest kind that MusicXML knows."""
    from music21 import harmony

    if not symbol.root:
        return harmony.NoChord()
    kind = _KINDS[known_quality(symbol, _KINDS)]
    root = _music21_name(symbol.root)
    bass = _music21_name(symbol.bass) if symbol.bass else root
    return harmony.ChordSymbol(root=root, bass=bass, kind=kind, kindStr=symbol.quality)


def _music21_name(name: str) -> str:
    return name.replace("b", "-").replace("=", "")
