"""The order of tunes as an index has it, and a book with its tunes in another order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from tuneloom.grammar.editing.book_sections import BookSections
from tuneloom.grammar.editing.byte_lines import byte_lines
from tuneloom.grammar.editing.edited_book import EditedBook, check_read_again
from tuneloom.grammar.editing.tune_facts import TuneFacts, header_facts
from tuneloom.grammar.source.charset import byte_order_mark
from tuneloom.grammar.tune.key import split_key

__all__ = ["SORT_FIELDS", "SortField", "folded_text", "sort_book", "sort_key", "title_key"]

SortField = Literal["title", "rhythm", "meter", "key", "number"]
SORT_FIELDS: tuple[SortField, ...] = ("title", "rhythm", "meter", "key", "number")

_ARTICLE_BEFORE = re.compile(r"(?:the|an?) +(?=.)")
_ARTICLE_AFTER = re.compile(r", *(?:the|an?)$")
_APOSTROPHES = re.compile("['’‘`´ʼ]")
_TOKEN = re.compile(r"[0-9]+|[^\W0-9_]+")
_MODES = ("", "m", "dor", "mix", "phr", "lyd", "loc", "exp")
# Letters of Latin alphabets that Unicode does not take apart.
_LETTERS = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ð": "d", "đ": "d", "þ": "th", "ł": "l", "ı": "i"}
)

_Token = tuple[int, int, str]
_Key = tuple[object, ...]


def sort_book(sections: BookSections, fields: Sequence[SortField]) -> EditedBook:
    """A book sorted by some fields, the first of them first; tunes that are equal in all stay in order.

    Raises:
        UsageError: text between the tunes would change its meaning.
    """
    book = sections.book
    facts = [header_facts(section.tune.text, book.header) for section in sections.tunes]
    order = sorted(
        range(len(facts)), key=lambda index: [sort_key(facts[index], each) for each in fields]
    )
    data = _reordered(sections, order)
    texts = (tune.text for tune in book.tunes)
    check_read_again(data, book.charset, book.header, texts, book.orphans)
    return EditedBook(data, book.charset)


def sort_key(facts: TuneFacts, by: SortField) -> tuple[bool, _Key]:
    """What tunes are sorted by; those that lack it come last."""
    key = _KEYS[by](facts)
    return not key, key


def title_key(title: str) -> tuple[_Token, ...]:
    """A title without articles, accents, case and signs, with its numbers as numbers: `2nd` before `10th`."""
    folded = _ARTICLE_AFTER.sub("", _ARTICLE_BEFORE.sub("", folded_text(title).strip(), count=1))
    return _tokens(folded)


def folded_text(text: str) -> str:
    """A text without accents and case."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in apart if not unicodedata.combining(char)).translate(_LETTERS)


def _tokens(text: str) -> tuple[_Token, ...]:
    """The words and numbers of a text, numbers first and by their value."""
    return tuple(
        (0, len(number), number) if number else (1, 0, word)
        for word in _TOKEN.findall(_APOSTROPHES.sub("", text))
        for number in [(word.lstrip("0") or "0") if word[0] in "0123456789" else ""]
    )


def _order_of_key(facts: TuneFacts) -> _Key:
    tonic = split_key(facts.key)[0]
    if not tonic:
        return ()
    mode = facts.key[len(tonic) :]
    return tonic[0], "b #".index(tonic[1:] or " "), _MODES.index(mode)


def _order_of_meter(facts: TuneFacts) -> _Key:
    return () if facts.meter == "none" else _tokens(facts.meter)


_KEYS: Mapping[SortField, Callable[[TuneFacts], _Key]] = {
    "title": lambda facts: title_key(facts.title),
    "rhythm": lambda facts: _tokens(folded_text(facts.rhythm)),
    "meter": _order_of_meter,
    "key": _order_of_key,
    "number": lambda facts: () if facts.number is None else (facts.number,),
}


def _reordered(sections: BookSections, order: Sequence[int]) -> bytes:
    """The bytes of a book with its tunes in another order; what separates them stays in place.

    An empty line is added between new neighbours that need one, and above text that would otherwise become
    the file header.
    """
    tunes, end = sections.tunes, sections.line_end
    above = sections.header + sections.opening
    parts = [above]
    if order and order[0] != 0 and not tunes[order[0]].begins_with_number:
        charset = sections.book.charset
        is_separated = above != byte_order_mark(above) and byte_lines(above, charset)[-1].is_empty
        parts += [] if is_separated else [end]
    for place, index in enumerate(order):
        gap = tunes[place].gap
        parts += [tunes[index].whole, gap]
        following = order[place + 1] if place + 1 < len(order) else index
        are_as_found = place == index and following == index + 1
        if following == index or are_as_found or tunes[following].begins_with_number:
            continue
        is_separated = len(byte_lines(gap, sections.book.charset)) > 1
        parts += [] if is_separated else [end]
    return b"".join([*parts, sections.closing])
