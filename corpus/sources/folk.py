"""The default: every folk collection that ships inside music21, some 12,900 tunes."""

from corpus.sources.aird import AIRD
from corpus.sources.essen import ESSEN
from corpus.sources.fife import FIFE
from corpus.sources.gathered import GatheredSource
from corpus.sources.oneill import ONEILL
from corpus.sources.ryan import RYAN

__all__ = ["FOLK"]

FOLK = GatheredSource(
    name="folk",
    title="All of the five below",
    license="that of each part",
    citation="Michael Scott Asato Cuthbert and Christopher Ariza, music21: A Toolkit for "
    "Computer-Aided Musicology and Symbolic Music Data, ISMIR 2010",
    homepage="https://www.music21.org/",
    note="Contains essen, which is for non-commercial research.",
    members=(AIRD, ONEILL, RYAN, ESSEN, FIFE),
)
