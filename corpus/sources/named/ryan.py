"""Ryan's Mammoth Collection: reels, jigs, hornpipes and clogs printed in Boston in 1883."""

from tuneloom.corpus.sources.kinds.installed import BY_PERMISSION, BY_PERMISSION_NOTE, Music21Source

__all__ = ["RYAN"]

RYAN = Music21Source(
    name="ryan",
    title="Ryan's Mammoth Collection",
    license=BY_PERMISSION,
    citation="Ryan's Mammoth Collection: 1050 Reels and Jigs, Boston: Elias Howe, 1883; "
    "transcribed to ABC by those whom each tune's Z: field names",
    homepage="https://www.music21.org/music21docs/about/referenceCorpus.html",
    languages=("en",),
    note=BY_PERMISSION_NOTE,
    folder="ryansMammoth",
)
