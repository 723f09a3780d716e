"""What is not complete or balanced: repeats, voltas, ties, slurs, tuplets, chords."""

from grammar.rules.rule import Rule
from grammar.rules.sound import (
    chord_lengths,
    stray_slur,
    tie_end,
    tie_pitch,
    tuplet,
    unclosed_slur,
)

__all__ = ["SOUND"]

SOUND: tuple[Rule, ...] = (
    tie_pitch.RULE,
    tie_end.RULE,
    unclosed_slur.RULE,
    stray_slur.RULE,
    tuplet.RULE,
    chord_lengths.RULE,
)
