"""BibTeX entries for a data set: one for the program that made it, and one for each source."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version

from tuneloom.pipeline.dataset.manifest import Manifest, ManifestSource

__all__ = ["bibtex", "software_bibtex"]

_ESCAPES = str.maketrans(
    {character: f"\\{character}" for character in "&%$#_{}"}
    | {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)


def bibtex(manifest: Manifest) -> str:
    """The entries, parted by empty lines."""
    ours = software_bibtex(f"Data set with manifest {manifest.sha256[:16]}")
    cited = (_source_entry(source) for source in manifest.sources if source.citation)
    return "\n\n".join([ours, *cited])


def software_bibtex(note: str = "") -> str:
    """The entry for the program alone, as CITATION.cff has it."""
    return _entry(
        "tuneloom",
        "software",
        title="{Tuneloom}",
        author="{The Tuneloom authors}",
        version=version("tuneloom"),
        note=note,
    )


def _source_entry(source: ManifestSource) -> str:
    return _entry(
        source.name,
        "misc",
        title="{" + source.title.translate(_ESCAPES) + "}",
        howpublished=rf"\url{{{source.homepage}}}" if source.homepage else "",
        note=source.citation.translate(_ESCAPES),
    )


def _entry(key: str, kind: str, **fields: str) -> str:
    return "\n".join(_entry_lines(key, kind, fields))


def _entry_lines(key: str, kind: str, fields: dict[str, str]) -> Iterator[str]:
    yield f"@{kind}{{{key},"
    for name, value in fields.items():
        if value:
            yield f"  {name} = {{{value}}},"
    yield "}"
