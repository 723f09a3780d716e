"""Characters of a music line to which the tune gives a meaning of its own.

Macros (`m:`, section 9), letters of the user's own (`U:`, 4.16), the characters for decorations and line
breaks (`I:decoration`, `I:linebreak`, 4.14 and 6.1.1), and the `!` that is no decoration (12.2).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct, field

from tuneloom.grammar.source.segments import split_music
from tuneloom.grammar.tune.pitch import PITCH_PATTERN, degree_of, spell_degree

__all__ = ["BARE_SYMBOL", "ResolvedPiece", "Substitutions", "defines_user_symbol"]

BARE_SYMBOL = (
    r"^(U:\s*[H-Wh-w~]\s*=\s*)(?!(?:nil|none)\b)([A-Za-z][^\s!+%|:\[\]\x22]*)(?=\s*(?:%|$))"
)
"""`U:V=wedge`, which many collections write for `U:V=!wedge!` (4.16)."""

# Every line is searched for every macro, so their number must have a limit; real tunes have a few.
MAX_MACROS = 200

# How many characters a tune may gain: some, and so many for each of its music, up to a limit. Real tunes gain
# fewer; what would go beyond stays as it is written.
_FREE_GAIN, _GAIN_OF_CHARACTER, _MOST_GAIN = 5_000, 10, 100_000

# Compiled when first used: few tunes have such fields.
_USER_SYMBOL = (
    r"U:\s*([H-Wh-w~])\s*=\s*"
    r"(?:[!+]([^!+\s]{1,200})[!+]|(\"[^\"]{0,200}\")|([A-Za-z][^\s!+|:\[\]\x22]{0,200}))\s*$"
)
# A macro is at most a line long, so that no text grows out of bounds.
_MACRO = r"m:\s*([^=]{1,80})=\s*(.{0,200})$"
_INSTRUCTION = r"(?:I:\s*|%%)(linebreak|decoration)\s+(.*)$"
_BLANK_REST = re.compile(r"\s*\Z")
_NOTE = rf"(?P<note>{PITCH_PATTERN})"


def defines_user_symbol(line: str) -> bool:
    """Whether a U: field gives a letter a meaning (4.16)."""
    return re.match(_USER_SYMBOL, line.rstrip()) is not None


class ResolvedPiece(Struct, frozen=True):
    """A piece of resolved music and the column it came from; what replaced something does not advance."""

    text: str
    column: int
    advances: bool = True


class _Macro(Struct, frozen=True):
    """`pattern` finds the target; in a transposing macro, letters of the body are relative to its note."""

    pattern: re.Pattern[str]
    body: str

    def transpose(self, music: str, match: re.Match[str]) -> str:
        """A part of the body, at the note that was found."""
        if "note" not in self.pattern.groupindex:
            return music
        return re.sub(r"[h-z]", lambda m: _transposed(match["note"], ord(m[0]) - ord("n")), music)


class Substitutions(Struct):
    """Learns from the fields of a tune, and rewrites its music lines."""

    _symbols: dict[str, str] = field(default_factory=dict)
    _macros: dict[str, _Macro] = field(default_factory=dict)
    _plus: bool = False
    # Finds the characters that mean something else; made when it is first needed.
    _signs: re.Pattern[str] | None = None
    _read: int = 0
    _gained: int = 0

    def learn(self, line: str) -> None:
        """Read a field or directive; most change nothing here."""
        if not line or line[0] not in "UmI%":
            return
        if symbol := re.match(_USER_SYMBOL, line):
            letter, signed, annotation, bare = symbol.groups()
            name = signed or bare
            self._signs = None
            self._symbols[letter] = annotation or ("" if name in ("nil", "none") else f"!{name}!")
        elif macro := re.match(_MACRO, line):
            target = macro[1].rstrip()
            if target and (target in self._macros or len(self._macros) < MAX_MACROS):
                self._macros[target] = _macro(target, macro[2])
        elif instruction := re.match(_INSTRUCTION, line):
            what, value = instruction.groups()
            if what == "decoration":
                self._plus = value.strip() == "+"
            else:
                # Where `!` breaks lines, decorations are written with `+` (4.14).
                self._plus = "!" in value

    def apply(self, line: str) -> Iterator[ResolvedPiece]:
        """Rewrite a music line, piece by piece."""
        defines = "[U:" in line or "[m:" in line
        if not (self._symbols or self._macros or self._plus or "!" in line or defines):
            yield ResolvedPiece(line, 1)
            return
        position = 0
        self._read += len(line)
        pieces = split_music(line, "+" if self._plus else "!", empty_decorations=True)
        for index, piece in enumerate(pieces):
            end = position + len(piece)
            if index % 2 == 0:
                yield from self._music(line, position, end)
            else:
                if defines and piece.startswith(("[U:", "[m:")):
                    self.learn(piece[1:-1])
                yield ResolvedPiece(_decoration(piece) if self._plus else piece, position + 1)
            position = end

    def apply_to_symbols(self, line: str) -> Iterator[ResolvedPiece]:
        """Replace the user's letters in an s: line; one without a meaning still skips a note (4.15)."""
        if not self._symbols:
            yield ResolvedPiece(line, 1)
            return
        position = len("s:")
        self._read += len(line)
        yield ResolvedPiece(line[:position], 1)
        pieces = split_music(line[position:], "+" if self._plus else "!")
        for index, piece in enumerate(pieces):
            if index % 2:
                yield ResolvedPiece(piece, position + 1)
            else:
                for column, char in enumerate(piece, start=position + 1):
                    symbol = self._symbols.get(char)
                    if symbol and not self._has_room_for(symbol):
                        symbol = ""
                    is_char = symbol is None
                    yield ResolvedPiece(char if is_char else symbol or "*", column, is_char)
            position += len(piece)

    def _music(self, line: str, start: int, end: int) -> Iterator[ResolvedPiece]:
        """Expand macros first, then the user's letters, as section 9 requires."""
        position = start
        found = _macros_ahead(
            ((macro, None) for macro in self._macros.values()), line, position, end
        )
        while found:
            macro, match = min(found, key=lambda pair: (pair[1].start(), -pair[1].end()))
            yield from self._letters(line, position, match.start())
            position = match.end()
            expanded = "" if self._is_full() else self._expanded(macro, match)
            if self._has_room_for(expanded):
                yield ResolvedPiece(expanded, match.start() + 1, advances=False)
            else:
                yield from self._letters(line, match.start(), position)
            found = _macros_ahead(found, line, position, end)
        yield from self._letters(line, position, end)

    def _expanded(self, macro: _Macro, match: re.Match[str]) -> str:
        """The body of a macro; decorations, texts and fields in it stay as they are."""
        pieces = split_music(macro.body, "+" if self._plus else "!", empty_decorations=True)
        for index, piece in enumerate(pieces):
            if index % 2 == 0:
                letters = ((char, self._letter(char)) for char in macro.transpose(piece, match))
                pieces[index] = "".join(char if new is None else new for char, new in letters)
            elif self._plus:
                pieces[index] = _decoration(piece)
        return "".join(pieces)

    def _letters(self, line: str, start: int, end: int) -> Iterator[ResolvedPiece]:
        position = start
        if self._signs is None:
            self._signs = re.compile("|".join(map(re.escape, ("!", *self._symbols))))
        for match in self._signs.finditer(line, start, end):
            index = match.start()
            replacement = self._letter(line[index])
            assert replacement is not None, "the sign has a meaning"
            if len(replacement) > 1 and not self._has_room_for(replacement):
                continue
            yield ResolvedPiece(line[position:index], position + 1)
            if line[index] == "!" and _BLANK_REST.match(line, index + 1):
                replacement = ""  # the end of the line breaks it anyway
            yield ResolvedPiece(replacement, index + 1, advances=False)
            position = index + 1
        if position < end:
            yield ResolvedPiece(line[position:end], position + 1)

    def _is_full(self) -> bool:
        return self._gained > min(_FREE_GAIN + _GAIN_OF_CHARACTER * self._read, _MOST_GAIN)

    def _has_room_for(self, text: str) -> bool:
        """Whether the tune may gain this text; what is refused counts, too, until more has been read."""
        if not self._is_full():
            self._gained += len(text)
        return not self._is_full()

    def _letter(self, char: str) -> str | None:
        """What a character means by itself; a `!` that is no decoration ends a line of the score."""
        return "$" if char == "!" else self._symbols.get(char)


def _macros_ahead(
    found: Iterable[tuple[_Macro, re.Match[str] | None]], line: str, start: int, end: int
) -> list[tuple[_Macro, re.Match[str]]]:
    """The next match of each macro that has one; a match that is still ahead is not searched for again."""
    ahead = []
    for macro, match in found:
        if match is None or match.start() < start:
            match = macro.pattern.search(line, start, end)
        if match:
            ahead.append((macro, match))
    return ahead


def _macro(target: str, body: str) -> _Macro:
    """A target with an `n` matches every note in its place, and its body is transposed."""
    before, n, after = target.partition("n")
    if not n:
        return _Macro(re.compile(re.escape(target)), body)
    return _Macro(re.compile(re.escape(before) + _NOTE + re.escape(after)), body)


def _transposed(note: str, steps: int) -> str:
    """The note so many steps of the scale away, with its octave marks."""
    return spell_degree(degree_of(note) + steps)


def _decoration(piece: str) -> str:
    """`+trill+`, where that is how decorations are written, as `!trill!`."""
    return f"!{piece[1:-1]}!" if piece.startswith("+") else piece
