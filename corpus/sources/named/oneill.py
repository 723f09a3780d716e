"""O'Neill's Music of Ireland: the 1850 melodies that Francis O'Neill published in Chicago."""

from tuneloom.corpus.sources.kinds.installed import BY_PERMISSION, BY_PERMISSION_NOTE, Music21Source

__all__ = ["ONEILL"]

ONEILL = Music21Source(
    name="oneill",
    title="O'Neill's Music of Ireland, 1850 melodies",
    license=BY_PERMISSION,
    citation="Francis O'Neill, O'Neill's Music of Ireland: Eighteen Hundred and Fifty Melodies, "
    "Chicago, 1903; transcribed to ABC by those whom each tune's Z: field names",
    homepage="https://www.music21.org/music21docs/about/referenceCorpus.html",
    languages=("en",),
    note=BY_PERMISSION_NOTE,
    folder="oneills1850",
)
