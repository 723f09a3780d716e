"""The data card: the `README.md` of a data set, for whoever finds it in a year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from tuneloom.corpus.record import Record
from tuneloom.pipeline.dataset.manifest import Manifest
from tuneloom.pipeline.dataset.schema import INT64, LISTS, MEANINGS, TEXT
from tuneloom.pipeline.description.bibtex import bibtex
from tuneloom.pipeline.description.hub_head import hub_head
from tuneloom.pipeline.description.hub_layout import HubLayout
from tuneloom.pipeline.description.known_limits import known_limits
from tuneloom.pipeline.description.license_notes import license_notes

__all__ = ["SAMPLES", "data_card", "format_percent"]

SAMPLES = 2
"""The number of tunes that a card shows."""


def data_card(
    manifest: Manifest, samples: Iterable[Record] = (), layout: HubLayout | None = None
) -> bytes:
    """The card as Markdown, with a head in YAML. Without a layout, it is that of the data set itself."""
    sections = (
        _introduction(manifest, layout),
        _license_section(manifest),
        _split_section(manifest, layout),
        _sample_section(samples),
        _validity_section(manifest),
        _reject_section(manifest),
        _limit_section(manifest),
        _record_section(layout),
        _citation_section(manifest),
    )
    texts = ("\n".join(section) for section in sections)
    card = "\n\n".join(text for text in texts if text)
    return f"{hub_head(manifest, layout)}\n{card}\n".encode(errors="replace")


def _introduction(manifest: Manifest, layout: HubLayout | None) -> Iterator[str]:
    names = ", ".join(source.name for source in manifest.sources)
    characters = sum(split.characters for split in manifest.splits.values())
    yield f"# Folk tunes: {names}"
    yield ""
    yield f"{manifest.counts.taken:,} tunes in ABC notation, profile `{manifest.profile}`:"
    yield f"{characters:,} characters of training text over an alphabet of"
    if layout:
        yield f"{len(manifest.vocabulary)}, as {layout.what}. `export.json` holds the checksum of"
        yield "every file, and the sha256 of the manifest of the data set that this was made of."
        yield ""
        yield "`datasets.load_dataset` reads this directory, without a network."
    else:
        yield f"{len(manifest.vocabulary)}, in TFRecord files of `tf.train.Example`. `manifest.json` holds"
        yield "the checksum of every file read and written, `rejects.jsonl` each tune not taken and why."
        yield ""
        yield "`tuneloom export --to parquet` writes what `datasets.load_dataset`, pandas and Croissant read."


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


def _split_section(manifest: Manifest, layout: HubLayout | None) -> Iterator[str]:
    yield "## Splits"
    yield ""
    yield "Tunes are split by the hash of their family, so that a family is in one split."
    yield ""
    if layout:
        rows = ((file.split, f"{file.records:,}", f"`{file.path}`") for file in layout.files)
        yield from _markdown_table(("split", "tunes", "file"), rows)
    else:
        yield from _shard_table(manifest)


def _shard_table(manifest: Manifest) -> Iterator[str]:
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


def _sample_section(samples: Iterable[Record]) -> Iterator[str]:
    for number, record in enumerate(samples):
        if not number:
            yield "## Samples"
        yield ""
        title = " ".join(record.title.replace("`", "'").split())
        yield f"`{record.id}`, from {record.source}" + (f": `{title}`" if title else "")
        yield ""
        yield "```text"
        yield record.abc.rstrip("\n").replace("```", "")
        yield "```"


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


def _record_section(layout: HubLayout | None) -> Iterator[str]:
    """The features, as they are in the files; none for texts without columns."""
    if layout and layout.columns == "none":
        return
    text, texts = ("string", "list of strings") if layout else ("bytes", "bytes, any number")
    if layout and layout.columns == "joined":
        texts = "string, parted by blanks"
    yield "## Records"
    yield ""
    kinds = dict.fromkeys(TEXT, text) | dict.fromkeys(INT64, "int64") | dict.fromkeys(LISTS, texts)
    yield from _markdown_table(
        ("column" if layout else "feature", "type", "meaning"),
        ((f"`{name}`", kinds[name], meaning) for name, meaning in MEANINGS.items()),
    )


def _limit_section(manifest: Manifest) -> Iterator[str]:
    yield "## Known limits"
    yield ""
    yield from (f"- {sentence}" for sentence in known_limits(manifest))


def _citation_section(manifest: Manifest) -> Iterator[str]:
    yield "## Citation"
    yield ""
    yield "```bibtex"
    yield bibtex(manifest)
    yield "```"


def format_percent(part: int, whole: int) -> str:
    """A share in percent, or a dash if there is nothing to share."""
    return f"{100 * part / whole:.1f}%" if whole else "–"


def _markdown_table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """A table whose cells may hold anything."""
    for cells in chain([header, ["---"] * len(header)], rows):
        yield "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"
