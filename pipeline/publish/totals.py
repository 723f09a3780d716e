"""Recount what the manifest counts, from the records and rejects that are there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from tuneloom.corpus.reading.tune_files import READING_CODES
from tuneloom.corpus.record import DUPLICATE, Record, Reject
from tuneloom.pipeline.dataset.manifest import Manifest, ManifestSplit
from tuneloom.pipeline.dataset.splits import FamilySplit

__all__ = ["miscounted_records", "miscounted_rejects", "miscounted_tunes"]


def miscounted_records(records: Sequence[Record], manifest: Manifest) -> Iterator[str]:
    """The statements of the manifest about records that are not true."""
    if len(records) != manifest.counts.taken:
        yield f"counts {manifest.counts.taken:,} tunes; {len(records):,} are there"
    several = len(records) - len({record.id for record in records})
    if several:
        yield f"{several:,} melodies are there twice"
    if "".join(sorted(set().union(*(record.abc for record in records)))) != manifest.vocabulary:
        yield "its vocabulary is not that of the tunes"
    splitting = FamilySplit.of_options(manifest.options)
    for name, said in manifest.splits.items():
        texts = [record.abc for record in records if splitting.of(record.family) == name]
        found = ManifestSplit(len(texts), sum(map(len, texts)))
        if found != said:
            yield (
                f"counts {said.records:,} tunes of {said.characters:,} characters in {name}; "
                f"{found.records:,} of {found.characters:,} are there"
            )


def miscounted_rejects(rejects: Sequence[Reject], manifest: Manifest) -> Iterator[str]:
    """How the rejects differ from the counts in the manifest."""
    found = Counter(reject.code for reject in rejects)
    said = Counter(manifest.counts.rejects) + Counter({DUPLICATE: manifest.counts.duplicates})
    for code in sorted({*found, *said}):
        if found[code] != said[code]:
            yield f"holds {found[code]:,} of {code}, but the manifest counts {said[code]:,}"


def miscounted_tunes(
    records: Sequence[Record], rejects: Sequence[Reject], manifest: Manifest
) -> Iterator[str]:
    """Whether every tune that was read was either taken or rejected."""
    found = Counter(record.source for record in records)
    found.update(each.source for each in rejects if each.code not in READING_CODES)
    if manifest.counts.read != found.total():
        yield f"counts {manifest.counts.read:,} tunes read; {found.total():,} were taken or rejected"
    for source, said in manifest.as_found.items():
        if said.read != found[source]:
            yield f"counts {said.read:,} tunes read of {source}; {found[source]:,} were taken or rejected"
