"""How to do it again: commands, versions, and what to cite."""

from __future__ import annotations

import platform
import shlex
import sys
from collections.abc import Iterator, Sequence
from dataclasses import fields
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from tuneloom.corpus.sources.catalogue import SOURCES
from tuneloom.model.network.config import TrainingConfig
from tuneloom.pipeline.dataset.manifest import Manifest
from tuneloom.pipeline.description.bibtex import bibtex, software_bibtex
from tuneloom.report.document.blocks import (
    Listing,
    Paragraph,
    ReportBlock,
    ReportSection,
    ReportTable,
)
from tuneloom.report.reported_runs import ReportedRun
from tuneloom.report.settings_section import setting_text

__all__ = ["citation_section", "reproduction_section"]

_PACKAGES = ("tuneloom", "tensorflow", "keras", "numpy", "lark")


def reproduction_section(
    runs: Sequence[ReportedRun], dataset: Path | None, manifest: Manifest | None, seed: int
) -> ReportSection:
    """Commands from the tunes to the scores, and what they were run with."""
    blocks: list[ReportBlock] = [
        Listing("\n".join(_commands(runs, dataset, manifest)), "sh"),
        Paragraph(
            "A data set is the same on every machine. A run is not quite: its budget may have been given in "
            "minutes, and processors round differently; from one network, the same seed draws the same "
            "tunes on the same kind of processor."
        ),
        ReportTable(("this report was made with", ""), tuple(_version_rows(seed)), is_text=True),
    ]
    if not any(run.draws and run.draws.commands for run in runs):
        blocks.append(
            Paragraph("No network was run for this report, so there is no device to name.")
        )
    return ReportSection("Doing it again", tuple(blocks))


def citation_section(manifest: Manifest | None) -> ReportSection:
    """BibTeX of the program, and of the sources of the data set."""
    entries = bibtex(manifest) if manifest else software_bibtex()
    return ReportSection("Citing", (Listing(entries, "bibtex"),))


def _commands(
    runs: Sequence[ReportedRun], dataset: Path | None, manifest: Manifest | None
) -> Iterator[str]:
    data = shlex.quote(str(dataset)) if dataset else "DATASET"
    if manifest:
        yield _ingest_command(manifest, data)
    for run in runs:
        own = not manifest or run.directory.manifest_sha256 == manifest.sha256
        yield _train_command(run, data if own else "OTHER_DATASET")
        if run.draws:
            yield from run.draws.commands
            against = f" --against {data}" if manifest else ""
            yield f"tuneloom score {shlex.quote(run.draws.file)}{against}"


def _ingest_command(manifest: Manifest, data: str) -> str:
    """The command with the options that decide the bytes of the data set, but for its usual ones."""
    named = [each.name for each in manifest.sources if each.name in SOURCES]
    parts = [f"--source {shlex.quote(name)}" for name in named]
    parts += [
        f"--input {shlex.quote(file.path)}"
        for each in manifest.sources
        if each.name not in SOURCES
        for file in each.files
    ]
    options = manifest.options
    if manifest.profile != "melody":
        parts.append(f"--profile {manifest.profile}")
    if options.get("query"):
        parts.append(f"--query {shlex.quote(options['query'])}")
    parts += [f"--hold-out {shlex.quote(name)}" for name in options.get("hold_out", ())]
    if options.get("limit"):
        parts.append(f"--limit {options['limit']}")
    if options.get("seed"):
        parts.append(f"--seed {options['seed']}")
    if (splits := options.get("splits")) and (
        shares := "/".join(map(str, splits.values()))
    ) != "90/5/5":
        parts.append(f"--split {shares}")
    if (shards := options.get("shards", {}).get("train", 4)) != 4:
        parts.append(f"--shards {shards}")
    return " ".join(["tuneloom ingest", *parts, f"--output {data}"])


def _train_command(run: ReportedRun, data: str) -> str:
    """The command with every setting that is not the default of a run of so many steps."""
    usual, config = TrainingConfig(), run.directory.config
    base = f" --from {shlex.quote(run.directory.base)}" if run.directory.base else ""
    changed = [
        f"--set {shlex.quote(f'{each.name}={setting_text(getattr(config, each.name))}')}"
        for each in fields(config)
        if base or getattr(config, each.name) != getattr(usual, each.name)
    ]
    steps = run.state.rows[-1].step if run.state.rows else "N"
    path = shlex.quote(run.directory.address)
    return " ".join([f"tuneloom train {data} --run {path} --steps {steps}{base}", *changed])


def _version_rows(seed: int) -> Iterator[tuple[str, str]]:
    yield "Python", platform.python_version()
    for package in _PACKAGES:
        try:
            yield package, version(package)
        except PackageNotFoundError:
            yield package, "not installed"
    yield "system", platform.platform()
    if "tensorflow" in sys.modules:
        from tuneloom.model.runtime.devices import device_name

        yield "device", device_name()
        yield "seed of the draws", str(seed)
