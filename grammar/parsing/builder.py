"""Builds a Tune from a parse tree: the header first, then each music line in its voice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from tuneloom.grammar.parsing.nodes import Node, Token, Tree
from tuneloom.grammar.parsing.voice import VoiceReader
from tuneloom.grammar.tune import durations
from tuneloom.grammar.tune.elements import Field, Tune
from tuneloom.grammar.tune.key import Key, parse_key

__all__ = ["build_tune"]


def build_tune(tree: Tree) -> Tune:
    """Read the tree of a whole tune."""
    fields, body = _header(tree.children)
    meter = next((f.value or "none" for f in fields if f.letter == "M"), "none")
    unit = next((f.value for f in fields if f.letter == "L"), "")
    unit_note_length = durations.parse_unit(unit) if unit else durations.default_unit(meter)
    key = parse_key(fields[-1].value)
    voices = _Voices(fields, meter, unit_note_length, key)
    for child in body:
        if isinstance(child, Tree):
            voices.read_line(child.children)
        else:
            voices.read_field(child[0], child[2:].strip(), child.start)
    return Tune(fields, meter, unit_note_length, key, tuple(v.finish() for v in voices.used()))


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

    def __init__(self, fields: Sequence[Field], meter: str, unit: Fraction, key: Key) -> None:
        self._blank = (meter, unit, key)
        self._readers: dict[str, VoiceReader] = {}
        self.reader = self._reader("", "")
        for field in fields:
            if field.letter == "V" and field.value:
                self._reader(*_voice_id(field.value))

    def used(self) -> list[VoiceReader]:
        """Every voice that was named or has music; the nameless one alone if there is no other."""
        named = [r for r in self._readers.values() if r.id]
        nameless = self._readers[""]
        return [nameless, *named] if nameless.has_music() or not named else named

    def read_field(self, letter: str, value: str, at: int) -> None:
        if letter == "V" and value:
            self.reader = self._reader(*_voice_id(value))
        self.reader.at = at
        self.reader.field(letter, value)

    def read_line(self, children: Sequence[Node]) -> None:
        for index, child in enumerate(children):
            reader = self.reader
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

    def _reader(self, name: str, properties: str) -> VoiceReader:
        if name not in self._readers:
            meter, unit, key = self._blank
            self._readers[name] = VoiceReader(name, properties, meter, unit)
            self._readers[name].set_key(key)
        return self._readers[name]


_READERS: dict[str, Callable[[VoiceReader, str], None]] = {
    "TUPLET": VoiceReader.tuplet,
    "BROKEN_RHYTHM": VoiceReader.broken_rhythm,
    "MULTI_REST": VoiceReader.multi_rest,
    "DECORATION": VoiceReader.decoration,
    "EMPHASIS": VoiceReader.decoration,
    "CHORD_SYMBOL": VoiceReader.quoted,
    "BAR_LINE": VoiceReader.bar_line,
}


def _arrows(following: Node) -> str:
    """The arrows that follow a note directly, or an empty text. A line end always follows."""
    if isinstance(following, Token) and following.type == "BROKEN_RHYTHM":
        return following.strip(" \t-")
    return ""


def _voice_id(value: str) -> tuple[str, str]:
    """`V:T1 clef=treble` -> its id and its properties (7.1)."""
    name, _, properties = value.partition(" ")
    return name, properties.strip()
