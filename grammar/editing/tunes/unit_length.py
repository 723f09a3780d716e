"""Writes a tune with another unit note length (3.1.7), and all lengths so that it sounds the same."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from msgspec import Struct
from msgspec.structs import replace

from tuneloom.grammar.canonical.elements import spell_length, spell_unit
from tuneloom.grammar.canonical.equality import musically_equal
from tuneloom.grammar.editing.tunes.each_tune import CannotEdit
from tuneloom.grammar.parsing.nodes import Node, Token, Tree
from tuneloom.grammar.parsing.parser import parse
from tuneloom.grammar.parsing.result import ParsedTune
from tuneloom.grammar.source.segments import key_line
from tuneloom.grammar.source.source_edits import FIRST_LINE, SourceEdits
from tuneloom.grammar.tune.durations import parse_length, parse_unit
from tuneloom.grammar.tune.elements import Bar, Element, Field, GraceGroup, Tune
from tuneloom.grammar.tune.tempo import Tempo, parse_tempo

__all__ = ["scale_unit_length"]

# What has a length: the end of a chord, a rest, or a note; then the length.
_TIMED = re.compile(r"(?P<sign>\]|[zx]|[\^_=]*[A-Ga-g][,']*)(?P<length>[0-9/]*)")
_UNITS = re.compile(
    r"(?P<before>[ \t]*(?:\"[^\"]*\"[ \t]*)?)[A-Ga-g](?P<length>[0-9/]*)(?=[ \t]*=)"
)


def scale_unit_length(
    parsed: ParsedTune, text: str, factor: Fraction, file_header: str = ""
) -> str:
    """The text with L: times `factor`, and all lengths of notes, chords and rests divided by it.

    Without L: a line with it is added before K:. Grace notes, whose lengths L: does not set (4.12), stay, and
    so does the room of `y`. `parsed` is the text, parsed from line `FIRST_LINE` with the file header.

    Raises:
        CannotEdit: the music would not be the same.
    """
    rewriter = _LengthRewriter(SourceEdits(text.split("\n"), parsed.resolved), factor, parsed.tune)
    for child in parsed.tree.children:
        for node in child.children if isinstance(child, Tree) else [child]:
            rewriter.node(node)
    scaled = "\n".join(rewriter.lines())
    after = parse(scaled, FIRST_LINE, file_header)
    if not after.parseable or not _means_the_same(parsed.tune, after.tune):
        raise CannotEdit("the text does not have all of its note lengths as they sound")
    return scaled


class _LengthRewriter(Struct):
    """Rewrites the lengths of a tune; `has_unit` says whether its header has had L: so far."""

    edits: SourceEdits
    factor: Fraction
    tune: Tune
    has_unit: bool = False
    in_body: bool = False

    def node(self, node: Node) -> None:
        """Rewrite what has a length or names one."""
        if isinstance(node, Tree):
            if node.data == "chord":
                self._chord([token for token in node.tokens() if token.type != "CHORD_SYMBOL"])
        elif node.type in ("NOTE", "REST"):
            self._length(node)
        elif node.type == "INLINE_FIELD":
            self._field(node.start + 1, node[1:-1])
        elif node.type in ("UNIT_NOTE_LENGTH_FIELD", "TEMPO_FIELD"):
            self._field(node.start, node.rstrip("\n"))
        elif node.type == "KEY_FIELD":
            self.in_body = True

    def lines(self) -> list[str]:
        lines = self.edits.edited_lines()
        if not self.has_unit:
            unit = spell_unit(self.tune.unit_note_length * self.factor)
            lines.insert(key_line(lines), f"L:{unit}")
        return lines

    def _chord(self, tokens: Sequence[Token]) -> None:
        """The length is written after the chord, unless its notes alone have one (4.17)."""
        notes = [token for token in tokens if token.type == "NOTE"]
        inside = any(_length_of(note) for note in notes)
        for token in notes if inside and not _length_of(tokens[-1]) else tokens[-1:]:
            self._length(token)

    def _length(self, token: Token) -> None:
        match = _TIMED.match(token)
        assert match is not None, "a note has a sign"
        length = spell_length(parse_length(match["length"]) / self.factor)
        self.edits.replace(token.start, match[0], match["sign"] + length)

    def _field(self, start: int, field: str) -> None:
        """L: with another unit, and Q: without reference to it."""
        value = field[2:]
        if field.startswith("L") and value.strip():
            unit = spell_unit(parse_unit(value) * self.factor)
            written = self.edits.replace(start + 2, value, value.replace(value.strip(), unit))
            self.has_unit = self.has_unit or (written and not self.in_body)
        elif field.startswith("Q") and (match := _UNITS.match(value)):
            beat = spell_unit(self.tune.unit_note_length * parse_length(match["length"]))
            self.edits.replace(start + 2, match[0], match["before"] + beat)


def _length_of(token: Token) -> str:
    match = _TIMED.match(token)
    return match["length"] if match else ""


def _means_the_same(before: Tune, after: Tune) -> bool:
    return musically_equal(_without_units(before), _without_units(after)) and (
        _tempos(before) == _tempos(after)
    )


def _without_units(tune: Tune) -> Tune:
    """A tune without what a unit note length changes and nobody hears."""
    voices = (replace(v, bars=tuple(map(_bar_without_units, v.bars))) for v in tune.voices)
    fields = tuple(each for each in tune.fields if each.letter not in "LQ")
    return replace(tune, fields=fields, voices=tuple(voices))


def _bar_without_units(bar: Bar) -> Bar:
    return replace(bar, elements=tuple(filter(None, map(_element_without_unit, bar.elements))))


def _element_without_unit(element: Element) -> Element | None:
    if isinstance(element, Field) and element.letter in "LQ":
        return None
    if isinstance(element, GraceGroup):
        notes = tuple(replace(note, duration=note.length) for note in element.notes)
        return replace(element, notes=notes)
    return element


def _tempos(tune: Tune) -> list[Tempo]:
    fields = [*tune.fields, *(e for v in tune.voices for b in v.bars for e in b.elements)]
    return [
        parse_tempo(each.value, tune.unit_note_length)
        for each in fields
        if isinstance(each, Field) and each.letter == "Q"
    ]
