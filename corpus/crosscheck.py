"""How music21 reads a tune, to compare with; music21 is imported when first needed."""

from __future__ import annotations

__all__ = ["notes_in_music21"]


def notes_in_music21(text: str) -> int:
    """How many notes music21 reads in one ABC tune, those of chords one by one, tied ones as one.

    Raises whatever music21 raises.
    """
    from music21 import converter

    score = converter.parse(text, format="abc", forceSource=True).stripTies()
    return sum(len(element.pitches) for element in score.recurse().notes)
