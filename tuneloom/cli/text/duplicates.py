"""`tuneloom duplicates`: the tunes of some files that repeat or vary others."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

import click

from tuneloom.cli.command import command, files_argument
from tuneloom.cli.status import FINDINGS, USAGE
from tuneloom.grammar.errors import UsageError

if TYPE_CHECKING:
    from tuneloom.cli.text.input_files import InputTunebook
    from tuneloom.cli.text.tune_names import TuneName
    from tuneloom.corpus.kinship.aligned_bars import AlignedBars, BarAlignment, MelodyBar
    from tuneloom.corpus.kinship.relatives import Relative
    from tuneloom.corpus.sketch import TuneSketch

__all__ = ["aligned_lines", "duplicates_command"]

_WIDTH = 80
_COLUMN = 37
_GAP = "  "


@dataclass(frozen=True, slots=True)
class _PlacedTune:
    """Where a tune is, what it is called, and what is compared of it."""

    file: str
    line: int
    name: TuneName
    sketch: TuneSketch
    text: str
    file_header: str

    @property
    def place(self) -> str:
        return f"{self.file}:{self.line}"


@command(
    "duplicates",
    "tuneloom duplicates tunes.abc",
    "tuneloom duplicates collection/ more.abc",
    "tuneloom duplicates tunes.abc --side-by-side",
    "tuneloom duplicates tunes.abc --output-format json > families.json",
)
@files_argument
@click.option(
    "--output-format",
    type=click.Choice(["table", "json"]),
    default="table",
    help="Lines to read, or all of it as one JSON object.",
)
@click.option(
    "--side-by-side",
    is_flag=True,
    help="Show the bars of each tune beside those of its relative, in one key, and mark what differs.",
)
def duplicates_command(files: tuple[str, ...], output_format: str, side_by_side: bool) -> int:
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
        click.echo(_families_as_json(tunes, families, side_by_side))
    else:
        for family in families:
            click.echo("\n".join(_family_lines(tunes, family, side_by_side)) + "\n")
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
            placed = _PlacedTune(
                name, tune.line, tune_name(tune.text), sketch, tune.text, book.header
            )
            found.append(placed)
    return found, len(book.tunes) - len(found)


def _family_lines(
    tunes: Sequence[_PlacedTune], family: Sequence[Relative], side_by_side: bool
) -> Iterator[str]:
    for each in family:
        tune = tunes[each.tune]
        indent = "  " if each.other is not None else ""
        head = f"{indent}{tune.place}: "
        name = str(tune.name) or "without a number or title"
        room = max(_WIDTH - len(head), 20)
        yield head + (name if len(name) <= room else f"{name[: room - 1]}…")
        if each.other is not None:
            yield f"      {_relation(each)} {tunes[each.other].place}"
            if side_by_side:
                yield from aligned_lines(_alignment(tunes[each.other], tune))


def _alignment(one: _PlacedTune, other: _PlacedTune) -> BarAlignment:
    from tuneloom.corpus.kinship.aligned_bars import align_melodies
    from tuneloom.corpus.sketch import melody_text

    texts = (melody_text(tune.text, tune.line, tune.file_header) for tune in (one, other))
    return align_melodies(*texts)


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


def _families_as_json(
    tunes: Sequence[_PlacedTune], families: Sequence[Sequence[Relative]], side_by_side: bool
) -> str:
    found = {
        "tunes": len(tunes),
        "families": [
            [_member_as_json(tunes, each, side_by_side) for each in family] for family in families
        ],
    }
    return json.dumps(found, ensure_ascii=False, indent=2)


def _member_as_json(
    tunes: Sequence[_PlacedTune], each: Relative, side_by_side: bool
) -> dict[str, object]:
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
        **({"bars": _bars_as_json(_alignment(other, tune))} if side_by_side else {}),
    }


def _bars_as_json(alignment: BarAlignment) -> list[dict[str, object]]:
    """The bars in order; one that a tune does not have is null."""
    return [
        {
            "of": row.one.text if row.one else None,
            "tune": row.other.text if row.other else None,
            "equal": row.are_equal,
        }
        for row in alignment.rows
    ]


def aligned_lines(alignment: BarAlignment) -> Iterator[str]:
    """A line for each pair of bars, more for long ones.

    It begins with `=` for equal bars, `~` for similar ones, in which carets are under the notes that
    differ, and `<` or `>` for a bar that one tune alone has.
    """
    for row in alignment.rows:
        mark = "=" if row.are_equal else "~" if row.one and row.other else "<" if row.one else ">"
        sides = [_column_rows(row, bar, side) for side, bar in enumerate((row.one, row.other))]
        for left, right in zip_longest(*sides, fillvalue=("", "")):
            yield _joined_row(mark, left[0], right[0])
            if left[1] or right[1]:
                yield click.style(_joined_row(" ", left[1], right[1]), fg="yellow")
            mark = " "


def _joined_row(mark: str, left: str, right: str) -> str:
    return f"{mark} {left:<{_COLUMN}}{_GAP}{right}".rstrip()


def _column_rows(row: AlignedBars, bar: MelodyBar | None, side: int) -> list[tuple[str, str]]:
    """The rows of a column: a piece of the bar, and the carets under it."""
    if bar is None:
        return []
    carets = [" "] * len(bar.text)
    for index in row.differing[side]:
        start, end = bar.places[index]
        carets[start:end] = "^" * len(bar.text[start:end])
    marks = "".join(carets)
    return [
        (bar.text[start:end].rstrip(), marks[start:end].rstrip())
        for start, end in _pieces_that_fit(bar.text)
    ]


def _pieces_that_fit(text: str) -> Iterator[tuple[int, int]]:
    """A bar in pieces that fit the column, cut at blanks where there are any."""
    start = 0
    while len(text) - start > _COLUMN:
        cut = text.rfind(" ", start, start + _COLUMN) + 1 or start + _COLUMN
        yield start, cut
        start = cut
    yield start, len(text)
