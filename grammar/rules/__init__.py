"""The rules beyond syntax, in a folder for each level and a file for each rule."""

from grammar.rules.metrical import METRICAL
from grammar.rules.rule import Finding, Rule, Subject
from grammar.rules.sound import SOUND
from grammar.rules.strict import STRICT

__all__ = ["RULES", "Finding", "Rule", "Subject"]

RULES: tuple[Rule, ...] = STRICT + SOUND + METRICAL
