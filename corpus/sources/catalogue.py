"""The registry of named sources, in the order in which they are listed.

A source of your own is an object of a subclass of `Source`, and one call: `SOURCES.register(name, source)`.
"""

from tuneloom.corpus.source import Source
from tuneloom.corpus.sources.named.aird import AIRD
from tuneloom.corpus.sources.named.essen import ESSEN
from tuneloom.corpus.sources.named.fife import FIFE
from tuneloom.corpus.sources.named.folk import FOLK
from tuneloom.corpus.sources.named.irish import IRISH
from tuneloom.corpus.sources.named.nottingham import NOTTINGHAM
from tuneloom.corpus.sources.named.oneill import ONEILL
from tuneloom.corpus.sources.named.ryan import RYAN
from tuneloom.corpus.sources.named.thesession import THESESSION
from tuneloom.grammar.registry import Registry

__all__ = ["SOURCES"]

SOURCES: Registry[Source] = Registry("source")
for _source in (FOLK, AIRD, ONEILL, RYAN, ESSEN, FIFE, NOTTINGHAM, IRISH, THESESSION):
    SOURCES.register(_source.name, _source)
