"""Builds a Tune from a parse tree: the header first, then each music line in its voice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from tuneloom.grammar.parsing.nodes import Node, Token, Tree
from tuneloom.grammar.parsing.voice import AccidentalScope, VoiceReader
from tuneloom.grammar.source.resolver import Directive
from tuneloom.grammar.tune import durations
from tuneloom.grammar.tune.elements import Field, Tune
from tuneloom.grammar.tune.key import Key, parse_key
from tuneloom.grammar.tune.properties import NO_PROPERTIES, VoiceProperties, parse_properties

__all__ = ["build_tune"]


# Fields that hold for every voice if they come before the first V: in the body.
_COMMON_FIELDS = frozenset("KLMQ")
_SCOPES: dict[str, AccidentalScope] = {"not": "not", "octave": "octave", "pitch": "pitch"}


def build_tune(tree: Tree, directives: Sequence[Directive] = (), text: str = "") -> Tune:
    """Read the tree of a whole tune, and the directives among its lines; `text` is its source.

    Of repeated M: and L: fields in the header, the last holds (section 3).
    """
    fields, body = _header(tree.children)
    values = {field.letter: field.value for field in fields}
    meter = values.get("M") or "none"
    unit = values.get("L", "")
    unit_note_length = durations.parse_unit(unit) if unit else durations.default_unit(meter)
    key = parse_key(fields[-1].value)
    voices = _Voices(fields, meter, unit_note_length, key, directives)
    for child in body:
        if isinstance(child, Tree):
            voices.read_line(child.children)
        else:
            voices.read_field(child[0], child[2:].strip(), child.start)
    used = tuple(voice.finish() for voice in voices.used())
    return Tune(fields, meter, unit_note_length, key, used, text)


def _header(children: Sequence[Node]) -> tuple[tuple[Field, ...], Sequence[Node]]:
    """The fields up to the first K:, and what follows them."""
    fields: list[Field] = []
    for child in children:
        assert isinstance(child, Token), "there is music before the key field"
        fields.append(Field(child[0], child[2:].strip()))
        if child.type == "KEY_FIELD":
            break
    return tuple(fields), children[len(fields) :]


class _Voices:
    """The voices by id, in the order in which they first appear, and the one that is being read."""

    def __init__(
        self,
        fields: Sequence[Field],
        meter: str,
        unit: Fraction,
        key: Key,
        directives: Sequence[Directive],
    ) -> None:
        self._blank = (meter, unit, key)
        self._readers: dict[str, VoiceReader] = {}
        self._common: list[tuple[int, Field]] = []
        self._parts: list[tuple[int, Field]] = []
        self._has_chosen = False
        self._scope: AccidentalScope = "pitch"
        self._directives = list(reversed(directives))
        self.reader = self._reader("", NO_PROPERTIES)
        for field in fields:
            if field.letter == "V" and field.value:
                self._reader(*_voice_id(field.value))
            elif field.letter == "I":
                self._instruct(field.value)
        nameless, *declared = self._readers.values()
        # The only voice of a header has the music that no V: in the body assigns to it.
        self.reader = declared[0] if len(declared) == 1 else nameless

    def used(self) -> list[VoiceReader]:
        """Every voice that was named or has music; the nameless one alone if there is no other."""
        named = [r for r in self._readers.values() if r.id]
        nameless = self._readers[""]
        return [nameless, *named] if nameless.has_music() or not named else named

    def read_field(self, letter: str, value: str, at: int) -> None:
        self._obey_directives(at)
        if letter == "V" and value:
            before, self.reader = self.reader, self._reader(*_voice_id(value))
            if not self._has_chosen and not before.has_begun() and before is not self.reader:
                for part_at, part in self._parts:  # which no voice would have otherwise
                    _read_common(self.reader, part_at, part)
            self._has_chosen = True
        elif letter == "I":
            self._instruct(value)
        elif letter in _COMMON_FIELDS and not self._has_chosen and not self.reader.has_begun():
            self._common.append((at, Field(letter, value)))
            for reader in self._readers.values():
                if reader is not self.reader:
                    _read_common(reader, *self._common[-1])
        elif letter == "P" and not self._has_chosen:
            self._parts.append((at, Field(letter, value)))
        self.reader.at = at
        self.reader.field(letter, value)

    def _obey_directives(self, at: int) -> None:
        """Carry out the directives before this place."""
        while self._directives and self._directives[-1].start <= at:
            self._instruct(self._directives.pop().text)

    def _instruct(self, text: str) -> None:
        """Carry out an I: field or a directive; only one changes what sounds (11.3)."""
        name, _, value = text.replace("\t", " ").partition(" ")
        scope = _SCOPES.get(value.strip())
        if name == "propagate-accidentals" and scope:
            self._scope = scope
            for reader in self._readers.values():
                reader.set_scope(scope)

    def read_line(self, children: Sequence[Node]) -> None:
        if Tree in map(type, children) and any(map(_is_grace, children)):  # few lines have trees
            children = _with_arrows_before_graces(children)
        for index, child in enumerate(children):
            reader = self.reader
            if self._directives:
                self._obey_directives(_start_of(child))
            if isinstance(child, Tree):
                first = child.children[0]
                reader.at = first.start if isinstance(first, Token) else 0
                if child.data == "grace":
                    reader.grace(child)
                else:
                    reader.chord(child, _arrows(children[index + 1]))
                continue
            reader.at = child.start
            kind, text = child.type, str(child)
            if kind == "NOTE":
                reader.note(text, _arrows(children[index + 1]))
            elif kind == "REST":
                reader.rest(text, _arrows(children[index + 1]))
            elif kind == "INLINE_FIELD":
                self.read_field(text[1], text[3:-1].strip(), reader.at)
            else:
                read = _READERS.get(kind)
                if read:
                    read(reader, text)
                else:
                    reader.mark(kind, text)

    def _reader(self, name: str, properties: VoiceProperties) -> VoiceReader:
        if name in self._readers:
            self._readers[name].set_properties(properties)
        else:
            reader = self._readers[name] = VoiceReader(name, properties, *self._blank)
            if self._scope != "pitch":
                reader.set_scope(self._scope)
            for at, field in self._common:
                _read_common(reader, at, field)
        return self._readers[name]


def _read_common(reader: VoiceReader, at: int, field: Field) -> None:
    reader.at = at
    reader.field(field.letter, field.value)


def _start_of(node: Node) -> int:
    first = node if isinstance(node, Token) else next(node.tokens())
    return first.start


_READERS: dict[str, Callable[[VoiceReader, str], None]] = {
    "TUPLET": VoiceReader.tuplet,
    "BROKEN_RHYTHM": VoiceReader.broken_rhythm,
    "MULTI_REST": VoiceReader.multi_rest,
    "DECORATION": VoiceReader.decoration,
    "EMPHASIS": VoiceReader.decoration,
    "CHORD_SYMBOL": VoiceReader.quoted,
    "BAR_LINE": VoiceReader.bar_line,
}


def _is_grace(node: Node) -> bool:
    return isinstance(node, Tree) and node.data == "grace"


def _is_aside(node: Node) -> bool:
    """Grace notes, or a blank beside them."""
    return _is_grace(node) or (isinstance(node, Token) and node.type == "SPACE")


def _with_arrows_before_graces(children: Sequence[Node]) -> list[Node]:
    """`A{g}<B` is the same as `A<{g}B` (4.12), and is read as that, blanks or not."""
    ordered: list[Node] = []
    for child in children:
        place = len(ordered)
        if isinstance(child, Token) and child.type == "BROKEN_RHYTHM":
            while _is_aside(ordered[place - 1]):
                place -= 1
        ordered.insert(place, child)
    return ordered


def _arrows(following: Node) -> str:
    """The arrows that follow a note directly, or an empty text. A line end always follows."""
    if isinstance(following, Token) and following.type == "BROKEN_RHYTHM":
        return following.strip(" \t-")
    return ""


def _voice_id(value: str) -> tuple[str, VoiceProperties]:
    """`V:T1 clef=treble` -> its id and its properties (7.1)."""
    name, *properties = value.split(None, 1)
    return name, parse_properties(properties[0]) if properties else NO_PROPERTIES
