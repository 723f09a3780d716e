"""The rules beyond syntax, in a folder for each level and a file for each rule."""

from tuneloom.grammar.rules.basis.rule import Finding, Rule, Subject
from tuneloom.grammar.rules.metrical import METRICAL
from tuneloom.grammar.rules.sound import SOUND
from tuneloom.grammar.rules.strict import STRICT

__all__ = ["RULES", "Finding", "Rule", "Subject"]

RULES: tuple[Rule, ...] = STRICT + SOUND + METRICAL
