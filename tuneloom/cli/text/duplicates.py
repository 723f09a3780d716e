"""`tuneloom duplicates`: the tunes of some files that repeat or vary others."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from tuneloom.cli.command import command, files_argument
from tuneloom.cli.status import FINDINGS, USAGE
from tuneloom.grammar.errors import UsageError

if TYPE_CHECKING:
    from tuneloom.cli.text.input_files import InputTunebook
    from tuneloom.cli.text.tune_names import TuneName
    from tuneloom.corpus.kinship.relatives import Relative
    from tuneloom.corpus.sketch import TuneSketch

__all__ = ["duplicates_command"]

_WIDTH = 80


@dataclass(frozen=True, slots=True)
class _PlacedTune:
    """Where a tune is, what it is called, and what is compared of it."""

    file: str
    line: int
    name: TuneName
    sketch: TuneSketch

    @property
    def place(self) -> str:
        return f"{self.file}:{self.line}"


@command(
    "duplicates",
    "tuneloom duplicates tunes.abc",
    "tuneloom duplicates collection/ more.abc",
    "tuneloom duplicates tunes.abc --output-format json > families.json",
)
@files_argument
@click.option(
    "--output-format",
    type=click.Choice(["table", "json"]),
    default="table",
    help="Lines to read, or all of it as one JSON object.",
)
def duplicates_command(files: tuple[str, ...], output_format: str) -> int:
    """List tunes that repeat or vary others.

    Finds the same melody in any key or note length, variants that are similar as a whole, and tunes with a
    passage of another: the families that an ingestion never divides between splits. Exits with 1 if there
    are any, and with 2 if a file cannot be read.
    """
    from tuneloom.cli.text.input_files import find_files
    from tuneloom.corpus.kinship.relatives import related_tunes

    tunes: list[_PlacedTune] = []
    left_out = unreadable = 0
    for file in find_files(files):
        try:
            found, without = _read_file(file)
        except UsageError as error:
            click.echo(f"error: {error}", err=True)
            unreadable += 1
            continue
        tunes += found
        left_out += without
    families = related_tunes([tune.sketch for tune in tunes])
    if output_format == "json":
        click.echo(_families_as_json(tunes, families))
    else:
        for family in families:
            click.echo("\n".join(_family_lines(tunes, family)) + "\n")
        click.echo(_duplicates_summary(tunes, families), err=True)
    if left_out:
        what = "1 tune is" if left_out == 1 else f"{left_out:,} tunes are"
        click.echo(f"{what} not parseable or without a note, and left out", err=True)
    return USAGE if unreadable else FINDINGS if families else 0


def _read_file(file: InputTunebook) -> tuple[list[_PlacedTune], int]:
    """The tunes of a file that can be compared, and how many cannot."""
    from tuneloom.cli.text.tune_names import printable, tune_name
    from tuneloom.corpus.sketch import sketch_text

    _, book = file.book()
    found: list[_PlacedTune] = []
    for tune in book.tunes:
        sketch = sketch_text(tune.text, tune.line, book.header)
        if sketch:
            name = printable(file.name)
            found.append(_PlacedTune(name, tune.line, tune_name(tune.text), sketch))
    return found, len(book.tunes) - len(found)


def _family_lines(tunes: Sequence[_PlacedTune], family: Sequence[Relative]) -> Iterator[str]:
    for each in family:
        tune = tunes[each.tune]
        indent = "  " if each.other is not None else ""
        head = f"{indent}{tune.place}: "
        name = str(tune.name) or "without a number or title"
        room = max(_WIDTH - len(head), 20)
        yield head + (name if len(name) <= room else f"{name[: room - 1]}…")
        if each.other is not None:
            yield f"      {_relation(each)} {tunes[each.other].place}"


def _relation(each: Relative) -> str:
    from tuneloom.corpus.sketch import SECTION

    if each.kind == "exact":
        return "the same melody as"
    if each.kind == "near" and each.part and each.similarity == 1:
        return "the same melody in another key or setting as"
    if each.kind == "near":
        return f"{100 * each.similarity:.0f}% similar to"
    if each.part:
        return f"one is a part, of {each.notes} notes, of the other:"
    if each.notes <= SECTION:
        return f"{each.characters} characters in common with"
    return f"a passage of {each.notes} notes in common with"


def _duplicates_summary(
    tunes: Sequence[_PlacedTune], families: Sequence[Sequence[Relative]]
) -> str:
    count = "1 tune" if len(tunes) == 1 else f"{len(tunes):,} tunes"
    kinds = [each.kind for family in families for each in family if each.kind]
    if not kinds:
        return f"{count}, none related to another"
    counts = f"{kinds.count('exact'):,} exact, {kinds.count('near'):,} near, " + (
        f"{kinds.count('passage'):,} with a passage in common"
    )
    what = "1 family" if len(families) == 1 else f"{len(families):,} families"
    return f"{count}, {what}; relatives: {counts}"


def _families_as_json(tunes: Sequence[_PlacedTune], families: Sequence[Sequence[Relative]]) -> str:
    found = {
        "tunes": len(tunes),
        "families": [[_member_as_json(tunes, each) for each in family] for family in families],
    }
    return json.dumps(found, ensure_ascii=False, indent=2)


def _member_as_json(tunes: Sequence[_PlacedTune], each: Relative) -> dict[str, object]:
    tune = tunes[each.tune]
    member: dict[str, object] = {
        "file": tune.file,
        "line": tune.line,
        "reference": tune.name.reference,
        "title": tune.name.title,
        "id": tune.sketch.id,
    }
    if each.other is None:
        return member
    other = tunes[each.other]
    return member | {
        "kind": each.kind,
        "of": {"file": other.file, "line": other.line},
        "similarity": each.similarity,
        "notes": each.notes,
        "part": each.part,
        "characters": each.characters,
    }
