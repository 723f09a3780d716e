"""The Essen Folksong Collection, in Seymour Shlien's ABC, as music21 distributes it."""

from tuneloom.corpus.license import License
from tuneloom.corpus.sources.kinds.installed import MUSIC21_TERMS, Music21Source

__all__ = ["ESSEN"]

ESSEN = Music21Source(
    name="essen",
    title="Essen Folksong Collection",
    license=License(
        name="non-commercial use only",
        commercial_use="forbidden",
        url=MUSIC21_TERMS,
    ),
    citation="Helmut Schaffrath (editor), The Essen Folksong Collection, 1995; "
    "continued by Ewa Dahlig-Turek; converted to ABC by Seymour Shlien",
    homepage="https://ifdo.ca/~seymour/runabc/esac/esacdatabase.html",
    languages=("de", "zh"),
    folder="essenFolksong",
    note="For non-commercial research: music21 has it by permission of E. Dahlig-Turek and "
    "S. Shlien, and calls its legal status unclear, since many people entered the data.",
)
