"""The rhythms of traditional music that R: may name, each under one name for training texts."""

from __future__ import annotations

import re

__all__ = ["RHYTHMS", "canonical_rhythm"]

RHYTHMS = frozenset(
    {
        "air", "barndance", "carol", "hop jig", "hornpipe", "jig", "march", "mazurka", "minuet",
        "polka", "quadrille", "quickstep", "reel", "schottische", "slide", "slip jig", "song",
        "strathspey", "two-step", "waltz",
    }
)  # fmt: skip
_OTHER_NAMES = {
    "double jig": "jig",
    "single jig": "jig",
    "slipjig": "slip jig",
    "slip-jig": "slip jig",
    "hop-jig": "hop jig",
    "waltzes": "waltz",
    "marches": "march",
    "barn dance": "barndance",
    "schottisch": "schottische",
    "highland schottische": "schottische",
    "quick step": "quickstep",
    "quick-step": "quickstep",
}


def canonical_rhythm(value: str) -> str:
    """The known rhythm that R: names, in lower case, or an empty text."""
    name = re.sub(r"\s+", " ", value.strip().lower().rstrip("."))
    for candidate in (name, name.removesuffix("s")):
        known = _OTHER_NAMES.get(candidate, candidate)
        if known in RHYTHMS:
            return known
    return ""
