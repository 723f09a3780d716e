"""The automata of the constraints as tables, without the columns that no state tells apart."""

from __future__ import annotations

from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

from tuneloom.corpus.training_text.rhythms import RHYTHMS
from tuneloom.model.constraints.syntax.automaton_table import automaton_table
from tuneloom.model.data.vocabulary import Vocabulary
from tuneloom.web.composer.packed import pack_integers

__all__ = ["ConstraintTables", "PackedTable", "constraint_tables"]

_DEAD = 2**16 - 1


class PackedTable(TypedDict):
    """`columns`: the column of each character; `following`: (states, columns), 65535 where nothing follows;
    `accepting`: the states in which a tune may end; `start`: the one before a tune."""

    columns: str
    following: str
    accepting: str
    start: int


class ConstraintTables(TypedDict):
    """What `syntax_constraint.js` and `metre_constraint.js` need."""

    syntax: PackedTable
    grammar: PackedTable
    rhythms: list[str]


def constraint_tables(vocabulary: Vocabulary) -> ConstraintTables:
    """The automata over the characters of a vocabulary."""
    from tuneloom.model.constraints.syntax.syntax_constraint import syntax_constraint

    syntax = syntax_constraint(vocabulary)
    grammar = automaton_table(vocabulary.characters)
    return {
        "syntax": _packed(syntax.following[:, 1:], syntax.needed[:, 0] == 1, 0),
        "grammar": _packed(grammar.following, grammar.accepting, grammar.start),
        "rhythms": sorted(RHYTHMS),
    }


def _packed(following: NDArray[np.int32], accepting: NDArray[np.bool_], start: int) -> PackedTable:
    distinct, columns = np.unique(following, axis=1, return_inverse=True)
    return {
        "columns": pack_integers(columns.ravel()),
        "following": pack_integers(np.where(distinct < 0, _DEAD, distinct)),
        "accepting": pack_integers(np.flatnonzero(accepting)),
        "start": start,
    }
