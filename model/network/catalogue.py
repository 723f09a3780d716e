"""The network architectures that a run can have, by name.

An architecture of your own is a function that returns a subclass of `Network`, and one call:
`ARCHITECTURES.register("name", function)`. From then on `tuneloom train --network` knows it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tuneloom.grammar.registry import Registry

if TYPE_CHECKING:
    from tuneloom.model.network.network import Network

__all__ = ["ARCHITECTURES"]

ARCHITECTURES: Registry[Callable[[], type[Network]]] = Registry("architecture")


# TensorFlow is imported once a network is built, not when its name is looked up.
def _plain() -> type[Network]:
    from tuneloom.model.network.recurrent import PlainNetwork

    return PlainNetwork


def _aided() -> type[Network]:
    from tuneloom.model.network.aided import AidedNetwork

    return AidedNetwork


ARCHITECTURES.register("aided", _aided)
ARCHITECTURES.register("plain", _plain)
