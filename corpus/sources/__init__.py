"""Where tunes come from: the named sources, and files of the user's own."""

from tuneloom.corpus.sources.catalogue import SOURCES
from tuneloom.corpus.sources.resolve import resolve_sources

__all__ = ["SOURCES", "resolve_sources"]
