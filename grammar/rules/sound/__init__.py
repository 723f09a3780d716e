"""What is not complete or balanced: repeats, voltas, ties, slurs, tuplets, chords."""

from tuneloom.grammar.rules.basis.rule import Rule
from tuneloom.grammar.rules.sound import (
    chord_lengths,
    double_repeat,
    lyrics,
    part_order,
    stray_slur,
    tie_end,
    tie_pitch,
    tuplet,
    unclosed_repeat,
    unclosed_slur,
    volta,
)

__all__ = ["SOUND"]

SOUND: tuple[Rule, ...] = (
    unclosed_repeat.RULE,
    double_repeat.RULE,
    volta.RULE,
    tie_pitch.RULE,
    tie_end.RULE,
    unclosed_slur.RULE,
    stray_slur.RULE,
    tuplet.RULE,
    chord_lengths.RULE,
    part_order.RULE,
    lyrics.RULE,
)
