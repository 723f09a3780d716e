"""What does not last as long as the metre says."""

from grammar.rules.metrical import bar_length
from grammar.rules.rule import Rule

__all__ = ["METRICAL"]

METRICAL: tuple[Rule, ...] = (bar_length.RULE,)
