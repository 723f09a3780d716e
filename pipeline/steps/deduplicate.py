"""Find duplicates and tune families.

Duplicates share an id and so are in the same range of ids, where all but the first are rejected. Relatives
may be anywhere: families are found by one worker, from a sketch of some 300 bytes per tune.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence

from tuneloom.corpus.kinship.families import family_of
from tuneloom.corpus.record import DUPLICATE, Record, Reject
from tuneloom.corpus.sketch import TuneSketch
from tuneloom.pipeline.dataset.splits import HELD_OUT
from tuneloom.pipeline.steps.plan import Job, SortKey

__all__ = ["Families", "deduplicate", "find_families"]

Families = Mapping[str, str]
"""The family of each melody that is not alone, by id; those whose id is the family's are left out."""


def find_families(sketches: Iterable[TuneSketch]) -> Families:
    """The families among tunes, from their sketches in any order.

    A family with a tune that is held out is so as a whole, and its name says so.
    """
    held: set[str] = set()

    def noted() -> Iterator[TuneSketch]:
        for sketch in sketches:
            if sketch.held_out:
                held.add(sketch.id)
            yield sketch

    families = family_of(noted())
    families |= {name: name for name in held if name not in families}
    held_families = {families[name] for name in held}
    named = {
        name: f"{HELD_OUT}{family}" if family in held_families else family
        for name, family in families.items()
    }
    return {name: family for name, family in named.items() if name != family}


def deduplicate(
    found: Iterable[tuple[SortKey, Record]], families: Families, jobs: Sequence[Job]
) -> tuple[list[Record], list[tuple[SortKey, Reject]]]:
    """The first tune of each melody, with its family, and a reject for each of the others.

    `found` must hold all tunes of each melody, in any order.
    """
    kept: dict[str, SortKey] = {}
    records: list[Record] = []
    rejects: list[tuple[SortKey, Reject]] = []
    for key, record in sorted(found, key=lambda pair: pair[0]):
        first = kept.setdefault(record.id, key)
        if first == key:
            family = families.get(record.id, record.id)
            records.append(dataclasses.replace(record, family=family))
        else:
            rejects.append((key, _duplicate(key, record, first, jobs)))
    return records, rejects


def _duplicate(key: SortKey, record: Record, kept: SortKey, jobs: Sequence[Job]) -> Reject:
    file = jobs[kept.file].file
    place = f"in row {kept.row:,}" if kept.row else f"at byte {kept.offset}"
    return Reject(
        source=record.source,
        path=record.path,
        offset=key.offset,
        line=key.line,
        column=1,
        code=DUPLICATE,
        message=f"the same melody as the tune {place} of {file.source} {file.path}",
        kept=record.id,
        row=key.row,
    )
