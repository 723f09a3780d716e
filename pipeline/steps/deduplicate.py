"""Find duplicates and families of near duplicates.

Duplicates share an id and so are in the same range of ids, where all but the first are rejected. Near
duplicates may be anywhere: families are found by one worker, from a sketch of 264 bytes per tune.
"""

from __future__ import annotations

import dataclasses
import struct
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from tuneloom.corpus.families import family_of
from tuneloom.corpus.melody import SIGNATURE_SIZE
from tuneloom.corpus.record import DUPLICATE, Record, Reject
from tuneloom.pipeline.steps.plan import Job, SortKey

__all__ = ["Families", "deduplicate", "find_families", "sketch"]

_SKETCH = struct.Struct(f"<Q{SIGNATURE_SIZE}H")
_ROW = np.dtype([("id", "<u8"), ("signature", "<u2", (SIGNATURE_SIZE,))])

Families = Mapping[str, str]
"""The family of each melody that is not alone, by id; those whose id is the family's are left out."""


def sketch(identity: str, signature: Sequence[int]) -> bytes:
    """What must be known of a tune to find its near duplicates, as bytes."""
    return _SKETCH.pack(int(identity, 16), *signature)


def find_families(sketches: Iterable[bytes]) -> Families:
    """The families among tunes, from their sketches in any order; each item may be several, joined."""
    rows = np.frombuffer(b"".join(sketches), _ROW)
    ids, first = np.unique(rows["id"], return_index=True)
    names = [f"{identity:016x}" for identity in ids.tolist()]
    families = family_of(names, rows["signature"][first])
    return {name: family for name, family in families.items() if name != family}


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
    return Reject(
        source=record.source,
        path=record.path,
        offset=key.offset,
        line=key.line,
        column=1,
        code=DUPLICATE,
        message=f"the same melody as the tune at byte {kept.offset} of {file.source} {file.path}",
        kept=record.id,
    )
