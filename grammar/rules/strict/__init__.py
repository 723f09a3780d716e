"""What ABC 2.1 does not allow, though its meaning is plain."""

from grammar.rules.rule import Rule
from grammar.rules.strict import detached_tie, unknown_code

__all__ = ["STRICT"]

STRICT: tuple[Rule, ...] = (detached_tie.RULE, unknown_code.RULE)
