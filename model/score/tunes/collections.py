"""Collections of tunes to compare: a file, a directory of tunebooks, or a known source."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tuneloom.corpus.reading.tune_files import read_raw_tunes
from tuneloom.corpus.record import RawTune
from tuneloom.corpus.sources import SOURCES, resolve_sources
from tuneloom.grammar.errors import UsageError
from tuneloom.model.score.tunes.tune_set import TunebookTune, TuneSet, read_tunes

__all__ = ["NamedTuneSet", "read_collection"]


@dataclass(frozen=True, slots=True)
class NamedTuneSet:
    """Tunes with the name under which they are compared."""

    name: str
    tunes: TuneSet


def read_collection(name: str, column: str = "") -> NamedTuneSet:
    """Read the collection of that name; a path takes precedence over a source. `column` is for tables.

    Raises:
        UsageError: there is none, it cannot be read, its terms must be accepted first, or it has no tune.
    """
    path = Path(name)
    if path.is_dir():
        return NamedTuneSet(path.name or name, _directory_tunes(path))
    if name.partition("/")[0] in SOURCES and not path.exists():
        return NamedTuneSet(name, _source_tunes(name))
    return NamedTuneSet(path.stem, read_tunes(path, column))


def _directory_tunes(path: Path) -> TuneSet:
    files = sorted(each for each in path.rglob("*.abc") if each.is_file())
    if not files:
        raise UsageError(f"{path}: no .abc file in this directory")
    read_all = [read_tunes(file) for file in files]
    return TuneSet(
        tuple(tune for file in read_all for tune in file.tunes),
        requested=sum(file.requested for file in read_all),
    )


def _source_tunes(name: str) -> TuneSet:
    found = (tune for file in resolve_sources([name], ()) for tune in read_raw_tunes(file))
    tunes = tuple(TunebookTune(t.text, t.file_header) for t in found if isinstance(t, RawTune))
    return TuneSet(tunes, requested=len(tunes))
