"""What is not complete or balanced: repeats, voltas, ties, slurs, tuplets, chords."""

from grammar.rules.rule import Rule

__all__ = ["SOUND"]

SOUND: tuple[Rule, ...] = ()
