"""A source that combines several others."""

from __future__ import annotations

from dataclasses import dataclass

from tuneloom.corpus.source import Source, SourceFile

__all__ = ["CombinedSource"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CombinedSource(Source):
    """The files of each member in turn, with the name and the license of the member."""

    members: tuple[Source, ...]

    def files(self, part: str = "") -> list[SourceFile]:
        return [file for member in self.members for file in member.files(part)]

    def parts(self) -> list[str]:
        return [part for member in self.members for part in member.parts()]

    def size(self) -> int | None:
        sizes = [member.size() for member in self.members]
        return None if None in sizes else sum(size or 0 for size in sizes)

    def here(self) -> bool:
        return all(member.here() for member in self.members)
