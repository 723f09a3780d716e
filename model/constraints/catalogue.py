"""The constraints that tunes can be drawn under, by name.

A constraint of your own is a function from the vocabulary of a run to a `Constraint`, and one call:
`CONSTRAINTS.register("name", function)`. From then on `--constraint` knows it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tuneloom.grammar.registry import Registry

if TYPE_CHECKING:
    from tuneloom.model.constraints.constraint import Constraint
    from tuneloom.model.data.vocabulary import Vocabulary

__all__ = ["CONSTRAINTS", "constraint_choices"]

CONSTRAINTS: Registry[Callable[[Vocabulary], Constraint]] = Registry("constraint")


def constraint_choices() -> tuple[str, ...]:
    """What `--constraint` takes: the registered names, `none`, and `reject`, which draws bad tunes again."""
    return ("none", *CONSTRAINTS.names, "reject")


# TensorFlow is imported once a constraint is made, not when its name is looked up.
def _syntax(vocabulary: Vocabulary) -> Constraint:
    from tuneloom.model.constraints.syntax.syntax_constraint import syntax_constraint

    return syntax_constraint(vocabulary)


def _metre(vocabulary: Vocabulary) -> Constraint:
    from tuneloom.model.constraints.metre_constraint import MetreConstraint

    return MetreConstraint(vocabulary)


CONSTRAINTS.register("syntax", _syntax)
CONSTRAINTS.register("metre", _metre)
