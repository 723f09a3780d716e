"""Why a text stops being ABC, in a musician's words: from an offset to a diagnostic with code and help."""

from __future__ import annotations

import re

from tuneloom.grammar.diagnostics.diagnostic import Diagnostic, Span
from tuneloom.grammar.diagnostics.explanations import SYNTAX_ERRORS
from tuneloom.grammar.diagnostics.foreign_text import (
    END_LINE,
    FIELDS_ON_ONE_LINE,
    MARKUP,
    field_after_key,
    has_words,
    prose_at,
    reads_as_music,
)
from tuneloom.grammar.source.resolver import Resolved
from tuneloom.grammar.source.segments import split_header

__all__ = ["diagnose", "diagnose_orphan", "too_long"]

_FIELD_CODES = {
    "M": "bad-meter",
    "L": "bad-unit-note-length",
    "Q": "bad-tempo",
    "K": "bad-key",
}
_FIELD = re.compile(r"([A-Za-z]):")
_FIELD_OR_DIRECTIVE = re.compile(r"[A-Za-z]:|%%")
# Letters that name a field at the beginning of a line and have no meaning in music.
_FIELD_LETTER = re.compile(r"[I-KNQRUVWh-tw]")
_FIELD_IN_MUSIC = re.compile(r"[H-Wh-w]:(?![|:\[\]])")
_SPACED_NAME = re.compile(r"(?=[^ \t]*[ \t])[ \t]*[A-Za-z][\w.]*(?:[ \t]+[\w.]+)*[ \t]*")
_QUOTE = re.compile(r'(?<!\\)"')
# What music never has outside quoted text, decorations and fields.
_NEVER_MUSIC = re.compile(r"[^\n -~\t]|[#*;?@\\+I-KNQRUVWh-tw]")
_TUPLET = re.compile(r"\([2-9](?![0-9])[:0-9]*[ \t]*$")
# A tuplet of one note or of ten and more needs its q.
_TUPLET_WITHOUT_TIME = re.compile(r"\([1-9][0-9]*:?[ \t]*$")
_OPEN_VOLTA = re.compile(r"[|:\[\]]([0-9]+(?:[,\-][0-9]+)*[,\-])$")
_TUPLET_NUMBERS = re.compile(r"\([0-9]+(?P<more>[ \t:][ \t0-9:]*)?$")
_DETACHED = re.compile(r"[|:\[\]][ \t]+$")
_TO_BRACKET = re.compile(r"[^|\n\[\]]*\]")
_BRACKETS_AT_END = re.compile(r"[|:\[\]]+$")
_BAR_LINE = re.compile(r".*\|.*|:+\]?|\[\]")
_SYMBOL_CODES = {
    '"': "unclosed-quote", "/": "bad-length", "-": "stray-tie", "+": "old-chord", "!": "stray-bang",
    ">": "broken-rhythm-without-note", "<": "broken-rhythm-without-note", "}": "stray-close",
    "|": "bad-bar-line", ":": "bad-bar-line", "]": "bad-bar-line", "\\": "stray-backslash",
    ",": "stray-octave-mark", "'": "stray-octave-mark",
} | dict.fromkeys("#*;?@", "reserved-character")  # fmt: skip


def diagnose(resolved: Resolved, offset: int | None) -> Diagnostic:
    """Say what is wrong at the offset where the text stops being ABC; None means an empty line."""
    if offset is None:
        line = resolved.empty_lines[0]
        return _diagnostic("empty-line", "", Span(line, 1, line, 1))
    offset = min(offset, len(resolved.text))
    unpaired = _unpaired_quote(resolved, offset)
    decoration = _spaced_decoration(resolved, offset)
    if unpaired is not None:
        code, start, end = "unclosed-quote", unpaired, unpaired + 1
    elif decoration:
        code, start, end = "decoration-blank", *decoration
    elif joined := _joined_field(resolved, offset):
        code, start, end = "field-after-key", *joined
    else:
        code, start, end = _classify(resolved.text, offset)
    line, column = resolved.place(start)
    end_line, end_column = resolved.place(max(start, end - 1))
    found = "".join(
        "!" if char == "$" and resolved.is_replaced(index) else char
        for index, char in enumerate(resolved.text[start:end], start)
    ).strip()
    return _diagnostic(code, found, Span(line, column, end_line, end_column + 1))


def too_long(characters: int, line: int) -> Diagnostic:
    """The diagnostic of a text of which no tree is built; `line` is the line that it begins at."""
    return _diagnostic("too-long", f"{characters:,}", Span(line, 1, line, 1))


def diagnose_orphan(text: str, line: int) -> Diagnostic:
    """The diagnostic of music or fields that belong to no tune; `line` is the line that they begin at."""
    first = text.partition("\n")[0]
    begin = len(first) - len(first.lstrip())
    code = "orphan-field" if _FIELD_OR_DIRECTIVE.match(first) else "orphan-music"
    return _diagnostic(code, first.strip(), Span(line, begin + 1, line, len(first.rstrip()) + 1))


def _diagnostic(code: str, found: str, span: Span) -> Diagnostic:
    explanation = SYNTAX_ERRORS[code]
    shown = found if len(found) <= 40 else found[:37] + "..."
    if code == "no-key":
        what = "this line" if shown else "the end of the tune"
    else:
        what = f"`{shown}`" if shown else "the end of the line"
    message = explanation.message.replace("{found}", what)
    return Diagnostic(code, "parseable", "error", message, explanation.help, span)


def _classify(text: str, offset: int) -> tuple[str, int, int]:
    """The code, and the stretch of resolved text that it is about."""
    if not text.strip():
        return "no-tune", 0, 0
    if fields := FIELDS_ON_ONE_LINE.match(text):
        return "fields-on-one-line", fields.end(), text.find("\n")
    if offset == len(text):
        return "no-key", offset - 1, offset
    line_start = text.rfind("\n", 0, offset) + 1
    line_end = text.find("\n", offset)
    if line := _classify_line(text, line_start, line_end, offset):
        return line
    return _classify_music(text, line_start, offset)


def _classify_line(
    text: str, line_start: int, line_end: int, offset: int
) -> tuple[str, int, int] | None:
    """What is wrong with a whole line: a field, or anything in the header."""
    if fields := FIELDS_ON_ONE_LINE.match(text, line_start):
        return "fields-on-one-line", fields.end(), line_end
    field = _FIELD.match(text, line_start)
    if field and field[1] in _FIELD_CODES:
        return _FIELD_CODES[field[1]], line_start, line_end
    in_header = offset < len(split_header(text)[0])
    if in_header:
        line = text[line_start:line_end]
        has_key = "\nK:" in text
        is_music = reads_as_music(line) and ("|" in line or not has_key)
        return "no-key" if is_music else "text-in-header", line_start, line_end
    if field_after_key(text, line_start, offset):
        return "field-after-key", line_start, line_end
    return None


def _joined_field(resolved: Resolved, offset: int) -> tuple[int, int] | None:
    """A field of the header that a continuation of the line before makes music."""
    text = resolved.text
    if offset >= len(text) or offset < len(split_header(text)[0]):
        return None
    start, end = resolved.source_line(offset)
    is_joined = start > text.rfind("\n", 0, offset) + 1
    return (start, end) if is_joined and field_after_key(text, start, offset) else None


def _spaced_decoration(resolved: Resolved, offset: int) -> tuple[int, int] | None:
    """The words between two `!` among which the text stops; each `!` became a line break of the score."""
    text = resolved.text
    line_start, line_end = text.rfind("\n", 0, offset) + 1, text.find("\n", offset)
    start = text.rfind("$", line_start, offset)
    if start < 0 or not resolved.is_replaced(start):
        return None
    end = text.find("$", offset, line_end)
    end = line_end if end < 0 else end
    name = _SPACED_NAME.fullmatch(text, start + 1, end)
    return (start, min(end + 1, line_end)) if name and has_words(name[0]) else None


def _unpaired_quote(resolved: Resolved, offset: int) -> int | None:
    """The last quote of a source line that has an odd number of them, if lines joined to it follow.

    In one long line each quote would pair with the wrong one, and the error would seem far from its cause.
    """
    start = resolved.text.rfind("\n", 0, offset) + 1
    last_line, _ = resolved.place(offset)
    if resolved.place(start)[0] == last_line:
        return None
    quotes: dict[int, list[int]] = {}
    for match in _QUOTE.finditer(resolved.text, start, offset):
        quotes.setdefault(resolved.place(match.start())[0], []).append(match.start())
    unpaired = (found[-1] for line, found in quotes.items() if line < last_line and len(found) % 2)
    return next(unpaired, None)


def _classify_music(text: str, line_start: int, offset: int) -> tuple[str, int, int]:
    before, char = text[line_start:offset], text[offset]
    opened, after_closed = _left_open(before)
    if opened is None and (brackets := _stray_brackets(before, after_closed)):
        code, start, end = brackets
        return code, line_start + start, line_start + end
    if opened is not None and before[opened] in ('"', "!"):
        return (
            _code_of_open(text, line_start + opened),
            line_start + opened,
            line_start + opened + 1,
        )
    if opened is not None and (inline := _inline_field(text, line_start + opened, offset)):
        return inline
    if markup := _markup_at(text, line_start, offset):
        return "html", *markup
    if words := prose_at(text, line_start, offset):
        return "text-in-music", *words
    if len(before) == 1 and _FIELD_LETTER.match(before):
        return "unknown-letter", line_start, offset  # it could still have been a field
    if field := _field_in_music(text, line_start, offset):
        return "field-in-music", *field
    if _NEVER_MUSIC.match(char):
        return _code_of_character(char), offset, offset + 1
    if tuplet := _bad_tuplet(text, line_start, offset):
        return "bad-tuplet", *tuplet
    if char.isdigit() and _DETACHED.search(before):
        return "detached-volta", offset, _end_of(r"[0-9]+", text, offset)
    if opened is not None:
        return _classify_open(text, line_start + opened, offset)
    return _classify_notes(text, line_start, offset)


def _inline_field(text: str, start: int, offset: int) -> tuple[str, int, int] | None:
    """A bracket and a field in it whose value is wrong, or which never closes."""
    field = _FIELD.match(text, start + 1)
    if text[start] != "[" or field is None:
        return None
    closed = _TO_BRACKET.match(text, offset)
    if closed and field[1] in _FIELD_CODES:
        return _FIELD_CODES[field[1]], start, closed.end()
    return "unclosed-field", start, start + 1


def _bad_tuplet(text: str, line_start: int, offset: int) -> tuple[int, int] | None:
    """The numbers of a tuplet such as `(3:0` or `(3: 2`, where another character of them is none."""
    match = _TUPLET_NUMBERS.search(text[line_start:offset])
    char = text[offset]
    if match is None or char not in "0123456789:-" or not (match["more"] or char == "0"):
        return None
    return line_start + match.start(), _end_of("[0-9:-]+", text, offset)


def _markup_at(text: str, line_start: int, offset: int) -> tuple[int, int] | None:
    line_end = text.find("\n", offset)
    if END_LINE.fullmatch(text, line_start, line_end):
        return line_start, line_end
    tags = (match.span() for match in MARKUP.finditer(text, line_start, line_end))
    return next((tag for tag in tags if tag[0] <= offset <= tag[1]), None)


def _classify_notes(text: str, line_start: int, offset: int) -> tuple[str, int, int]:
    """What is wrong outside chords, grace notes and quoted text, where the character itself is music."""
    before, char = text[line_start:offset], text[offset]
    bare = before.rstrip(" \t-")
    if bare.endswith((">", "<")):
        return "broken-rhythm-without-note", line_start + len(bare) - 1, line_start + len(bare)
    if tuplet := _TUPLET.search(before):
        return "tuplet-without-note", line_start + tuplet.start(), offset
    if tuplet := _TUPLET_WITHOUT_TIME.search(before):
        return "bad-tuplet", line_start + tuplet.start(), offset
    if volta := _OPEN_VOLTA.search(before):
        return "bad-volta", line_start + volta.start(1), offset
    if before.endswith(("^", "=", "_")):
        return "stray-accidental", offset - 1, offset
    if char == "/" and not before[-1:].isdigit():
        return "stray-number", offset, _end_of(r"[0-9/]+", text, offset)
    if char.isdigit():
        slashes = len(before) - len(before.rstrip("/"))
        code = "bad-length" if slashes else "stray-number"
        return code, offset - slashes, _end_of(r"[0-9/]+", text, offset)
    return _code_of_character(char), offset, offset + 1


def _classify_open(text: str, start: int, offset: int) -> tuple[str, int, int]:
    """A chord or grace notes that hold what they cannot hold, or that never close."""
    closes = re.compile(r"[^|\n{]*\}" if text[start] == "{" else r"[^|\n\[]*\]").match(text, offset)
    if not closes:
        return _code_of_open(text, start), start, start + 1
    return ("bad-grace" if text[start] == "{" else "bad-chord"), offset, offset + 1


def _field_in_music(text: str, line_start: int, offset: int) -> tuple[int, int] | None:
    """A letter and a colon, such as `M:`, if the text stops at one of the two."""
    for start in (offset - 1, offset):
        if start >= line_start and _FIELD_IN_MUSIC.match(text, start):
            return start, start + 2
    return None


def _code_of_character(char: str) -> str:
    if char.isascii() and char.isalpha():
        return "unknown-letter"
    return _SYMBOL_CODES.get(char, "unexpected-character")


_OPENERS = {'"': '"', "[": "]", "{": "}", "!": "!"}


def _stray_brackets(before: str, after_closed: int) -> tuple[str, int, int] | None:
    """The brackets before the error that are no bar line and, after the last group, close nothing."""
    found = _BRACKETS_AT_END.search(before, after_closed)
    if found is None or _BAR_LINE.fullmatch(found[0]):
        return None
    bracket = found[0].find("]")
    if bracket < 0:
        return "bad-bar-line", found.start(), found.end()
    return "stray-close", found.start() + bracket, found.start() + bracket + 1


def _left_open(before: str) -> tuple[int | None, int]:
    """Where the quote, chord, grace group or decoration begins that this piece of a line leaves open.

    A quote and a field hide what is in them; a chord or a grace group may hold quotes, and a grace group
    chords. The second number is where the last group that was closed ends.
    """
    opened: list[int] = []
    after_closed = 0
    for index, char in enumerate(before):
        inner = before[opened[-1]] if opened else ""
        if inner in ('"', "!") or (inner == "[" and _FIELD.match(before, opened[-1] + 1)):
            if char == _OPENERS[inner]:
                opened.pop()
                after_closed = index + 1
        elif inner and char == _OPENERS[inner]:
            opened.pop()
            after_closed = index + 1
        elif char in '"!{' or (char == "[" and _opens_chord(before, index)):
            opened.append(index)
    return opened[-1] if opened else None, after_closed


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


def _end_of(pattern: str, text: str, offset: int) -> int:
    match = re.compile(pattern).match(text, offset)
    return match.end() if match else offset + 1
