"""What does not last as long as the metre says."""

from tuneloom.grammar.rules.basis.rule import Rule
from tuneloom.grammar.rules.metrical import bar_length

__all__ = ["METRICAL"]

METRICAL: tuple[Rule, ...] = (bar_length.RULE,)
