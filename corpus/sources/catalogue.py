"""Every named source, one file each, in the order that they are listed to people."""

from corpus.source import Source
from corpus.sources.aird import AIRD
from corpus.sources.essen import ESSEN
from corpus.sources.fife import FIFE
from corpus.sources.folk import FOLK
from corpus.sources.irish import IRISH
from corpus.sources.nottingham import NOTTINGHAM
from corpus.sources.oneill import ONEILL
from corpus.sources.ryan import RYAN
from corpus.sources.thesession import THESESSION

__all__ = ["SOURCES"]

SOURCES: dict[str, Source] = {
    source.name: source
    for source in (FOLK, AIRD, ONEILL, RYAN, ESSEN, FIFE, NOTTINGHAM, IRISH, THESESSION)
}
