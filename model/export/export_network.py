"""Writing the network of a run in a format of another library."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from tuneloom.grammar.errors import UsageError
from tuneloom.model.export.catalogue import NETWORK_FORMATS
from tuneloom.model.runs.directory import RunDirectory
from tuneloom.model.runtime.atomic import atomic_output

__all__ = ["export_network"]


def export_network(run: RunDirectory, format_name: str, output: Path | None = None) -> Path:
    """Write a run's best network so far, and return the path, by default `RUN/model.FORMAT`.

    The file also holds the vocabulary and the settings of the run, as texts.

    Raises:
        UsageError: there is no network yet, the format is not one for it, the file cannot be written, or
            the run is the one that comes with the package and no file is named.
    """
    if output is None and run.is_pretrained:
        raise UsageError(
            f"{run.address}: comes with tuneloom; name the file to write with --output"
        )
    path = output or run.path / f"model.{format_name}"
    metadata = {
        "vocabulary": run.vocabulary.characters,
        "config": json.dumps(asdict(run.config), ensure_ascii=False),
    }
    content = NETWORK_FORMATS[format_name](run.load_network(), metadata)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with atomic_output(path) as temporary:
            temporary.write_bytes(content)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error.strerror})") from error
    return path
