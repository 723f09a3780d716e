"""All real tunes at hand: three sources, and two more collections in the folder of corpora."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tuneloom.corpus.reading.tune_files import read_raw_tunes
from tuneloom.corpus.record import RawTune
from tuneloom.corpus.source import SourceFile
from tuneloom.corpus.sources import resolve_sources
from tuneloom.corpus.sources.kinds.pinned import corpora_folder

__all__ = ["SampledTunes", "all_real_tunes", "real_files", "sampled_tunes"]

SOURCE_NAMES = ("folk", "nottingham", "irish")
# Collections that are not sources of this project: their folder and the license they state.
EXTRA_COLLECTIONS = {
    "nottingham-cleaned": ("nottingham/ABC_cleaned", "GPL-3.0-only"),
    "taberna": ("taberna", "not stated"),
}


def all_real_tunes() -> list[RawTune]:
    """About 25,800 tunes as found, in a fixed order; fewer if the extra collections are missing."""
    files = [*resolve_sources(SOURCE_NAMES, ()), *_extra_files()]
    return [tune for file in files for tune in read_raw_tunes(file) if isinstance(tune, RawTune)]


@dataclass(frozen=True, slots=True)
class SampledTunes:
    """Every `every`-th tune of some collections; `quiet` asks for the tables alone."""

    tunes: list[RawTune]
    every: int
    quiet: bool


def sampled_tunes(name: str, description: str | None, arguments: Sequence[str]) -> SampledTunes:
    """The tunes that the arguments of a benchmark ask for."""
    parser = argparse.ArgumentParser(prog=f"benchmarks {name}", description=description)
    parser.add_argument("--quiet", action="store_true", help="do not list what sounds different")
    parser.add_argument("--every", type=int, default=1, help="take every N-th tune")
    parser.add_argument("sources", nargs="*", help="collections; without any, all")
    options = parser.parse_args(arguments)
    tunes = [t for t in all_real_tunes() if not options.sources or t.source in options.sources]
    return SampledTunes(tunes[:: options.every], options.every, options.quiet)


def real_files(names: Sequence[str]) -> list[SourceFile]:
    """The files of some collections, sources or extra ones, in a fixed order."""
    sources = [name for name in names if name not in EXTRA_COLLECTIONS]
    extra = [file for file in _extra_files() if file.source in names]
    return [*(resolve_sources(sources, ()) if sources else ()), *extra]


def _extra_files() -> Iterator[SourceFile]:
    corpora = corpora_folder()
    if corpora is None:
        return
    for name, (folder, license_) in EXTRA_COLLECTIONS.items():
        for path in sorted((corpora / folder).glob("*.abc")):
            yield SourceFile(name, path.name, license_, str(path))
