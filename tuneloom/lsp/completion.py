"""What may be written at a place: fields, their common values, decorations, and codes to ignore."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from lsprotocol.types import (
    CompletionItem,
    CompletionItemKind,
    Position,
    Range,
    TextEdit,
)

from tuneloom.grammar.checking.levels import all_codes
from tuneloom.grammar.checking.pages import summary
from tuneloom.grammar.source.segments import key_line, split_music
from tuneloom.lsp.open_book import OpenBook
from tuneloom.lsp.vocabulary import COMMON_VALUES, DECORATIONS, FIELDS

__all__ = ["TRIGGERS", "completions"]

TRIGGERS = ("!", ":", "[", '"', " ", ",")
"""The characters after which an editor asks for completions by itself."""

_IGNORE = re.compile(r"%\s*tuneloom:\s*ignore\s+(?:[^\s,]+[\s,]+)*(?P<begun>[^\s,]*)$")
_FIELD = re.compile(r"^(?P<letter>[A-Za-z]):[ \t]*(?P<begun>[^%]*)$")
_INLINE = re.compile(r"\[(?P<letter>[A-Za-z]):(?P<begun>[^\]]*)$")
_INLINE_LETTERS = "IKLMNPQRrUVm"
_RHYTHM = re.compile(r"^R:[ \t]*([^\n%]*[^\s%])", re.MULTILINE)
_CHORD = re.compile(r'"([A-G][^"^_<>@\n]{0,8})"')


def completions(open_book: OpenBook, position: Position) -> list[CompletionItem]:
    """What may be written at a place, given what is before it on the line."""
    line, column = open_book.lines.place(position)
    before = open_book.lines.line(line - 1).removeprefix("\ufeff")[: column - 1]
    items: Iterable[CompletionItem]
    if ignoring := _IGNORE.search(before):
        begun, items = ignoring["begun"], _codes()
    elif "%" in before:
        return []
    elif field := _FIELD.match(before) or _INLINE.search(before):
        begun, items = field["begun"], _field_values(open_book, field["letter"])
    elif before == "" or (len(before) == 1 and before.isalpha()):
        begun, items = before, _fields(open_book, line)
    else:
        begun, items = _begun_in_music(open_book, before)
    start = open_book.lines.position(line, column - len(begun))
    return [_with_edit(item, Range(start, position)) for item in items]


def _with_edit(item: CompletionItem, span: Range) -> CompletionItem:
    """The item, with the text that it replaces: a word of ABC is not a word to an editor."""
    text = item.insert_text or item.label
    item.text_edit, item.insert_text = TextEdit(span, text), None
    item.filter_text = text
    return item


def _codes() -> Iterator[CompletionItem]:
    for code in sorted(all_codes()):
        yield CompletionItem(code, kind=CompletionItemKind.EnumMember, detail=summary(code))


def _fields(open_book: OpenBook, line: int) -> Iterator[CompletionItem]:
    """The fields that may begin a line of the header or of the body."""
    tune = open_book.tune_at(line) or open_book.tune_at(line - 1)
    in_body = tune is not None and line > tune.line + key_line(tune.text.split("\n"))
    for letter, word in FIELDS.items():
        if word.in_body or not in_body:
            yield CompletionItem(
                f"{letter}:",
                kind=CompletionItemKind.Field,
                detail=word.meaning,
                documentation=f"Such as {word.example}",
            )


def _field_values(open_book: OpenBook, letter: str) -> Iterator[CompletionItem]:
    """Values that the document has already, and common ones."""
    text = open_book.lines.text
    values = COMMON_VALUES.get(letter, ())
    if letter == "R":
        values = _by_count(_RHYTHM.findall(text), values)
    return _ordered_items(values, CompletionItemKind.Value)


def _begun_in_music(open_book: OpenBook, before: str) -> tuple[str, Iterable[CompletionItem]]:
    """After an open `!` decorations, after an open quote chord symbols in use, after `[` fields."""
    rest = split_music(before)[-1]
    mark = max(rest.rfind(sign) for sign in '!"[')
    if mark < 0:
        return "", ()
    begun, sign = rest[mark + 1 :], rest[mark]
    if sign == "!":
        return begun, [
            CompletionItem(
                name, kind=CompletionItemKind.Keyword, detail=meaning, insert_text=f"{name}!"
            )
            for name, meaning in DECORATIONS.items()
        ]
    if sign == '"':
        chords = _by_count(_CHORD.findall(open_book.lines.text))
        return begun, _ordered_items(chords, CompletionItemKind.Constant, after='"')
    if len(begun) > 1:  # a chord, more likely
        return "", ()
    return begun, [
        CompletionItem(f"{letter}:", kind=CompletionItemKind.Field, detail=FIELDS[letter].meaning)
        for letter in _INLINE_LETTERS
    ]


def _by_count(found: Iterable[str], others: Iterable[str] = ()) -> tuple[str, ...]:
    """The values found, the most frequent first, and then the others."""
    counted = [value for value, _ in Counter(found).most_common()]
    return tuple(dict.fromkeys([*counted, *others]))


def _ordered_items(
    values: Iterable[str], kind: CompletionItemKind, after: str = ""
) -> Iterator[CompletionItem]:
    """Items that an editor keeps in this order."""
    for number, value in enumerate(values):
        yield CompletionItem(
            value, kind=kind, sort_text=f"{number:03}", insert_text=f"{value}{after}"
        )
