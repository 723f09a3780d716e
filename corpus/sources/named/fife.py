"""American fife tunes and the Northumbrian Minstrelsy, both edited in ABC by Jack Campin."""

from tuneloom.corpus.sources.kinds.installed import BY_PERMISSION, BY_PERMISSION_NOTE, Music21Source

__all__ = ["FIFE"]

FIFE = Music21Source(
    name="fife",
    title="American Fife Music; Northumbrian Minstrelsy",
    license=BY_PERMISSION,
    citation="Colonial and Civil War American Fife Music, edited in ABC by Jack Campin, 2000; "
    "Bruce and Stokoe, Northumbrian Minstrelsy, 1882, transcribed to ABC by Jack Campin, 2007",
    homepage="http://www.campin.me.uk/",
    languages=("en",),
    note=BY_PERMISSION_NOTE,
    folder="miscFolk",
    only=("americanfifeopus.abc", "northumbrianminstrelsyopus.abc"),
)
