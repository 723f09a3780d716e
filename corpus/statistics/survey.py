"""Tunebooks looked at without making a data set of them: what would be taken, and what not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from tuneloom.corpus.admit import admit
from tuneloom.corpus.families import family_of
from tuneloom.corpus.melody import SIGNATURE_SIZE
from tuneloom.corpus.reading.tunebooks import read_raw_tunes
from tuneloom.corpus.record import DUPLICATE, Record, Reject, ValidityCounts
from tuneloom.corpus.source import SourceFile
from tuneloom.corpus.statistics.tables import Statistics, statistics
from tuneloom.grammar.checking.levels import CHECKED_LEVELS

__all__ = ["survey"]


def survey(files: Iterable[SourceFile], profile: str) -> tuple[list[Record], Statistics]:
    """Judge every tune of some files as an ingestion would; of duplicates the first counts."""
    records: dict[str, Record] = {}
    signatures: dict[str, tuple[int, ...]] = {}
    rejects: list[Reject] = []
    total: Counter[str] = Counter()
    repaired: Counter[str] = Counter()
    levels: Counter[tuple[str, str]] = Counter()
    for raw in (tune for file in files for tune in read_raw_tunes(file)):
        total[raw.source] += 0
        if isinstance(raw, Reject):
            rejects.append(raw)
            continue
        outcome = admit(raw, profile)
        total[raw.source] += 1
        repaired[raw.source] += outcome.parseable_repaired
        levels.update((raw.source, level) for level in outcome.levels_as_found)
        found = outcome.result
        if isinstance(found, Reject):
            rejects.append(found)
        elif found.id in records:
            place = (raw.source, raw.path, raw.offset, raw.line)
            rejects.append(Reject(*place, 1, DUPLICATE, "the same melody again", kept=found.id))
        else:
            records[found.id] = found
            signatures[found.id] = outcome.signature
    as_found = {
        name: ValidityCounts(
            read_, {level: levels[name, level] for level in CHECKED_LEVELS}, repaired[name]
        )
        for name, read_ in total.items()
    }
    array = np.array(list(signatures.values()), np.uint16).reshape(-1, SIGNATURE_SIZE)
    families = family_of(list(signatures), array)
    kept = [replace(each, family=families.get(each.id, each.id)) for each in records.values()]
    return kept, statistics(kept, rejects, as_found)
