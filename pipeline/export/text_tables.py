"""Tables as text: an object or a row for each tune, in JSON Lines or CSV."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from tuneloom.corpus.record import Record
from tuneloom.pipeline.dataset.schema import FEATURES, LISTS
from tuneloom.pipeline.export.export_format import WrittenSplit, has_no_loss

__all__ = ["write_csv", "write_jsonl"]


def write_jsonl(directory: Path, split: str, records: Iterable[Record]) -> WrittenSplit:
    """Write an object for each tune and line, in UTF-8."""
    count = 0
    with (directory / f"{split}.jsonl").open("w", encoding="utf-8", newline="\n") as file:
        for record in records:
            count += 1
            file.write(json.dumps(asdict(record), ensure_ascii=False) + "\n")
    return has_no_loss(count)


def write_csv(directory: Path, split: str, records: Iterable[Record]) -> WrittenSplit:
    """Write a row for each tune below one of names, by RFC 4180 but for the line ends.

    Lists are one cell, their values parted by blanks, which no code or level has.
    """
    count = 0
    with (directory / f"{split}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(FEATURES)
        for record in records:
            count += 1
            writer.writerow(map(_cell, FEATURES, map(record.__getattribute__, FEATURES)))
    return has_no_loss(count)


def _cell(name: str, value: object) -> object:
    return " ".join(value) if name in LISTS and isinstance(value, tuple) else value
