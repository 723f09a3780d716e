"""What the held-out splits of a data set share with its training split, and what they would at random."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tuneloom.corpus.kinship.components import Components, Indices
from tuneloom.corpus.kinship.passages import CHARACTERS
from tuneloom.corpus.kinship.similar import MIN_AGREEMENT
from tuneloom.corpus.kinship.two_runs import two_run_pairs
from tuneloom.corpus.kinship.windows import TuneRows, common_windows
from tuneloom.corpus.melody import Melody
from tuneloom.corpus.record import Record
from tuneloom.corpus.sketch import RUN, SECTION, SKETCH_PROFILE, TuneSketch, sketch_melody
from tuneloom.corpus.training_text.header import training_header
from tuneloom.corpus.training_text.profiles import training_text
from tuneloom.grammar import parse
from tuneloom.grammar.errors import UsageError
from tuneloom.model.score.similarity.common_runs import longest_runs
from tuneloom.model.score.tunes.analysis import map_parallel
from tuneloom.model.score.tunes.tune_set import DRAW_HEADER
from tuneloom.pipeline.dataset.manifest import Manifest
from tuneloom.pipeline.dataset.reader import read_records

__all__ = ["PASSAGES", "AuditedSplit", "AuditedTune", "SplitAudit", "audit_splits"]

TRAIN = "train"
_TITLE = re.compile(r"[^\w ]+|\b(?:the|a|an|der|die|das)\b", re.IGNORECASE)

PASSAGES = ("characters", "run", "two_runs", "section")
"""The shares that no held-out tune has where tunes are split by family."""

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class AuditedTune:
    """A tune of a data set, its split, and what is compared of it."""

    split: str
    record: Record
    sketch: TuneSketch


@dataclass(frozen=True, slots=True)
class AuditedSplit:
    """What held-out tunes share with training tunes.

    `shares` counts the held-out tunes that have something in common with any training tune, by what it is:
    `characters`, `run`, `two_runs` and `section` are passages (docs/ingestion.md); `similar` is a melody that
    is similar as a whole; `transposed` the same steps in another key or setting; `title` a title.
    `longest_text` and `longest_run` are (held out,): the longest run of characters of the body, and of steps.
    `held` says of each tune of the data set whether it is held out.
    """

    held: Mask
    shares: Mapping[str, int]
    longest_text: Indices
    longest_run: Indices

    def longest(self, share: float) -> tuple[int, int]:
        """The longest run of characters, and of steps, of this share of the held-out tunes, 0 to 1."""
        characters, steps = (
            int(np.quantile(lengths, share, method="inverted_cdf"))
            for lengths in (self.longest_text, self.longest_run)
        )
        return characters, steps

    @property
    def leaks(self) -> int:
        """How many passages are shared that a split by family promises not to share."""
        return sum(self.shares[name] for name in PASSAGES)


@dataclass(frozen=True, slots=True)
class SplitAudit:
    """The tunes of a data set, and what its splits share: as they are, and drawn at random."""

    tunes: Sequence[AuditedTune]
    as_is: AuditedSplit
    at_random: AuditedSplit


def audit_splits(directory: Path, workers: int = 1, seed: int = 0) -> SplitAudit:
    """Compare the held-out splits of a data set with its training split.

    The random split has as many held-out tunes, drawn by `seed`. For `workers` see `analyse_tunes`.

    Raises:
        UsageError: the directory is not a finished data set, a shard is not the one that the manifest lists,
            or there are no training tunes or no others.
    """
    manifest = Manifest.load(directory)
    found = [(split, each) for split in manifest.splits for each in read_records(directory, split)]
    sketch = _sketch_canonical if manifest.profile == SKETCH_PROFILE else _sketch_record
    sketched = map_parallel(sketch, [record for _, record in found], workers)
    tunes = [
        AuditedTune(split, record, sketch)
        for (split, record), sketch in zip(found, sketched, strict=True)
        if sketch
    ]
    held = np.array([tune.split != TRAIN for tune in tunes], np.bool_)
    if held.all() or not held.any():
        raise UsageError(f"{directory}: there must be training tunes and others to compare")
    overlap = _Overlap(tunes)
    return SplitAudit(tunes, overlap.of(held), overlap.of(_shuffled(held, seed)))


def _shuffled(held: Mask, seed: int) -> Mask:
    shuffled: Mask = held[random.Random(seed).sample(range(len(held)), len(held))]
    return shuffled


def _sketch_canonical(record: Record) -> TuneSketch | None:
    parsed = parse(DRAW_HEADER + record.abc)
    if not parsed.parseable:
        return None
    return sketch_melody(record.id, Melody.of(parsed.tune), record.abc)


def _sketch_record(record: Record) -> TuneSketch | None:
    parsed = parse(DRAW_HEADER + record.abc)
    if not parsed.parseable:
        return None
    text = training_text(parsed.tune, training_header(parsed.tune), SKETCH_PROFILE)
    return sketch_melody(record.id, Melody.of(parsed.tune), text)


class _Overlap:
    """What does not depend on the split is found once."""

    def __init__(self, tunes: Sequence[AuditedTune]) -> None:
        self._sketches = sketches = [tune.sketch for tune in tunes]
        self._steps, self._bodies = (
            TuneRows(
                np.frombuffer(b"".join(rows), np.uint8),
                np.array([len(row) for row in rows]),
                np.arange(len(rows)),
            )
            for rows in ([each.steps for each in sketches], [each.body for each in sketches])
        )
        apart = Components(len(sketches))
        self._two_runs = np.concatenate(
            list(two_run_pairs(apart, self._steps, SECTION)) or [np.empty((0, 2), np.int64)]
        )
        self._signatures = np.array([np.frombuffer(each.signature, np.uint16) for each in sketches])
        self._titles = [_comparable_title(tune.record.title) for tune in tunes]

    def of(self, held: Mask) -> AuditedSplit:
        shares = {
            "characters": self._with_run(self._bodies, CHARACTERS, held),
            "run": self._with_run(self._steps, RUN, held),
            "two_runs": self._with_two_runs(held),
            "section": self._with_section(held),
            "similar": self._similar(held),
            "transposed": self._having(held, lambda i: self._sketches[i][1:3]),
            "title": self._having(held, lambda i: self._titles[i]),
        }
        rows = ([each.body for each in self._sketches], [each.steps for each in self._sketches])
        longest = [_longest(each, held) for each in rows]
        return AuditedSplit(held, shares, *longest)

    def _with_run(self, rows: TuneRows, length: int, held: Mask) -> int:
        found: set[int] = set()
        for each in common_windows(rows, length):
            out = held[each.owners]
            trained = np.unique(each.windows[~out])
            found.update(each.owners[out & np.isin(each.windows, trained)].tolist())
        return len(found)

    def _with_two_runs(self, held: Mask) -> int:
        across = self._two_runs[held[self._two_runs].sum(axis=1) == 1]
        return len(np.unique(across[held[across]]))

    def _with_section(self, held: Mask) -> int:
        """Held-out tunes with a short section of a training tune, or the other way round."""
        train = [each for each, out in zip(self._sketches, held, strict=True) if not out]
        theirs = {section for each in train for section in each.sections}
        return sum(
            any(section in each.steps for section in theirs)
            or any(section in other.steps for section in each.sections for other in train)
            for each, out in zip(self._sketches, held, strict=True)
            if out
        )

    def _similar(self, held: Mask) -> int:
        train = self._signatures[~held]
        return sum(
            bool((train == signature).mean(axis=1).max() >= MIN_AGREEMENT)
            for signature in self._signatures[held]
        )

    def _having(self, held: Mask, key: Callable[[int], object]) -> int:
        """Held-out tunes with the key of a training tune; an empty one is none."""
        trained = {key(int(i)) for i in np.flatnonzero(~held)}
        return sum(bool(key(int(i))) and key(int(i)) in trained for i in np.flatnonzero(held))


def _longest(rows: Sequence[bytes], held: Mask) -> Indices:
    codes = [np.frombuffer(row, np.uint8).astype(np.uint64) for row in rows]
    ours = [code for code, out in zip(codes, held, strict=True) if out]
    return longest_runs(ours, [code for code, out in zip(codes, held, strict=True) if not out])


def _comparable_title(title: str) -> str:
    """A title without articles, signs and capitals: `Kesh, The` is `the kesh`."""
    return " ".join(_TITLE.sub(" ", title.casefold()).split())
