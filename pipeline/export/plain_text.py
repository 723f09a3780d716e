"""Texts without columns: a tune after another, parted by an empty line, and a second file with their ids."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path

from tuneloom.corpus.record import Record
from tuneloom.pipeline.export.export_format import WrittenSplit
from tuneloom.pipeline.export.folk_rnn_tokens import Inexpressible, folk_rnn_tokens

__all__ = ["write_folk_rnn", "write_text"]


def write_text(directory: Path, split: str, records: Iterable[Record]) -> WrittenSplit:
    """Write the training texts as they are."""
    return _write_blocks(directory, split, records, lambda record: record.abc)


def write_folk_rnn(directory: Path, split: str, records: Iterable[Record]) -> WrittenSplit:
    """Write a line for M:, one for K: and one for the music of each tune, in the tokens of folk-rnn."""
    return _write_blocks(directory, split, records, _token_lines)


def _token_lines(record: Record) -> str:
    meter, key, *music = folk_rnn_tokens(record.abc)
    return f"{meter}\n{key}\n{' '.join(music)}\n"


def _write_blocks(
    directory: Path, split: str, records: Iterable[Record], block_of: Callable[[Record], str]
) -> WrittenSplit:
    """Write what can be expressed, and a third file for the tunes that cannot, if there are any."""
    count = 0
    left_out: Counter[str] = Counter()
    with ExitStack() as files:

        def create(name: str) -> Callable[[str], object]:
            file = (directory / name).open("w", encoding="utf-8", newline="\n")
            return files.enter_context(file).write

        write_block, write_id = create(f"{split}.txt"), create(f"{split}-ids.txt")
        write_left_out: Callable[[str], object] | None = None
        for record in records:
            try:
                block = block_of(record)
            except Inexpressible as reason:
                left_out[str(reason)] += 1
                write_left_out = write_left_out or create(f"{split}-left-out.jsonl")
                write_left_out(json.dumps({"id": record.id, "reason": str(reason)}) + "\n")
                continue
            # No empty line ends the file: who splits at empty lines would find one tune more.
            write_block(f"\n{block}" if count else block)
            write_id(f"{record.id}\n")
            count += 1
    return WrittenSplit(count, dict(left_out))
