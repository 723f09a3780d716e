"""What a data set is not: gaps and biases that its users should know of."""

from __future__ import annotations

from collections.abc import Iterator

from tuneloom.pipeline.dataset.manifest import Manifest

__all__ = ["known_limits"]

_MISSING = {
    "melody": "titles, chord symbols, grace notes, decorations, slurs and words",
    "full": "words",
}
_LARGE_SHARE = 0.4


def known_limits(manifest: Manifest) -> list[str]:
    """Sentences for the data card."""
    return list(_limits(manifest))


def _limits(manifest: Manifest) -> Iterator[str]:
    if query := manifest.options.get("query"):
        yield f"Only tunes for which `{query}` holds were read."
    if held_out := manifest.options.get("hold_out"):
        yield f"All tunes of {' and '.join(held_out)}, and their families, are in the test split."
    read = sum(row.read for row in manifest.as_found.values())
    for name, row in manifest.as_found.items():
        if len(manifest.as_found) > 1 and row.read >= _LARGE_SHARE * read:
            yield f"{100 * row.read / read:.0f}% of the tunes that were read are from {name}."
    if manifest.profile in _MISSING:
        missing = _MISSING[manifest.profile]
        yield f"Profile `{manifest.profile}`: {missing} are not in the training text."
    if several := manifest.counts.rejects.get("multi-voice", 0):
        yield f"{several:,} tunes with several voices are left out."
    metrical = sum(row.levels.get("metrical", 0) for row in manifest.as_found.values())
    if read and metrical < read:
        yield (
            f"{100 * (read - metrical) / read:.0f}% of the tunes, as found, break a rule of the level "
            "`metrical` or of one below, such as a bar that is not full; `levels` says which tunes do not."
        )
    yield "`rhythm` is empty where the source names none, and `title` is as the source has it."
    yield (
        "Each tune is one setting of many, written down by one person: keys, ornaments and repeats are "
        "that person's. Old titles may hold words that offend today."
    )
    yield (
        "Variants are joined to families by their likeness, which misses some: a tune of one split may "
        "have a distant variant in another."
    )
