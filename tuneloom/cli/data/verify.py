"""`tuneloom verify`: checks a data set against its checksums."""

from __future__ import annotations

from pathlib import Path

import click

from tuneloom.cli.command import command, dataset_argument
from tuneloom.cli.status import FINDINGS

__all__ = ["verify_command"]


@command("verify", "tuneloom verify data/folk")
@dataset_argument
def verify_command(data: Path) -> int:
    """Check a data set against its checksums.

    Reads every file of it, names what is missing or changed, and exits with 1 if anything is.
    """
    from tuneloom.pipeline.dataset.manifest import Manifest
    from tuneloom.pipeline.publish.verify import verify_dataset

    faults = verify_dataset(data)
    for fault in faults:
        click.echo(f"{data / fault.file}: {fault.message}")
    if faults:
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        click.echo(f"{count}; ingest the data set again", err=True)
        return FINDINGS
    manifest = Manifest.load(data)
    size = sum(shard.bytes for shard in manifest.shards)
    click.echo(
        f"{data}: intact; {manifest.counts.taken:,} tunes in {len(manifest.shards)} shards, "
        f"{size:,} bytes, manifest sha256 {manifest.sha256[:16]}"
    )
    return 0
