"""The default: every folk collection that ships inside music21, some 12,900 tunes."""

from tuneloom.corpus.license import License
from tuneloom.corpus.sources.kinds.combined import CombinedSource
from tuneloom.corpus.sources.named.aird import AIRD
from tuneloom.corpus.sources.named.essen import ESSEN
from tuneloom.corpus.sources.named.fife import FIFE
from tuneloom.corpus.sources.named.oneill import ONEILL
from tuneloom.corpus.sources.named.ryan import RYAN

__all__ = ["FOLK"]

FOLK = CombinedSource(
    name="folk",
    title="All of the five below",
    license=License(name="that of each part", commercial_use="forbidden"),
    citation="Michael Scott Asato Cuthbert and Christopher Ariza, music21: A Toolkit for "
    "Computer-Aided Musicology and Symbolic Music Data, ISMIR 2010",
    homepage="https://www.music21.org/",
    note="Contains essen, which is for non-commercial research.",
    members=(AIRD, ONEILL, RYAN, ESSEN, FIFE),
)
