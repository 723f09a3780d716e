"""Who is whose double, who is kin: settled in one place, from ids and signatures alone.

A sketch is 544 bytes whatever the length of the tune, so that a million of them fit one worker.
"""

from __future__ import annotations

import dataclasses
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from corpus.families import family_of
from corpus.melody import SIGNATURE_SIZE
from corpus.record import DUPLICATE, Record, Reject
from pipeline.plan import Job, Place

__all__ = ["Settlement", "settle", "settled", "sketch"]

_SKETCH = struct.Struct(f"<IQI16s{SIGNATURE_SIZE}I")
_PLACE_AND_ID = [("file", "<u4"), ("offset", "<u8"), ("line", "<u4"), ("id", "S16")]
_ROWS = np.dtype([*_PLACE_AND_ID, ("signature", "<u4", (SIGNATURE_SIZE,))])


@dataclass(frozen=True, slots=True)
class Settlement:
    """What sets a tune apart from one that stands alone; such a tune is not in here.

    `first` gives the place of the tune that is kept, for each melody id that is there several times,
    and `family` the family of each melody that has kin and does not itself lend the family its id.
    """

    first: Mapping[str, Place] = field(default_factory=dict)
    family: Mapping[str, str] = field(default_factory=dict)


def sketch(place: Place, identity: str, signature: Sequence[int]) -> bytes:
    """All that the settlement must know of a tune."""
    return _SKETCH.pack(*place, identity.encode(), *signature)


def settle(sketches: Iterable[bytes]) -> Settlement:
    """Of tunes with one melody keep the first, and find the families of those that are kept."""
    rows = np.frombuffer(b"".join(sketches), _ROWS)
    rows = rows[np.lexsort([rows["line"], rows["offset"], rows["file"]])]
    ids, first, counts = np.unique(rows["id"], return_index=True, return_counts=True)
    names = [identity.decode() for identity in ids.tolist()]
    several = np.flatnonzero(counts > 1).tolist()
    families = family_of(names, rows["signature"][first])
    return Settlement(
        {names[index]: _place(rows[first[index]]) for index in several},
        {name: family for name, family in families.items() if name != family},
    )


def settled(
    place: Place, record: Record, settlement: Settlement, jobs: Sequence[Job]
) -> Record | Reject:
    """The record with its family, or a reject if another tune with its melody is kept."""
    kept = settlement.first.get(record.id, place)
    if kept != place:
        return _duplicate(place, record, kept, jobs)
    return dataclasses.replace(record, family=settlement.family.get(record.id, record.id))


def _place(row: np.void) -> Place:
    return Place(int(row["file"]), int(row["offset"]), int(row["line"]))


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
