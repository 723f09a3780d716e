"""What may be compared: a file, a directory of tunebooks, or a source that is known by name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tuneloom.corpus.reading.tunebooks import read
from tuneloom.corpus.record import RawTune
from tuneloom.corpus.sources import SOURCES, resolve
from tuneloom.grammar.errors import UsageError
from tuneloom.model.score.tunes.tunebooks import Found, TuneFile, read_tunes

__all__ = ["Collection", "read_collection"]


@dataclass(frozen=True, slots=True)
class Collection:
    """Tunes and what to call them."""

    name: str
    tunes: TuneFile


def read_collection(name: str) -> Collection:
    """Read what a name stands for; a path wins over a source.

    Raises UsageError if there is no such thing, it cannot be read, has terms that must be accepted
    first, or holds no tune.
    """
    path = Path(name)
    if path.is_dir():
        return Collection(path.name or name, _directory(path))
    if name.partition("/")[0] in SOURCES and not path.exists():
        return Collection(name, _source(name))
    return Collection(path.stem, read_tunes(path))


def _directory(path: Path) -> TuneFile:
    files = sorted(each for each in path.rglob("*.abc") if each.is_file())
    if not files:
        raise UsageError(f"{path}: no .abc file in this directory")
    read_all = [read_tunes(file) for file in files]
    return TuneFile(
        tuple(tune for file in read_all for tune in file.tunes),
        asked=sum(file.asked for file in read_all),
    )


def _source(name: str) -> TuneFile:
    found = (tune for file in resolve([name], ()) for tune in read(file))
    tunes = tuple(Found(t.text, t.file_header) for t in found if isinstance(t, RawTune))
    return TuneFile(tunes, asked=len(tunes))
