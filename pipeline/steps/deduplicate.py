"""Who is whose double, who is kin.

Doubles have one id and so meet in one range of ids, where all but the first are turned down. Kin may be
anywhere: families are found in one place, from sketches of 264 bytes whatever the length of the tune.
"""

from __future__ import annotations

import dataclasses
import struct
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from tuneloom.corpus.families import family_of
from tuneloom.corpus.melody import SIGNATURE_SIZE
from tuneloom.corpus.record import DUPLICATE, Record, Reject
from tuneloom.pipeline.steps.plan import Job, Place

__all__ = ["Families", "find_families", "settle", "sketch"]

_SKETCH = struct.Struct(f"<Q{SIGNATURE_SIZE}H")
_ROW = np.dtype([("id", "<u8"), ("signature", "<u2", (SIGNATURE_SIZE,))])

Families = Mapping[str, str]
"""The family of each melody that has kin and does not itself lend the family its id."""


def sketch(identity: str, signature: Sequence[int]) -> bytes:
    """All that must be known of a tune to find its kin."""
    return _SKETCH.pack(int(identity, 16), *signature)


def find_families(sketches: Iterable[bytes]) -> Families:
    """The families among tunes, from their sketches in any order; each piece may be many joined."""
    rows = np.frombuffer(b"".join(sketches), _ROW)
    ids, first = np.unique(rows["id"], return_index=True)
    names = [f"{identity:016x}" for identity in ids.tolist()]
    families = family_of(names, rows["signature"][first])
    return {name: family for name, family in families.items() if name != family}


def settle(
    placed: Iterable[tuple[Place, Record]], families: Families, jobs: Sequence[Job]
) -> tuple[list[Record], list[tuple[Place, Reject]]]:
    """The first tune of each melody, with its family; and the others as rejects.

    `placed` holds all tunes of every melody that it holds one of, in any order.
    """
    kept: dict[str, Place] = {}
    records: list[Record] = []
    rejects: list[tuple[Place, Reject]] = []
    for place, record in sorted(placed, key=lambda pair: pair[0]):
        first = kept.setdefault(record.id, place)
        if first == place:
            family = families.get(record.id, record.id)
            records.append(dataclasses.replace(record, family=family))
        else:
            rejects.append((place, _duplicate(place, record, first, jobs)))
    return records, rejects


def _duplicate(place: Place, record: Record, kept: Place, jobs: Sequence[Job]) -> Reject:
    file = jobs[kept.file].file
    return Reject(
        source=record.source,
        path=record.path,
        offset=place.offset,
        line=place.line,
        column=1,
        code=DUPLICATE,
        message=f"the same melody as the tune at byte {kept.offset} of {file.source} {file.path}",
        kept=record.id,
    )
