"""The beginning of a tune, in any spelling, brought into the spelling of training texts.

A beginning may end anywhere: in a field, a bar, a tuplet, a chord or a repeat. What is complete is parsed
and laid out like any training text; `open_end` takes care of the rest. Nothing is added at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tuneloom.corpus.training_text.header import TrainingHeader, training_header
from tuneloom.corpus.training_text.open_end import OpenEnd, split_open_end
from tuneloom.corpus.training_text.profile import Profile, title_lines
from tuneloom.corpus.training_text.rhythms import canonical_rhythm
from tuneloom.grammar.automaton.load import load_automaton
from tuneloom.grammar.canonical.elements import spell_key, spell_unit
from tuneloom.grammar.diagnostics.classify import diagnose
from tuneloom.grammar.parsing.builder import build_tune
from tuneloom.grammar.parsing.engine import UnexpectedInput
from tuneloom.grammar.parsing.parser import MAX_CHARACTERS, parse_resolved
from tuneloom.grammar.source.resolver import Resolved, resolve_tune
from tuneloom.grammar.tune.elements import (
    Decoration,
    Element,
    Field,
    GraceGroup,
    Overlay,
    Quoted,
    SlurOpen,
    Tune,
)

__all__ = ["NoBeginning", "TuneBeginning", "read_beginning"]

_FIELD_LINE = re.compile(r"[ \t]*(?:[A-Za-z][ \t]*|\+):|%")
_SEVERAL_VOICES = re.compile(r"^V:|\[V:|&", re.MULTILINE)
_ANNOTATIONS = "^_<>@"
# A rest in place of whatever comes next, so that the layout writes what comes before it.
_NEXT = "z"


class NoBeginning(Exception):
    """No tune begins like this: the place, from 1, and the reason."""

    def __init__(self, line: int, column: int, reason: str) -> None:
        super().__init__(f"line {line}, column {column}: {reason}")


@dataclass(frozen=True, slots=True)
class TuneBeginning:
    """A beginning in training spelling.

    `fields` has the values of R: M: L: and K: by letter, as far as they are said. `open_field`, such as
    `M:6`, is a field that ends the beginning and is not complete. `music` is what follows the header, and
    None if the header is not complete. `left_out` names what the profile does not write.
    """

    titles: str
    fields: Mapping[str, str]
    open_field: str = ""
    music: str | None = None
    left_out: tuple[str, ...] = ()


def read_beginning(
    text: str, profile: Profile, given: Mapping[str, str] | None = None
) -> TuneBeginning:
    """Read a beginning; `given` are values of fields that it need not have itself.

    Raises:
        NoBeginning: no tune begins like that.
    """
    source = _ResolvedBeginning.of(text, given or {})
    source.check()
    key_end = source.key_end()
    if key_end is None:
        return source.header_alone(profile)
    body = source.resolved.text[key_end:].rstrip()
    if not body and not re.search(r"^M:", source.resolved.text, re.MULTILINE):
        return source.header_alone(profile)
    return source.with_music(profile, key_end, body)


@dataclass(frozen=True, slots=True)
class _ResolvedBeginning:
    """A beginning as found, and as the resolver reads it; `key_line` is one that it did not have itself."""

    resolved: Resolved
    is_line_ended: bool
    is_blank_after: bool
    key_line: int | None

    @classmethod
    def of(cls, text: str, given: Mapping[str, str]) -> _ResolvedBeginning:
        text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        if len(text) > MAX_CHARACTERS:
            raise NoBeginning(1, 1, f"longer than {MAX_CHARACTERS:,} characters")
        lines = text.split("\n")
        empty = 0
        while empty < len(lines) - 1 and not lines[empty].strip():
            empty += 1
        lines = lines[empty:]
        key_line = _line_for_key(lines) if "K" in given else None
        if key_line is not None:
            lines.insert(key_line, f"K:{given['K']}")
        before_key = "".join(f"{letter}:{given[letter]}\n" for letter in "RM" if letter in given)
        resolved = resolve_tune("\n".join(lines), empty + 1, before_key)
        return cls(
            resolved,
            text.rstrip(" \t").endswith("\n"),
            text.endswith((" ", "\t")),
            None if key_line is None else empty + 1 + key_line,
        )

    def check(self) -> None:
        """Check that a tune may begin so.

        Raises:
            NoBeginning: at the first character with which none does.
        """
        text = self.resolved.text
        error = load_automaton().first_error(text)
        may_be_open = not self.is_line_ended or self.key_end() is not None
        if error and error.offset < len(text) - may_be_open:
            raise self._refusal(error.offset)
        if self.resolved.empty_lines:
            raise self._refusal(None)

    def _refusal(self, offset: int | None) -> NoBeginning:
        found = diagnose(self.resolved, offset)
        line, column = found.line, found.column
        if offset is not None:
            line, column = self.resolved.place(offset)
        return self.refusal(line, column, f"{found.message}; {found.help}")

    def refusal(self, line: int, column: int, reason: str) -> NoBeginning:
        """With the place in the text as it was found."""
        moved = self.key_line is not None and line > self.key_line
        return NoBeginning(line - moved, column, reason)

    def key_end(self) -> int | None:
        """The offset after the first K: field, if there is one that is complete."""
        found = re.search(r"^K:.*\n", self.resolved.text, re.MULTILINE)
        if found is None:
            return None
        is_last = found.end() == len(self.resolved.text)
        return None if is_last and not self._is_complete(found[0][:-1]) else found.end()

    def _is_complete(self, field: str) -> bool:
        """Whether the last field is complete: its line has ended, or its value may end here."""
        if self.is_line_ended:
            return True
        letter, value = field[0], field[2:].strip()
        if field[1:2] != ":" or not value:
            return False
        if letter == "R":
            return bool(canonical_rhythm(value))
        error = load_automaton().first_error(self.resolved.text)
        is_possible = error is None or error.offset == len(self.resolved.text)
        return is_possible and (letter != "L" or "/" in value)

    def header_alone(self, profile: Profile) -> TuneBeginning:
        lines = self.resolved.text.splitlines()
        open_field = ""
        if lines and not self._is_complete(lines[-1]):
            letter, colon, value = lines.pop().partition(":")
            open_field = letter + colon + value.strip()
        has_key = any(line.startswith("K:") for line in lines)
        tune = self._tune("".join(f"{line}\n" for line in lines) + ("" if has_key else "K:none\n"))
        header = training_header(tune)
        said = {field.letter for field in tune.fields} - (set() if has_key else {"K"})
        if "M" in said and "K" in {*said, open_field[:1]}:
            said.add("L")
        if open_field[:1] not in {*"RMLK"}:
            open_field = open_field if profile.has_titles and open_field[:1] == "T" else ""
        return TuneBeginning(
            title_lines(tune) if profile.has_titles else "",
            {
                letter: value
                for letter, value in _values(header).items()
                if value and letter in said
            },
            open_field,
            None,
            _left_out_of(tune, header, profile),
        )

    def with_music(self, profile: Profile, key_end: int, body: str) -> TuneBeginning:
        header_text = self.resolved.text[:key_end]
        end = split_open_end(body, profile)
        needs_next = end.may_follow_blank or (self.is_blank_after and not end.text and bool(body))
        tune, has_next = self._tune_of_music(header_text, end, needs_next)
        self._check_voices(tune)
        header = training_header(tune)
        music = profile.beginning_of_music(tune, header)
        if has_next:
            music = music.removesuffix(_NEXT)
        elif not (self.is_line_ended and not end.text):
            music = music.removesuffix("\n")
        return TuneBeginning(
            title_lines(tune) if profile.has_titles else "",
            {letter: value for letter, value in _values(header).items() if value},
            "",
            music + end.text,
            tuple(dict.fromkeys([*_left_out_of(tune, header, profile), *end.left_out])),
        )

    def _tune_of_music(self, header: str, end: OpenEnd, needs_next: bool) -> tuple[Tune, bool]:
        """The tune up to the open end, with or without a rest for what comes next."""
        line = end.before.rpartition("\n")[2]
        begins_line = not line or _FIELD_LINE.match(line)
        following = ("\n" if line and begins_line else "") + _NEXT
        without, with_next = f"{header}{end.before}\n", f"{header}{end.before}{following}\n"
        for text, has_next in (
            ((with_next, True),) if needs_next else ((without, False), (with_next, True))
        ):
            try:
                return self._tune(text), has_next
            except UnexpectedInput:
                continue
        line_number, column = self.resolved.place(len(header) + len(end.before))
        raise self.refusal(line_number, column, "the beginning breaks off in the middle of a sign")

    def _tune(self, text: str) -> Tune:
        return build_tune(parse_resolved(text), self.resolved.directives, text)

    def _check_voices(self, tune: Tune) -> None:
        overlays = any(isinstance(e, Overlay) for bar in tune.bars for e in bar.elements)
        if len(tune.voices) > 1 or overlays:
            *_, last = _SEVERAL_VOICES.finditer(self.resolved.text)
            place = self.resolved.place(last.start())
            raise self.refusal(*place, "a second voice; networks write tunes of one voice")


def _line_for_key(lines: list[str]) -> int | None:
    """The index of the first line of music, if no K: comes before it."""
    for index, line in enumerate(lines):
        if re.match(r"[ \t]*K[ \t]*:", line):
            return None
        if line.strip() and not _FIELD_LINE.match(line):
            # A lone letter at the end may be the beginning of a field.
            return index if index + 1 < len(lines) or not re.fullmatch(r"[RMLK]", line) else None
    return None


def _values(header: TrainingHeader) -> dict[str, str]:
    return {
        "R": header.rhythm,
        "M": header.meter,
        "L": spell_unit(header.unit),
        "K": spell_key(header.key),
    }


def _left_out_of(tune: Tune, header: TrainingHeader, profile: Profile) -> tuple[str, ...]:
    """The names of fields and signs that the profile does not write: `X:`, `C:`, `slurs`."""
    return tuple(dict.fromkeys(_left_out_names(tune, header, profile)))


def _left_out_names(tune: Tune, header: TrainingHeader, profile: Profile) -> Iterator[str]:
    written = (
        {*"MLK"} | ({"R"} if header.rhythm else set()) | ({"T"} if profile.has_titles else set())
    )
    yield from (f"{field.letter}:" for field in tune.fields if field.letter not in written)
    for bar in tune.bars:
        for element in bar.elements:
            if isinstance(element, Field):
                if element.letter not in "MLK":
                    yield f"{element.letter}:"
            elif (name := _name_of(element)) and not profile.writes(element):
                yield name


def _name_of(element: Element) -> str:
    match element:
        case Quoted():
            return "annotations" if element.text[:1] in _ANNOTATIONS else "chord symbols"
        case GraceGroup():
            return "grace notes"
        case SlurOpen():
            return "slurs"
        case Decoration():
            return "decorations"
    return ""
