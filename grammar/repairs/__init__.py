"""Repairs of tunes as found: each has a code, and is safe if what sounds does not change.

Two kinds: those that look for one kind of dirt wherever it may be (`spelling.py`), and those that ask the
grammar where a tune stops being ABC and mend what stands there (`mending.py`). The second kind counts only
if it makes the tune parseable.
"""

from tuneloom.grammar.repairs.mending import MENDS, Mend
from tuneloom.grammar.repairs.repair import REPAIRABLE, Repaired, repair
from tuneloom.grammar.repairs.spelling import REPAIRS, Repair

__all__ = ["MENDS", "REPAIRABLE", "REPAIRS", "Mend", "Repair", "Repaired", "repair"]
