"""Aird's Airs: six volumes of tunes for the fife, violin or flute, Glasgow, late 18th century."""

from tuneloom.corpus.sources.kinds.installed import BY_PERMISSION, BY_PERMISSION_NOTE, Music21Source

__all__ = ["AIRD"]

AIRD = Music21Source(
    name="aird",
    title="Aird's Airs, volumes 1 to 6",
    license=BY_PERMISSION,
    citation="James Aird, A Selection of Scotch, English, Irish and Foreign Airs, volumes 1-6, "
    "Glasgow, 1778 (often cited as 1782) and later; transcribed to ABC by Jack Campin, 2009",
    homepage="http://www.campin.me.uk/Aird/",
    languages=("en",),
    note=BY_PERMISSION_NOTE,
    folder="airdsAirs",
)
