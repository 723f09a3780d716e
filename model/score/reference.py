"""The same levels for real tunes, without which a score says little."""

from __future__ import annotations

from pathlib import Path

from grammar.check import CHECKED_LEVELS
from model.score.report import AsFound, Rate, Reference
from model.score.tally import tally
from model.score.tunefile import Draw
from pipeline.manifest import Manifest
from pipeline.reader import read_records

__all__ = ["reference_of"]


def reference_of(dataset: Path) -> Reference:
    """Score the validation split of a data set as if it had been drawn, and sum its as-found rates.

    Raises UsageError if the directory holds no finished data set.
    """
    rows = Manifest.load(dataset).as_found.values()
    read = sum(row.read for row in rows)
    return Reference(
        validation=tally(
            Draw(record.abc.rstrip("\n")) for record in read_records(dataset, "validation")
        ),
        as_found=AsFound(
            levels={
                level: Rate(sum(row.levels[level] for row in rows), read)
                for level in CHECKED_LEVELS
            },
            parseable_repaired=Rate(sum(row.parseable_repaired for row in rows), read),
        ),
    )
