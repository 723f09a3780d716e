"""Repairs of tunes as found: each has a code, and is safe if what sounds does not change.

`interface` says what a repair is, `catalogue` has them all, and `apply` makes those that a tune needs. The
other files hold the repairs, each file those of one kind.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tuneloom.grammar.repairs.apply import Repaired, repair
    from tuneloom.grammar.repairs.catalogue import REPAIRS
    from tuneloom.grammar.repairs.interface import Repair, RepairPlace

__all__ = ["REPAIRS", "Repair", "RepairPlace", "Repaired", "repair"]

_MODULES = {
    "REPAIRS": "catalogue", "Repair": "interface", "RepairPlace": "interface", "Repaired": "apply",
    "repair": "apply",
}  # fmt: skip


def __getattr__(name: str) -> object:
    """Import the module of a public name when the name is first used."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
    globals()[name] = value
    return value
