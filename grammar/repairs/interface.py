"""What a repair is: one kind of fault, and a function from the text that may have it to the text without."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from msgspec import Struct, field

from tuneloom.grammar.parsing.result import ParsedTune
from tuneloom.grammar.source.segments import is_field, key_line, without_comment
from tuneloom.grammar.tune.elements import Quoted

if TYPE_CHECKING:
    from tuneloom.grammar.rules.basis.plain_music import Aspect

__all__ = ["AddedSign", "Repair", "RepairPlace", "Scope", "SourceLines", "substitution"]

_ANNOTATION_SIGNS = ("^", "_", "<", ">", "@")

Scope = Literal["field", "header", "notes", "quoted", "music", "error", "tune"]
"""The text that a repair is given.

    field    a line of the header, or a field of the body
    header   a line of the header, after the repairs of fields
    notes    the music of a line up to quoted text, a decoration, an inline field or a comment
    quoted   quoted text with its quotes
    music    a line of music, after all repairs of its notes and quoted text
    error    the whole tune, which the grammar stops at with an error of the repair's code
    tune     the whole tune, which is parseable, after all other repairs
"""


class SourceLines:
    """The lines of a tune, and what its header says, which is found once for all places in them."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines

    @cached_property
    def key(self) -> int:
        """The index of the K: line; without one, the number of lines."""
        return key_line(self.lines)

    @cached_property
    def header_values(self) -> dict[str, str]:
        """The values of the header by `L:` and the like, without comments; the last of each holds."""
        header = [line.strip() for line in self.lines[: self.key + 1] if is_field(line, False)]
        return {f"{line[0]}:": without_comment(line.partition(":")[2]).strip() for line in header}


class RepairPlace(Struct, frozen=True):
    """Where in a tune the text is: its source so far, and a line and a column, both from 0.

    The column is that of the error, and 0 in other scopes. `dropped_letters` are those that were
    removed from the tune; a repair that removes one adds it. In scope `tune`, `found` is the tune as parsed,
    whose first line has the number `first_line` there.
    """

    source: SourceLines
    line: int
    column: int = 0
    dropped_letters: set[str] = field(default_factory=set)
    found: ParsedTune | None = None
    first_line: int = 1

    @property
    def lines(self) -> Sequence[str]:
        return self.source.lines

    @property
    def is_in_body(self) -> bool:
        return self.line > self.source.key

    @property
    def current_line(self) -> str:
        return self.lines[self.line]

    def with_line(self, line: str, index: int | None = None) -> str:
        """The text of the tune with another line in place of this one, or of the one at `index`."""
        lines = list(self.lines)
        lines[self.line if index is None else index] = line
        return "\n".join(lines)

    @property
    def parsed(self) -> ParsedTune:
        assert self.found is not None, "only a repair of scope `tune` is given a parsed tune"
        return self.found

    @property
    def has_chord_symbols(self) -> bool:
        """Whether players would accompany the tune, in a pattern that begins anew in each bar."""
        bars = (bar for voice in self.parsed.tune.voices for bar in voice.bars)
        return any(
            isinstance(element, Quoted) and not element.text.startswith(_ANNOTATION_SIGNS)
            for bar in bars
            for element in bar.elements
        )

    def with_signs(self, signs: Iterable[AddedSign]) -> str:
        """The text of the tune with more signs in it, which may be many.

        The same text if one of them has no place in the source, as in the expansion of a macro.
        """
        resolved = self.parsed.resolved
        added: dict[int, list[tuple[int, bool, str]]] = defaultdict(list)
        for sign in signs:
            line, column = resolved.place(sign.offset)
            if resolved.is_replaced(sign.offset) or line < self.first_line:
                return "\n".join(self.lines)
            place = column if sign.is_after else column - 1
            added[line - self.first_line].append((place, not sign.is_after, sign.text))
        lines = list(self.lines)
        for index, on_line in added.items():
            pieces: list[str] = []
            end = len(lines[index])
            for place, _, text in sorted(on_line, reverse=True):
                pieces += (lines[index][place:end], text)
                end = place
            lines[index] = "".join((lines[index][:end], *reversed(pieces)))
        return "\n".join(lines)


class AddedSign(Struct, frozen=True):
    """A sign to be written before, or `is_after`, the character at an offset of the resolved text."""

    offset: int
    text: str
    is_after: bool = False


class Repair(Struct, frozen=True):
    """One thing that can be put right.

    `change` takes the text that `scope` names and its place, and returns the text after the repair, or
    the same text if there is nothing that it can do. A repair of scope `error` may change any line of
    the tune; it counts only if the tune becomes parseable, and one of scope `tune` that is safe only if the
    tune stays so and sounds as before. A line may become several, but none may go. Repairs with one scope
    and code are tried in the order of registration.

    One of scope `tune` is not tried on music that is plain in its `aspect` (`rules.basis.plain_music`): no
    rule finds there what it could mend.

    A repair is `safe` if abc2midi and abcjs play every tune the same before and after it. Where that
    depends on what is around the fault, there are two: a safe one, and one for the other places.
    """

    name: str
    code: str
    summary: str
    scope: Scope
    change: Callable[[str, RepairPlace], str]
    safe: bool = True
    aspect: Aspect | None = None


def substitution(
    pattern: str, replacement: str | Callable[[re.Match[str]], str], flags: re.RegexFlag | int = 0
) -> Callable[[str, RepairPlace], str]:
    """A change that replaces every match of a pattern."""
    compiled = re.compile(pattern, flags)

    def substitute(text: str, _: RepairPlace) -> str:
        return compiled.sub(replacement, text)

    return substitute
