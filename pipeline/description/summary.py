"""The summary of a run, as tables on the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console, Group
from rich.table import Column, Table
from rich.text import Text

from tuneloom.pipeline.dataset.manifest import Manifest
from tuneloom.pipeline.description.card import format_percent

__all__ = ["print_summary"]


def print_summary(manifest: Manifest, notes: Sequence[str], output: str, seconds: float) -> None:
    """Print the tables, and the notes on licenses, to standard output."""
    size = sum(shard.bytes for shard in manifest.shards)
    Console(highlight=False).print(
        Group(
            _outcome_table(manifest),
            _sources_by_validity(manifest),
            *(Text(sentence) for sentence in notes),
            Text(f"{output}: {size:,} bytes in {len(manifest.shards)} shards, {seconds:.1f} s"),
        )
    )


def _outcome_table(manifest: Manifest) -> Table:
    counts = manifest.counts
    table = _plain_table("tunes", _right("count"))
    table.add_row("read", f"{counts.read:,}")
    table.add_row("taken", f"{counts.taken:,}")
    for name, split in manifest.splits.items():
        table.add_row(f"  {name}", f"{split.records:,}")
    table.add_row("duplicates", f"{counts.duplicates:,}")
    table.add_row("rejected", f"{sum(counts.rejects.values()):,}")
    for code, count in sorted(counts.rejects.items(), key=lambda pair: (-pair[1], pair[0])):
        table.add_row(f"  {code}", f"{count:,}")
    table.add_row()
    return table


def _sources_by_validity(manifest: Manifest) -> Table:
    table = _plain_table("source", *map(_right, ("read", "parseable as found", "after repair")))
    for name, row in manifest.as_found.items():
        shares = (
            format_percent(part, row.read)
            for part in (row.levels["parseable"], row.parseable_repaired)
        )
        table.add_row(name, f"{row.read:,}", *shares)
    return table


def _plain_table(*columns: Column | str) -> Table:
    return Table(*columns, box=None, header_style="bold", padding=(0, 2, 0, 0))


def _right(header: str) -> Column:
    return Column(header, justify="right")
