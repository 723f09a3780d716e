"""Write a data set in another format: every split as it streams by, then what describes them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, islice
from pathlib import Path

from tuneloom.corpus.record import Record
from tuneloom.grammar.errors import RunFailed, UsageError
from tuneloom.pipeline.dataset.files import CARD, CROISSANT
from tuneloom.pipeline.dataset.integrity import check_shards
from tuneloom.pipeline.dataset.manifest import Manifest
from tuneloom.pipeline.dataset.reader import records_in
from tuneloom.pipeline.description.card import SAMPLES, data_card
from tuneloom.pipeline.description.croissant import croissant_json
from tuneloom.pipeline.description.hub_layout import HubFile, HubLayout
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
            return _complete_export(staged, directory, manifest, format, written)
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
    if Path(os.path.realpath(target)).is_relative_to(os.path.realpath(directory)):
        raise UsageError(f"{target}: is in the data set itself; choose another --output")


def _layout(staged: Path, format: ExportFormat, written: Mapping[str, WrittenSplit]) -> HubLayout:
    """What the card says of the files."""
    files = []
    for split, outcome in written.items():
        file = describe_file(staged / format.file_of(split))
        files.append(HubFile(file.file, split, outcome.records, file.bytes, file.sha256))
    return HubLayout(
        format.what, format.media_type, format.columns, format.builder_options, tuple(files)
    )


def _all_records(directory: Path, manifest: Manifest) -> Iterator[Record]:
    return chain.from_iterable(_records(directory, manifest, split) for split in manifest.splits)


def _records(directory: Path, manifest: Manifest, split: str) -> Iterator[Record]:
    return records_in(directory, (shard for shard in manifest.shards if shard.split == split))


def _complete_export(
    staged: Path,
    directory: Path,
    manifest: Manifest,
    format: ExportFormat,
    written: dict[str, WrittenSplit],
) -> ExportManifest:
    """Write the card, the metadata of tables, and `export.json`, last."""
    layout = _layout(staged, format, written)
    samples = islice(_all_records(directory, manifest), SAMPLES)
    (staged / CARD).write_bytes(data_card(manifest, samples, layout))
    if layout.columns != "none":
        (staged / CROISSANT).write_bytes(croissant_json(manifest, layout))
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
