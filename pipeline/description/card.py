"""The data card: the `README.md` of a data set, for whoever finds it in a year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from tuneloom.pipeline.dataset.manifest import Manifest
from tuneloom.pipeline.dataset.schema import INT64, LISTS, MEANINGS, TEXT
from tuneloom.pipeline.description.license_notes import license_notes

__all__ = ["data_card", "format_percent"]


def data_card(manifest: Manifest) -> bytes:
    """The card as Markdown."""
    sections = (
        _introduction(manifest),
        _license_section(manifest),
        _split_section(manifest),
        _validity_section(manifest),
        _reject_section(manifest),
        _record_section(),
    )
    return "\n\n".join(map("\n".join, sections)).encode(errors="replace") + b"\n"


def _introduction(manifest: Manifest) -> Iterator[str]:
    names = ", ".join(source.name for source in manifest.sources)
    characters = sum(split.characters for split in manifest.splits.values())
    yield f"# Folk tunes: {names}"
    yield ""
    yield f"{manifest.counts.taken:,} tunes in ABC notation, profile `{manifest.profile}`:"
    yield f"{characters:,} characters of training text over an alphabet of"
    yield f"{len(manifest.vocabulary)}, in TFRecord files of `tf.train.Example`. `manifest.json` holds"
    yield "the checksum of every file read and written, `rejects.jsonl` each tune not taken and why."


def _license_section(manifest: Manifest) -> Iterator[str]:
    yield "## Sources and licenses"
    yield ""
    yield " ".join(license_notes({source.name: source.license for source in manifest.sources}))
    yield ""
    yield from _markdown_table(
        ("source", "license", "terms", "files", "citation"),
        (
            (
                row.name,
                row.license.name,
                ", ".join(row.license.terms) or "–",
                len(row.files),
                row.citation,
            )
            for row in manifest.sources
        ),
    )


def _split_section(manifest: Manifest) -> Iterator[str]:
    yield "## Splits"
    yield ""
    yield "Tunes are split by the hash of their family, so that a family is in one split."
    yield ""
    yield from _markdown_table(
        ("split", "tunes", "characters", "shards"),
        (
            (
                name,
                f"{split.records:,}",
                f"{split.characters:,}",
                sum(shard.split == name for shard in manifest.shards),
            )
            for name, split in manifest.splits.items()
        ),
    )


def _validity_section(manifest: Manifest) -> Iterator[str]:
    yield "## Parseable tunes, by source"
    yield ""
    yield from _markdown_table(
        ("source", "tunes read", "as found", "after safe repairs"),
        (
            (
                name,
                f"{row.read:,}",
                format_percent(row.levels["parseable"], row.read),
                format_percent(row.parseable_repaired, row.read),
            )
            for name, row in manifest.as_found.items()
        ),
    )


def _reject_section(manifest: Manifest) -> Iterator[str]:
    counts = manifest.counts
    yield "## Not taken"
    yield ""
    yield f"Of {counts.read:,} tunes, {counts.duplicates:,} are duplicates of one that was taken."
    if counts.rejects:
        yield ""
        rows = sorted(counts.rejects.items(), key=lambda pair: (-pair[1], pair[0]))
        yield from _markdown_table(
            ("code", "tunes or files"), ((code, f"{n:,}") for code, n in rows)
        )


def _record_section() -> Iterator[str]:
    yield "## Records"
    yield ""
    kinds = dict.fromkeys(TEXT, "bytes") | dict.fromkeys(INT64, "int64")
    kinds |= dict.fromkeys(LISTS, "bytes, any number")
    yield from _markdown_table(
        ("feature", "type", "meaning"),
        ((f"`{name}`", kinds[name], meaning) for name, meaning in MEANINGS.items()),
    )


def format_percent(part: int, whole: int) -> str:
    """A share in percent, or a dash if there is nothing to share."""
    return f"{100 * part / whole:.1f}%" if whole else "–"


def _markdown_table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    for cells in chain([header, ["---"] * len(header)], rows):
        yield "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"
