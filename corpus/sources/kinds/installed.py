"""Sources inside an installed Python package, found without importing the package."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from tuneloom.corpus.license import License
from tuneloom.corpus.source import Source, SourceFile
from tuneloom.grammar.errors import UsageError

__all__ = ["BY_PERMISSION", "BY_PERMISSION_NOTE", "MUSIC21_TERMS", "Music21Source"]

MUSIC21_TERMS = "https://github.com/cuthbertLab/music21/blob/master/music21/corpus/license.txt"

# What music21's corpus/license.txt says about folders without a license of their own.
BY_PERMISSION = License(
    name="by permission of the encoders", commercial_use="unclear", url=MUSIC21_TERMS
)
BY_PERMISSION_NOTE = (
    "music21 distributes these tunes with the permission of the encoders, and says that "
    "restrictions on commercial use may apply."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Music21Source(Source):
    """The ABC files in one folder of music21's corpus, or only those named in `only`."""

    folder: str
    only: Sequence[str] = ()

    def files(self, part: str = "") -> list[SourceFile]:
        found = [
            SourceFile(self.name, path.name, self.license.name, str(path)) for path in self._paths()
        ]
        return [file for file in found if part in ("", file.part)]

    def parts(self) -> list[str]:
        return [path.stem for path in self._paths()]

    def size(self) -> int | None:
        return sum(path.stat().st_size for path in self._paths())

    def here(self) -> bool:
        return _music21_folder(self.folder).is_dir()

    def _paths(self) -> list[Path]:
        folder = _music21_folder(self.folder)
        names = sorted(self.only or (path.name for path in folder.glob("*.abc")))
        paths = [folder / name for name in names]
        missing = [path.name for path in paths if not path.is_file()]
        if missing or not paths:
            what = missing[0] if missing else "its ABC files"
            raise UsageError(
                f"source {self.name}: the installed music21 lacks {what} in corpus/{self.folder}; "
                "install music21 again, with its corpus"
            )
        return paths


def _music21_folder(name: str) -> Path:
    spec = find_spec("music21")
    if spec is None or not spec.submodule_search_locations:
        raise UsageError(
            "music21, which holds these tunes, is not installed: pip install 'tuneloom[data]'"
        )
    return Path(spec.submodule_search_locations[0], "corpus", name)
