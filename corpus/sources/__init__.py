"""Where tunes come from: the named sources, and files of the user's own.

The names below are loaded when they are first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tuneloom.corpus.sources.catalogue import SOURCES as SOURCES
    from tuneloom.corpus.sources.resolve import resolve_sources as resolve_sources

__all__ = ["SOURCES", "resolve_sources"]

_MODULES = {
    "SOURCES": "tuneloom.corpus.sources.catalogue",
    "resolve_sources": "tuneloom.corpus.sources.resolve",
}


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_MODULES[name]), name)
    globals()[name] = value
    return value
