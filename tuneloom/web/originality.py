"""The training tune that is nearest to each tune of a page, and the bars that both have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from tuneloom.corpus.melody import Melody
from tuneloom.corpus.record import Record, Reject
from tuneloom.corpus.training_text.keys.as_sounding import as_sounding
from tuneloom.grammar.parsing.parser import parse
from tuneloom.grammar.parsing.result import ParsedTune
from tuneloom.grammar.tune.elements import is_timed
from tuneloom.model.score.similarity.training_overlap import TrainingOverlap, training_overlaps
from tuneloom.model.score.tunes.analysis import features_of_texts
from tuneloom.model.score.tunes.features import TuneFeatures, tune_features
from tuneloom.pipeline.dataset.manifest import Manifest
from tuneloom.pipeline.dataset.reader import read_records
from tuneloom.web.entries import NearestTune, PageEntry, SharedBars
from tuneloom.web.shown_text import FIRST_LINE, ShownText

__all__ = ["SHARED_NOTES", "with_nearest"]

SHARED_NOTES = 8
"""How many notes in a row two tunes must have in common for these to be marked."""

_Found = PageEntry | Reject
_Measured = tuple[ParsedTune, TuneFeatures]


def with_nearest(found: Iterable[_Found], dataset: Path, workers: int = 1) -> Iterator[_Found]:
    """The tunes, those with a melody each with the nearest of the training split of a data set.

    For `workers` see `analyse_tunes`.

    Raises:
        UsageError: the directory has no finished data set.
    """
    profile = Manifest.load(dataset).profile
    records = list(read_records(dataset, "train"))
    features = features_of_texts([record.abc for record in records], profile, workers)
    training = [pair for pair in zip(features, records, strict=True) if pair[0]]
    entries = list(found)
    measured = [_parsed_features(each) for each in entries]
    tunes = [each[1] for each in measured if each]
    overlaps = iter(training_overlaps(tunes, [each for each, _ in training if each]))
    nearest = {each.id: (each, record) for each, record in reversed(training) if each}
    for entry, own in zip(entries, measured, strict=True):
        overlap = next(overlaps, None) if own else None
        if own and overlap and overlap.similarity and isinstance(entry, PageEntry):
            yield replace(entry, nearest=_nearest(entry, own, overlap, *nearest[overlap.nearest]))
        else:
            yield entry


def _parsed_features(entry: _Found) -> _Measured | None:
    if isinstance(entry, Reject):
        return None
    parsed = parse(entry.abc)
    if not parsed.parseable:
        return None
    features = tune_features(parsed.tune)
    return (parsed, features) if features else None


def _nearest(
    entry: PageEntry,
    own: _Measured,
    overlap: TrainingOverlap,
    features: TuneFeatures,
    record: Record,
) -> NearestTune:
    parsed, own_features = own
    abc = f"X:1\nT:{record.title}\n{record.abc}\n"
    other = parse(abc)
    assert other.parseable  # a record is
    common = _runs(own_features.steps) & _runs(features.steps)
    return NearestTune(
        abc=abc,
        title=record.title,
        id=record.id,
        similarity=overlap.similarity,
        notes=overlap.notes,
        is_copy=overlap.copy,
        shared=tuple(_shared_bars(parsed, entry.abc, own_features.steps, common)),
        shared_there=tuple(_shared_bars(other, abc, features.steps, common)),
    )


_Run = tuple[str, ...]


def _runs(steps: Sequence[str]) -> set[_Run]:
    length = SHARED_NOTES - 1
    return {tuple(steps[at : at + length]) for at in range(len(steps) - length + 1)}


def _shared_bars(
    parsed: ParsedTune, text: str, steps: Sequence[str], common: set[_Run]
) -> Iterator[SharedBars]:
    """Stretches of bars all of whose notes are in common runs."""
    length = SHARED_NOTES - 1
    shared: set[int] = set()
    for at in range(len(steps) - length + 1):
        if tuple(steps[at : at + length]) in common:
            shared.update(range(at, at + length + 1))
    note_bars = Melody.of(as_sounding(parsed.tune)).note_bars()
    others = {bar for note, bar in enumerate(note_bars) if note not in shared}
    wanted = set(note_bars) - others
    bars = [at for at, bar in enumerate(parsed.tune.bars) if any(map(is_timed, bar.elements))]
    shown = ShownText.of(text)
    first = 0
    for number, bar in enumerate(bars, 1):
        if bar in wanted and not first:
            first = number
        if first and (number == len(bars) or bars[number] not in wanted):
            start, end = (
                _offset_of_bar(parsed, shown, bars[first - 1], 0),
                _offset_of_bar(parsed, shown, bar, -1),
            )
            yield SharedBars(first, number, start, end)
            first = 0


def _offset_of_bar(parsed: ParsedTune, shown: ShownText, bar: int, element: int) -> int:
    line, column = parsed.place(parsed.tune.bars[bar], element)
    return shown.unit_at(FIRST_LINE - 1 + line, column)
