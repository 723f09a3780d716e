"""Which tunes are wanted: conditions on their headers, all of which must hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from functools import cache

from msgspec import Struct

from tuneloom.grammar.canonical.elements import canonical_meter
from tuneloom.grammar.editing.ordering import folded_text
from tuneloom.grammar.editing.tune_facts import TuneFacts, header_facts, key_name
from tuneloom.grammar.errors import UsageError
from tuneloom.grammar.tune.key import parse_key

__all__ = ["QUERY_FIELDS", "Condition", "condition", "is_wanted", "parse_query"]

Condition = Callable[[TuneFacts], bool]

# Section 3 of ABC 2.1: the fields of text, which are searched for words.
_TEXT_FIELDS = {
    "title": "T", "composer": "C", "origin": "O", "area": "A", "source": "S", "book": "B",
    "discography": "D", "group": "G", "history": "H", "notes": "N", "transcription": "Z",
}  # fmt: skip
QUERY_FIELDS = ("number", "title", "rhythm", "key", "meter", *list(_TEXT_FIELDS)[1:])

_TERM = re.compile(r'(?P<field>[a-z]+):(?:"(?P<quoted>[^"]*)"|(?P<plain>[^\s"]+))(?=\s|$)')
_RANGE = re.compile(r"([0-9]{1,18})(?:-([0-9]{1,18}))?")


def parse_query(query: str) -> Iterator[Condition]:
    """The conditions of a query: `field:value` terms, each of which `not` may turn round.

    Raises:
        UsageError: it is no such query, or names an unknown field.
    """
    position, negated = 0, False
    query = query.strip()
    if not query:
        raise UsageError("--query: it is empty; write, for example, rhythm:reel not key:D")
    while position < len(query):
        if word := re.compile(r"not\s+").match(query, position):
            negated, position = not negated, word.end()
            continue
        term = _TERM.match(query, position)
        if term is None:
            found = query[position:].split()[0]
            raise UsageError(
                f'--query: `{found}` is no term; write field:value or field:"two words", '
                "and `not` before it to leave tunes out"
            )
        holds = condition(term["field"], term["plain"] or term["quoted"] or "", "--query")
        yield _negated(holds) if negated else holds
        negated = False
        position = term.end() + len(query[term.end() :]) - len(query[term.end() :].lstrip())


def is_wanted(query: str, text: str, file_header: str = "") -> bool:
    """Whether a query holds for a tune; an empty one does.

    Raises:
        UsageError: it is no query.
    """
    if not query:
        return True
    facts = header_facts(text, file_header)
    return all(holds(facts) for holds in _conditions_of(query))


@cache
def _conditions_of(query: str) -> tuple[Condition, ...]:
    return tuple(parse_query(query))


def condition(field: str, value: str, option: str) -> Condition:
    """The condition that a field has a value; `option` is for messages.

    Raises:
        UsageError: there is no such field, or it cannot have such a value.
    """
    if field not in QUERY_FIELDS:
        raise UsageError(f"{option}: `{field}` is none of {', '.join(QUERY_FIELDS)}")
    if not value.strip():
        raise UsageError(f"{option}: {field} needs a value")
    if field in _TEXT_FIELDS:
        return _has_text(_TEXT_FIELDS[field], folded_text(value))
    alternatives = [each.strip() for each in value.split(",")]
    match field:
        case "number":
            return _is_numbered([_range_of(each, option) for each in alternatives])
        case "rhythm":
            return _has_rhythm([folded_text(each) for each in alternatives])
        case "key":
            return _is_in_key({_known_key(each, option) for each in alternatives})
    return _has_meter({canonical_meter(each) for each in alternatives})


class _NumberRange(Struct, frozen=True):
    """Numbers from `first` to `last`, which are both in it."""

    first: int
    last: int


def _range_of(text: str, option: str) -> _NumberRange:
    match = _RANGE.fullmatch(text)
    if match is None or int(match[2] or match[1]) < int(match[1]):
        raise UsageError(f"{option}: `{text}` is no number and no range such as 7-12")
    return _NumberRange(int(match[1]), int(match[2] or match[1]))


def _known_key(text: str, option: str) -> str:
    name = key_name(parse_key(text))
    if name == "none" and text.lower() != "none":
        raise UsageError(f"{option}: `{text}` is no key such as D, Em, Ador or none")
    return name


def _is_numbered(ranges: list[_NumberRange]) -> Condition:
    def holds(facts: TuneFacts) -> bool:
        number = facts.number
        return number is not None and any(each.first <= number <= each.last for each in ranges)

    return holds


def _has_text(letter: str, text: str) -> Condition:
    return lambda facts: any(text in folded_text(value) for value in facts.values.get(letter, ()))


def _has_rhythm(patterns: list[str]) -> Condition:
    return lambda facts: any(
        fnmatchcase(folded_text(facts.rhythm), pattern) for pattern in patterns
    )


def _is_in_key(keys: set[str]) -> Condition:
    return lambda facts: facts.key in keys


def _has_meter(meters: set[str]) -> Condition:
    return lambda facts: facts.meter in meters


def _negated(holds: Condition) -> Condition:
    return lambda facts: not holds(facts)
