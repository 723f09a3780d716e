"""Every named source, one file each, in the order that they are listed to people."""

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

__all__ = ["SOURCES"]

SOURCES: dict[str, Source] = {
    source.name: source
    for source in (FOLK, AIRD, ONEILL, RYAN, ESSEN, FIFE, NOTTINGHAM, IRISH, THESESSION)
}
