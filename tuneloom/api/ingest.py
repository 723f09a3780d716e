"""`tuneloom.ingest`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from tuneloom.api.inputs import PathInput, needs_extra

if TYPE_CHECKING:
    from tuneloom.pipeline.dataset.manifest import Manifest

__all__ = ["ingest"]


@needs_extra("data")
def ingest(
    output: PathInput,
    *,
    sources: Iterable[str] = (),
    inputs: Iterable[PathInput] = (),
    column: str = "",
    license: str = "",
    accept_licenses: Iterable[str] = (),
    profile: str = "melody",
    query: str = "",
    limit: int | None = None,
    shards: int = 4,
    split: str = "90/5/5",
    seed: int = 0,
    workers: int = 1,
    overwrite: bool = False,
    options: Iterable[str] = (),
    progress: bool = True,
) -> Manifest:
    """Make a data set from collections of tunes, as `tuneloom ingest` does.

    Args:
        output: The directory of the data set, or its place in a bucket.
        sources: Names of known collections (default: "folk", unless there are inputs).
        inputs: Your own files, directories or globs.
        column: The column of tunes in your tables.
        license: The license of your own tunes, best an SPDX identifier.
        accept_licenses: Sources whose terms you accept.
        profile: What the training text keeps of a tune.
        query: Read only the tunes for which it holds, such as "rhythm:jig not key:D".
        limit: Read only so many tunes.
        shards: The number of shards of the train split.
        split: Percentages of the tune families for train, validation and test.
        seed: Another seed puts other families into each split.
        workers: Worker processes; with more than one, a script needs the usual guard,
            `if __name__ == "__main__"`.
        overwrite: Replace an existing data set.
        options: Further options of the command and of Beam, such as ["--runner", "FlinkRunner"].
        progress: Whether to show progress: a bar in a terminal and in a notebook, lines elsewhere.

    Returns:
        The manifest of the data set: `counts` has the numbers of tunes taken and rejected.

    Raises:
        UsageError: an option is wrong, an input cannot be found, or not one tune could be taken.
        GateMissed: the data set does not meet the expectations.
        RunFailed: the run failed; the output is unchanged.

    Example:
        >>> import tuneloom
        >>> manifest = tuneloom.ingest("data/mine", inputs=["tunes.abc"], progress=False)
        >>> manifest.counts.taken
        20
    """
    from tuneloom.grammar.project import load_project_plugins
    from tuneloom.pipeline.options import parse_options
    from tuneloom.pipeline.run import run_ingestion

    arguments = {
        "--output": [output],
        "--source": sources,
        "--input": inputs,
        "--accept-license": accept_licenses,
        "--column": [column] if column else [],
        "--license": [license] if license else [],
        "--profile": [profile],
        "--query": [query] if query else [],
        "--limit": [] if limit is None else [limit],
        "--shards": [shards],
        "--split": [split],
        "--seed": [seed],
        "--workers": [workers],
    }
    texts = [f"{name}={value}" for name, values in arguments.items() for value in values]
    texts += ["--overwrite"] * overwrite
    parsed = parse_options([*texts, *options], load_project_plugins(Path.cwd()))
    return run_ingestion(parsed, quiet=not progress)
