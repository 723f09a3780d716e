"""What does not last as long as the metre says."""

from grammar.rules.rule import Rule

__all__ = ["METRICAL"]

METRICAL: tuple[Rule, ...] = ()
