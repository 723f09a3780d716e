"""`tuneloom verify`: whether a data set is still what its run wrote."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["verify"]

FINDINGS = 1


def verify(
    data: Annotated[Path, typer.Argument(metavar="DIR", help="A data set, as ingested.")],
) -> int:
    """Read a data set whole, against its manifest and its checksums, and name what is wrong."""
    from tuneloom.pipeline.dataset.manifest import Manifest
    from tuneloom.pipeline.publish.verify import verify as find_faults

    faults = find_faults(data)
    for fault in faults:
        typer.echo(f"{data / fault.file}: {fault.message}")
    if faults:
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        typer.echo(f"{count}; ingest it again", err=True)
        return FINDINGS
    manifest = Manifest.load(data)
    size = sum(shard.bytes for shard in manifest.shards)
    typer.echo(
        f"{data}: whole; {manifest.counts.taken:,} tunes in {len(manifest.shards)} shards, "
        f"{size:,} bytes, manifest sha256 {manifest.sha256[:16]}"
    )
    return 0
