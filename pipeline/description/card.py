"""The data card: `README.md` of a data set, for the person who finds it in a year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from tuneloom.pipeline.dataset.manifest import Manifest, ManifestSource
from tuneloom.pipeline.dataset.schema import INT64, LISTS, MEANINGS, TEXT

__all__ = ["data_card", "percent", "terms"]


def data_card(manifest: Manifest) -> bytes:
    """The card as Markdown; what it says follows from the manifest alone."""
    sections = (_opening, _licenses, _counts, _as_found, _rejects, _records)
    text = "\n\n".join("\n".join(section(manifest)) for section in sections)
    return text.encode(errors="replace") + b"\n"


def terms(sources: Sequence[ManifestSource]) -> list[str]:
    """What the licenses of the sources mean for the data set as a whole."""
    licenses = sorted({source.license for source in sources})
    copyleft = [name for name in licenses if name.startswith("GPL")]
    unpaid = [name for name in licenses if "non-commercial" in name.lower()]
    unknown = [name for name in licenses if name == "not stated"]
    sentences = []
    if copyleft:
        sentences.append(
            f"One source under {copyleft[0]} makes the whole set {copyleft[0]}: "
            "pass it on, or what is made from it, only under that license."
        )
    if unpaid:
        sentences.append("One source is for non-commercial research, and so is the whole set.")
    if copyleft and unpaid:
        sentences.append("The two do not go together: keep the set to yourself.")
    if any("large language models" in name for name in licenses):
        sentences.append("One source forbids use with large language models, and so does the set.")
    if unknown:
        sentences.append(
            "The license of some input is not stated: find it out before you pass the set on."
        )
    return sentences or ["Each tune stays under the license of its source."]


def _opening(manifest: Manifest) -> Iterator[str]:
    names = ", ".join(source.name for source in manifest.sources)
    characters = sum(split.characters for split in manifest.splits.values())
    yield f"# Folk tunes: {names}"
    yield ""
    yield f"{manifest.counts.taken:,} tunes in ABC notation, profile `{manifest.profile}`:"
    yield f"{characters:,} characters of training text over an alphabet of"
    yield f"{len(manifest.vocabulary)}, in TFRecord files of `tf.train.Example`. `manifest.json` holds"
    yield "the checksum of every file read and written, `rejects.jsonl` each tune not taken and why."


def _licenses(manifest: Manifest) -> Iterator[str]:
    yield "## Sources and licenses"
    yield ""
    yield " ".join(terms(manifest.sources))
    yield ""
    yield from _markdown_table(
        ("source", "license", "files", "citation"),
        ((row.name, row.license, len(row.files), row.citation) for row in manifest.sources),
    )


def _counts(manifest: Manifest) -> Iterator[str]:
    yield "## Splits"
    yield ""
    yield "Tunes are split by the hash of their family, so that a family stands in one split."
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


def _as_found(manifest: Manifest) -> Iterator[str]:
    yield "## Parseable tunes, by source"
    yield ""
    yield from _markdown_table(
        ("source", "tunes read", "as found", "after safe repairs"),
        (
            (
                name,
                f"{row.read:,}",
                percent(row.levels["parseable"], row.read),
                percent(row.parseable_repaired, row.read),
            )
            for name, row in manifest.as_found.items()
        ),
    )


def _rejects(manifest: Manifest) -> Iterator[str]:
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


def _records(_: Manifest) -> Iterator[str]:
    yield "## Records"
    yield ""
    kinds = dict.fromkeys(TEXT, "bytes") | dict.fromkeys(INT64, "int64")
    kinds |= dict.fromkeys(LISTS, "bytes, any number")
    yield from _markdown_table(
        ("feature", "type", "meaning"),
        ((f"`{name}`", kinds[name], meaning) for name, meaning in MEANINGS.items()),
    )


def percent(part: int, whole: int) -> str:
    """`97.5%`, or `–` of nothing."""
    return f"{100 * part / whole:.1f}%" if whole else "–"


def _markdown_table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    for cells in chain([head, ["---"] * len(head)], rows):
        yield "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"
