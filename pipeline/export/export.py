"""Write a data set in another format: every split as it streams by, then what describes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from tuneloom.corpus.record import Record
from tuneloom.grammar.errors import RunFailed, UsageError
from tuneloom.pipeline.dataset.integrity import check_shards
from tuneloom.pipeline.dataset.manifest import Manifest
from tuneloom.pipeline.dataset.reader import read_shard
from tuneloom.pipeline.export.export_format import ExportFormat, WrittenSplit
from tuneloom.pipeline.export.files import (
    EXPORT_MANIFEST,
    EXPORT_VERSION,
    ExportManifest,
    describe_file,
    refuse_all_but_exports,
)
from tuneloom.pipeline.publish.local import staging_directory
from tuneloom.pipeline.storage.interrupts import keep_interrupts

__all__ = ["export_dataset"]


def export_dataset(
    directory: Path,
    target: Path,
    format: ExportFormat,
    splits: Sequence[str] = (),
    overwrite: bool = False,
) -> ExportManifest:
    """Write splits of a data set, or all of them, to a new directory; the target is complete or unchanged.

    A split without a tune gets no file. Only some of the records are in memory at a time.

    Raises:
        UsageError: the data set is unfinished or damaged, it has no such split, or the target may not be
            replaced.
        RunFailed: writing failed, as on a full disk.
    """
    manifest = Manifest.load(directory)
    chosen = _chosen_splits(directory, manifest, splits)
    _refuse_inside(directory, target)
    try:
        with (
            keep_interrupts(),
            staging_directory(
                target, overwrite, complete=lambda _: None, refuse=refuse_all_but_exports
            ) as staged,
        ):
            check_shards(directory, manifest)
            written = {
                split: format.write_split(staged, split, _records(directory, manifest, split))
                for split in chosen
                if manifest.splits[split].records
            }
            return _complete_export(staged, manifest, format, written)
    except OSError as error:
        raise RunFailed(
            f"{target}: cannot be written ({error.strerror or error}); the output is unchanged"
        ) from error


def _chosen_splits(directory: Path, manifest: Manifest, splits: Sequence[str]) -> list[str]:
    """The splits to write, in the order of the data set."""
    for split in splits:
        if split not in manifest.splits:
            raise UsageError(
                f"{directory}: no split {split!r}; choose from {', '.join(manifest.splits)}"
            )
    return [split for split in manifest.splits if split in (splits or manifest.splits)]


def _refuse_inside(directory: Path, target: Path) -> None:
    """An export within a data set would be a stranger there."""
    if target.absolute().is_relative_to(directory.absolute()):
        raise UsageError(f"{target}: is in the data set itself; choose another --output")


def _records(directory: Path, manifest: Manifest, split: str) -> Iterator[Record]:
    for shard in manifest.shards:
        if shard.split == split:
            yield from read_shard(directory / shard.file)


def _complete_export(
    staged: Path, manifest: Manifest, format: ExportFormat, written: dict[str, WrittenSplit]
) -> ExportManifest:
    """Write `export.json`, last."""
    exported = ExportManifest(
        export_version=EXPORT_VERSION,
        format=format.name,
        dataset=manifest.sha256,
        profile=manifest.profile,
        splits=written,
        files=tuple(map(describe_file, sorted(staged.iterdir()))),
    )
    (staged / EXPORT_MANIFEST).write_bytes(exported.to_json())
    return exported
