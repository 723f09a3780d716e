"""The rhythms of traditional music that R: may name, each under one name for training texts."""

from __future__ import annotations

import re
import unicodedata

__all__ = ["RHYTHMS", "canonical_rhythm"]

RHYTHMS = frozenset(
    {
        "air", "an dro", "barndance", "bourree", "branle", "carol", "clog", "cotillion", "engelska",
        "fling", "galop", "ganglat", "gavotte", "halling", "hambo", "hanter dro", "hop jig", "horo",
        "hornpipe", "jig", "jota", "kolo", "landler", "march", "mazurka", "minuet", "muineira", "planxty",
        "polka", "polonaise", "polska", "quadrille", "quickstep", "rant", "reel", "schottische", "set dance",
        "slide", "slip jig", "song", "springar", "strathspey", "two-step", "waltz", "zwiefacher",
    }
)  # fmt: skip
_OTHER_SPELLINGS = {
    "air": ("aire",),
    "an dro": ("andro", "en dro"),
    "barndance": ("barn dance",),
    "branle": ("bransle",),
    "cotillion": ("cotillon",),
    "fling": ("highland",),
    "galop": ("galopp", "gallop"),
    "gavotte": ("gavote", "gavott"),
    "march": ("marches", "marcha", "marche", "marcia", "marsch", "marsj", "marssi"),
    "mazurka": ("masurka", "masurkka", "mazur", "mazurek"),
    "minuet": ("menuet", "menuett", "menuetti", "minuetto"),
    "muineira": ("muneira",),
    "jig": ("gigue", "giga"),
    "jota": ("xota",),
    "polka": ("polca", "polkka"),
    "polonaise": ("polones", "polonase"),
    "quadrille": ("kadrilj", "kadril"),
    "quickstep": ("quick step",),
    "schottische": (
        "schottis", "schottisch", "schottish", "schottise", "schottiche", "scottiche", "shottische", "sottis",
        "chotis", "reinlander", "reinlender", "rheinlander",
    ),
    "slip jig": ("slipjig",),
    "hop jig": ("hopjig",),
    "song": (
        "ballad", "ballade", "cancion", "cantiga", "canzone", "chanson", "lied", "lieder", "romance",
        "romanze", "sang", "visa", "haozi", "shange", "xiaodiao",
    ),
    "two-step": ("two step", "twostep"),
    "waltz": ("waltzes", "vals", "valse", "valsi", "valzer", "wals", "walzer"),
}  # fmt: skip
"""Spellings of English, and the names in the languages of the collections, without accents."""

_NAMES = {name: name for name in RHYTHMS} | {
    other: name for name, others in _OTHER_SPELLINGS.items() for other in others
}
# Words that German and the Nordic languages put others before: `Liebeslied`, `slängpolska`, `brudmarsch`.
_COMPOUND = re.compile(
    r"[a-z]{2,}(?:(?P<song>(?<!p)lied(?:er)?)|(?P<polska>polska)|(?P<march>mars(?:ch|j)))"
)
_PARTS = re.compile(r"[,;:.()/&+|]|\s-+\s")
_WORD = re.compile(r"[a-z]+")


def canonical_rhythm(value: str) -> str:
    """The known rhythm that R: names, in lower case, or an empty text.

    Of several words the known one counts, as in `slow air`; of several known ones the first between
    commas and the like, and there the last: `reel/polka` is a reel, a `polka mazurka` a mazurka.
    """
    decomposed = unicodedata.normalize("NFKD", value.casefold())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    for part in _PARTS.split(plain):
        words = _WORD.findall(part)
        for end in range(len(words), 0, -1):
            for start in range(max(0, end - 2), end):
                if rhythm := _rhythm_named(" ".join(words[start:end])):
                    return rhythm
    return ""


def _rhythm_named(name: str) -> str:
    compound = _COMPOUND.fullmatch(name)
    return (
        _NAMES.get(name)
        or _NAMES.get(name.removesuffix("s"))
        or (compound and compound.lastgroup)
        or ""
    )
