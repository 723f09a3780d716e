"""What differs between two data sets: tunes added, gone, changed and moved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from tuneloom.corpus.record import Record
from tuneloom.pipeline.dataset.integrity import check_shards
from tuneloom.pipeline.dataset.manifest import Manifest
from tuneloom.pipeline.dataset.reader import records_in

__all__ = ["DatasetDifferences", "TuneDifference", "TunePlace", "compare_datasets"]


@dataclass(frozen=True, slots=True)
class TunePlace:
    """A tune of a data set and where it comes from. `offset` is its first byte in the file."""

    id: str
    split: str
    source: str
    path: str
    offset: int
    title: str


@dataclass(frozen=True, slots=True)
class TuneDifference:
    """One tune in both data sets. `features` are those that differ, `split` among them."""

    old: TunePlace
    new: TunePlace
    features: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DatasetDifferences:
    """The differences between two data sets, each in the order of sources, files and places.

    A changed tune has another text, header or level. A moved one is the same in another split or at
    another place in its source; a tune may be both, and then counts as changed.
    """

    added: tuple[TunePlace, ...]
    gone: tuple[TunePlace, ...]
    changed: tuple[TuneDifference, ...]
    moved: tuple[TuneDifference, ...]
    equal: int

    @property
    def crossed(self) -> int:
        """How many tunes of both are now in another split: a network trained on the old set may know them."""
        pairs = (*self.changed, *self.moved)
        return sum(pair.old.split != pair.new.split for pair in pairs)

    def __bool__(self) -> bool:
        return bool(self.added or self.gone or self.changed or self.moved)


@dataclass(frozen=True, slots=True)
class _Tune:
    place: TunePlace
    values: tuple[object, ...]


# The family may change because other tunes come or go; if that matters, the split changes as well.
_COMPARED = tuple(
    field.name for field in fields(Record) if field.name not in ("id", "family", "license")
)
_PLACES = {"source", "path", "offset", "split"}


def compare_datasets(old: Path, new: Path) -> DatasetDifferences:
    """Compare two finished data sets.

    Tunes are the same if they have the same melody (the same id). Of the others, two of the same title in
    the same file are one tune whose melody was changed.

    Raises:
        UsageError: a directory is not a finished data set, or is damaged.
    """
    before, after = _tunes_of(old), _tunes_of(new)
    both = [(before.pop(id_), after.pop(id_)) for id_ in list(before) if id_ in after]
    both += _same_titles(before, after)
    differences = [_tune_difference(*pair) for pair in both]
    changed = [d for d in differences if not _PLACES.issuperset(d.features)]
    moved = [d for d in differences if d.features and _PLACES.issuperset(d.features)]
    return DatasetDifferences(
        added=_sorted_places(tune.place for tune in after.values()),
        gone=_sorted_places(tune.place for tune in before.values()),
        changed=tuple(sorted(changed, key=lambda d: _sort_key(d.new))),
        moved=tuple(sorted(moved, key=lambda d: _sort_key(d.new))),
        equal=len(both) - len(changed) - len(moved),
    )


def _tunes_of(directory: Path) -> dict[str, _Tune]:
    manifest = Manifest.load(directory)
    check_shards(directory, manifest)
    return {
        record.id: _tune(record, shard.split)
        for shard in manifest.shards
        for record in records_in(directory, [shard])
    }


def _tune(record: Record, split: str) -> _Tune:
    place = TunePlace(record.id, split, record.source, record.path, record.offset, record.title)
    # Texts are compared by their hashes: a million of them need not be kept.
    values = (hash(record.abc), *(getattr(record, name) for name in _COMPARED[1:]), split)
    return _Tune(place, values)


def _same_titles(
    before: dict[str, _Tune], after: dict[str, _Tune]
) -> Iterator[tuple[_Tune, _Tune]]:
    """Pairs of tunes of other melodies, taken out of both: the titles are as often in one as in the other."""
    old, new = _by_title(before), _by_title(after)
    for title in old.keys() & new.keys():
        if title[-1] and len(old[title]) == len(new[title]):
            for one, other in zip(old[title], new[title], strict=True):
                yield before.pop(one.id), after.pop(other.id)


def _by_title(tunes: Mapping[str, _Tune]) -> dict[tuple[str, ...], list[TunePlace]]:
    found: dict[tuple[str, ...], list[TunePlace]] = defaultdict(list)
    for place in _sorted_places(tune.place for tune in tunes.values()):
        found[place.source, place.path, place.title].append(place)
    return found


def _tune_difference(old: _Tune, new: _Tune) -> TuneDifference:
    names = (*_COMPARED, "split")
    pairs = zip(names, old.values, new.values, strict=True)
    different = [name for name, one, other in pairs if one != other]
    if old.place.id != new.place.id:
        different.insert(0, "id")
    return TuneDifference(old.place, new.place, tuple(different))


def _sorted_places(places: Iterable[TunePlace]) -> tuple[TunePlace, ...]:
    return tuple(sorted(places, key=_sort_key))


def _sort_key(place: TunePlace) -> tuple[str, str, int, str]:
    return place.source, place.path, place.offset, place.id
