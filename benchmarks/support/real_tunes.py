"""All real tunes at hand: three sources, and two more collections in the folder of corpora."""

from __future__ import annotations

from collections.abc import Iterator

from tuneloom.corpus.reading.tunebooks import read_raw_tunes
from tuneloom.corpus.record import RawTune
from tuneloom.corpus.source import SourceFile
from tuneloom.corpus.sources import resolve_sources
from tuneloom.corpus.sources.kinds.pinned import corpora_folder

__all__ = ["all_real_tunes"]

SOURCE_NAMES = ("folk", "nottingham", "irish")
# Collections that are not sources of this project: their folder and the license they state.
EXTRA_COLLECTIONS = {
    "nottingham-cleaned": ("nottingham/ABC_cleaned", "GPL-3.0"),
    "taberna": ("taberna", "not stated"),
}


def all_real_tunes() -> list[RawTune]:
    """About 25,800 tunes as found, in a fixed order; fewer if the extra collections are missing."""
    files = [*resolve_sources(SOURCE_NAMES, ()), *_extra_files()]
    return [tune for file in files for tune in read_raw_tunes(file) if isinstance(tune, RawTune)]


def _extra_files() -> Iterator[SourceFile]:
    corpora = corpora_folder()
    if corpora is None:
        return
    for name, (folder, license_) in EXTRA_COLLECTIONS.items():
        for path in sorted((corpora / folder).glob("*.abc")):
            yield SourceFile(name, path.name, license_, str(path))
