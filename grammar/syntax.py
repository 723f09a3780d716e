"""Why a text stops being ABC, in a musician's words: an offset -> a diagnostic with code and help."""

from __future__ import annotations

import re
from dataclasses import dataclass

from grammar.diagnostics import Diagnostic, Span
from grammar.resolver import Resolved

__all__ = ["SYNTAX_ERRORS", "diagnose", "too_long"]


@dataclass(frozen=True, slots=True)
class _Explanation:
    message: str
    help: str


SYNTAX_ERRORS: dict[str, _Explanation] = {
    "empty-line": _Explanation(
        "an empty line stands inside the tune",
        "an empty line ends a tune: remove it, or begin a new tune with X:",
    ),
    "no-key": _Explanation(
        "the header has no key field", "end the header with K:, such as `K:D` or `K:none`"
    ),
    "bad-key": _Explanation(
        "{found} is not a key", "write a tonic and a mode, such as `K:F#m` or `K:Ddor`"
    ),
    "bad-meter": _Explanation("{found} is not a metre", "write `M:6/8`, `M:C`, `M:C|` or `M:none`"),
    "bad-unit-note-length": _Explanation(
        "{found} is not a note length", "write a fraction, such as `L:1/8`"
    ),
    "bad-tempo": _Explanation(
        "{found} is not a tempo", 'write `Q:1/4=120`, or words as in `Q:"Allegro"`'
    ),
    "bad-reference": _Explanation("{found} is not a reference number", "write a number, such as `X:1`"),
    "text-in-header": _Explanation(
        "{found} is not a field, and the header holds only fields",
        "put a letter and a colon before it, such as `N:`, or a `%` to make it a comment",
    ),
    "unclosed-quote": _Explanation(
        'a `"` that is never closed', 'close it with a second `"` on the same line'
    ),
    "unclosed-chord": _Explanation(
        "a chord `[` that is never closed", "close it with `]` behind its last note"
    ),
    "unclosed-grace": _Explanation("grace notes `{` that are never closed", "close them with `}`"),
    "unclosed-field": _Explanation("an inline field that is wrong or never closed", "write it like `[K:D]`"),
    "detached-volta": _Explanation(
        "the number {found} stands apart from its bar line", "a volta touches its bar line: `|1` or `| [1`"
    ),
    "stray-number": _Explanation(
        "the number {found} belongs to no note", "a length touches its note, and has at most four digits"
    ),
    "bad-length": _Explanation("{found} is not a note length", "write `A/2`, `A/` or `A//`"),
    "bad-bar-line": _Explanation(
        "{found} is not a bar line", "a bar line has at most four of `|`, `:`, `[` and `]`"
    ),
    "unknown-letter": _Explanation(
        "the letter {found} has no meaning in music", "notes are A-G and a-g, rests z; give others a U: field"
    ),
    "broken-rhythm-without-note": _Explanation(
        "{found} does not stand between two notes", "broken rhythm joins two notes of one line: `A>B`"
    ),
    "stray-tie": _Explanation("a tie `-` without a note before it", "put the tie behind its first note"),
    "stray-accidental": _Explanation(
        "the accidental {found} stands before no note", "put it directly before its note: `^c`"
    ),
    "old-chord": _Explanation("`+` does not write chords any more", "write chords as `[CEG]`"),
    "stray-bang": _Explanation("a `!` that closes no decoration", "write decorations like `!trill!`"),
    "stray-close": _Explanation("{found} closes nothing", "remove it, or open what it closes"),
    "reserved-character": _Explanation(
        "{found} is reserved and has no meaning in music", "remove it (section 8.1)"
    ),
    "unexpected-character": _Explanation(
        "{found} cannot stand in music", "remove it, or make it a comment with `%`"
    ),
    "too-long": _Explanation(
        "the tune has {found} characters, and no tree is built of so many",
        "cut it into tunes; the verdict alone has no such limit",
    ),
    "no-tune": _Explanation("there is no tune here", "a tune begins with `X:1` and has a key, `K:`"),
}  # fmt: skip

_FIELD_CODES = {
    "X": "bad-reference",
    "M": "bad-meter",
    "L": "bad-unit-note-length",
    "Q": "bad-tempo",
    "K": "bad-key",
}
_FIELD = re.compile(r"([A-Za-z]):")
_BODY_FIELD_LETTER = re.compile(r"[H-KNP-RVWh-tw]")
_SYMBOL_CODES = {
    '"': "unclosed-quote", "/": "bad-length", "-": "stray-tie", "+": "old-chord", "!": "stray-bang",
    ">": "broken-rhythm-without-note", "<": "broken-rhythm-without-note", "}": "stray-close",
    "|": "bad-bar-line", ":": "bad-bar-line", "]": "bad-bar-line",
} | dict.fromkeys("#*;?@", "reserved-character")  # fmt: skip


def diagnose(resolved: Resolved, offset: int | None) -> Diagnostic:
    """Say what is wrong where the text stops being ABC; None stands for a line that is empty."""
    if offset is None:
        line = resolved.empty_lines[0]
        return _diagnostic("empty-line", "", Span(line, 1, line, 1))
    code, start, end = _classify(resolved.text, min(offset, len(resolved.text)))
    line, column = resolved.place(start)
    end_line, end_column = resolved.place(max(start, end - 1))
    found = resolved.text[start:end].strip()
    return _diagnostic(code, found, Span(line, column, end_line, end_column + 1))


def too_long(characters: int, line: int) -> Diagnostic:
    """The diagnostic of a text of which no tree is built; `line` is the line that it begins at."""
    return _diagnostic("too-long", f"{characters:,}", Span(line, 1, line, 1))


def _diagnostic(code: str, found: str, span: Span) -> Diagnostic:
    explanation = SYNTAX_ERRORS[code]
    shown = found if len(found) <= 40 else found[:37] + "..."
    message = explanation.message.replace("{found}", f"`{shown}`" if shown else "nothing")
    return Diagnostic(code, "parseable", "error", message, explanation.help, span)


def _classify(text: str, offset: int) -> tuple[str, int, int]:
    """The code, and the stretch of resolved text that it is about."""
    if not text.strip():
        return "no-tune", 0, 0
    if offset == len(text):
        return "no-key", offset - 1, offset
    line_start = text.rfind("\n", 0, offset) + 1
    line_end = text.find("\n", offset)
    in_header = "\nK:" not in text[:offset]
    field = _FIELD.match(text, line_start)
    if field and field[1] in _FIELD_CODES:
        return _FIELD_CODES[field[1]], line_start, line_end
    if in_header:
        return "text-in-header", line_start, line_end
    return _classify_music(text, line_start, offset)


def _classify_music(text: str, line_start: int, offset: int) -> tuple[str, int, int]:
    before, char = text[line_start:offset], text[offset]
    opened = _left_open(before)
    if opened is not None:
        start = line_start + opened
        return _code_of_open(text, start), start, start + 1
    if len(before) == 1 and _BODY_FIELD_LETTER.match(before):
        return "unknown-letter", line_start, offset  # it could still have been a field
    bare = before.rstrip(" \t-")
    if bare.endswith((">", "<")):
        return "broken-rhythm-without-note", line_start + len(bare) - 1, line_start + len(bare)
    if char.isdigit():
        return _code_of_number(before), offset, _end_of(r"[0-9]+", text, offset)
    if before.endswith(("/", "^", "=", "_")):
        return "bad-length" if before.endswith("/") else "stray-accidental", offset - 1, offset
    if char in _SYMBOL_CODES:
        return _SYMBOL_CODES[char], offset, offset + 1
    if char.isascii() and char.isalpha():
        return "unknown-letter", offset, offset + 1
    return "unexpected-character", offset, offset + 1


_OPENERS = {'"': '"', "[": "]", "{": "}", "!": "!"}


def _left_open(before: str) -> int | None:
    """Where the quote, chord, grace group or decoration begins that this piece of a line leaves open.

    A quote hides what is in it; a chord or a grace group may hold quotes, and a grace group chords.
    """
    opened: list[int] = []
    for index, char in enumerate(before):
        inner = before[opened[-1]] if opened else ""
        if inner in ('"', "!"):
            if char == inner:
                opened.pop()
        elif inner and char == _OPENERS[inner]:
            opened.pop()
        elif char in '"!{' or (char == "[" and _opens_chord(before, index)):
            opened.append(index)
    return opened[-1] if opened else None


def _opens_chord(before: str, index: int) -> bool:
    """A bracket that is part of a bar line, as in `[|` or `|[1`, opens nothing."""
    return (
        before[index + 1 : index + 2] not in ("|", ":", "]")
        and not before[index + 1 : index + 2].isdigit()
    )


def _code_of_open(text: str, start: int) -> str:
    if text[start] == "[" and _FIELD.match(text, start + 1):
        return "unclosed-field"
    return {
        '"': "unclosed-quote", "{": "unclosed-grace", "!": "stray-bang", "[": "unclosed-chord",
    }[text[start]]  # fmt: skip


def _code_of_number(before: str) -> str:
    behind_bar_line = before.rstrip(" \t")[-1:] in ("|", ":", "]") and before != before.rstrip(
        " \t"
    )
    return "detached-volta" if behind_bar_line else "stray-number"


def _end_of(pattern: str, text: str, offset: int) -> int:
    match = re.compile(pattern).match(text, offset)
    return match.end() if match else offset + 1
