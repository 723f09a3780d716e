"""The canonical spelling of each token of resolved text, for the formatter."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import lru_cache

from tuneloom.grammar.canonical.elements import spell_length
from tuneloom.grammar.parsing.nodes import Token
from tuneloom.grammar.parsing.tokens import token_groups
from tuneloom.grammar.tune.durations import parse_length, tuplet_time
from tuneloom.grammar.tune.key import parse_key, split_key
from tuneloom.grammar.tune.pitch import (
    ACCIDENTAL_PATTERN,
    PITCH_PATTERN,
    degree_of,
    spell_degree,
)

__all__ = ["ENDING_TOUCHES", "spell_chord_tokens", "spell_token"]

_NOTE = re.compile(rf"({ACCIDENTAL_PATTERN})?({PITCH_PATTERN})([0-9/]*)(.*)")
_TIMED = re.compile(r"([zxZX])([0-9/]*)(.*)")
_CHORD_END = re.compile(r"\]([0-9/]*)(.*)")
_QUOTED = re.compile(r'("[^"]*")')
_TUPLET = re.compile(r"(\.?)\(([1-9][0-9]*)(?::([0-9]*))?(?::([0-9]*))?$")
_BAR_LINE = re.compile(r"(.*?)([0-9][0-9,\-]*)?$")
# Bar lines that look the same, with the spelling in the standard's list on the right. The variants with
# colons, such as `||:`, keep their spelling: abc2midi finds other sections between them.
_SAME_BAR_LINE = {"||]": "|]"}
# The bar lines that the number of an ending touches (4.9); after any other it keeps its bracket.
ENDING_TOUCHES = ("|", ":|")
# p of the tuplets whose q does not depend on the metre.
_FIXED_TUPLETS = frozenset({2, 3, 4, 6, 8})


def spell_token(token: Token) -> str:
    """The spelling of a token by itself, without the line feed of a field."""
    text = token.rstrip("\n")
    spell = _SPELLINGS.get(token.type)
    return spell(text) if spell else text


def spell_chord_tokens(
    tokens: Sequence[Token], keeps_lengths: bool = False
) -> Iterator[tuple[Token, str]]:
    """The tokens of one chord: a length or a tie that all notes share is written after the chord (4.17).

    With `keeps_lengths` lengths stay inside the chord or after it, wherever they are.
    """
    notes = [token_groups(_NOTE, str(token)) for token in tokens if token.type == "NOTE"]
    outer, tail = token_groups(_CHORD_END, str(tokens[-1]))
    lengths = {parse_length(note[2]) for note in notes}
    same = lengths.pop() if len(lengths) == 1 and not keeps_lengths else None
    outside = parse_length(outer)
    factor = Fraction(1) if keeps_lengths else outside
    tails = [_close_up_tail(note[3]) for note in notes]
    tied = all(inner == "-" for inner in tails)
    for token in tokens[:-1]:
        if token.type == "SPACE":
            yield token, ""
        elif token.type == "NOTE":
            accidental, pitch, length, inner = token_groups(_NOTE, str(token))
            inside = Fraction(1) if same else parse_length(length) * factor
            ending = "" if tied else _close_up_tail(inner)
            yield token, accidental + spell_degree(degree_of(pitch)) + spell_length(inside) + ending
        else:
            yield token, spell_token(token)
    length = spell_length(same * outside) if same else spell_length(outside / factor)
    ending = _close_up_tail(tail)
    yield tokens[-1], f"]{length}{ending}{'-' if tied and '-' not in ending else ''}"


@lru_cache(maxsize=16384)
def _spell_note_token(text: str) -> str:
    accidental, pitch, length, tail = token_groups(_NOTE, text)
    return (
        accidental
        + spell_degree(degree_of(pitch))
        + spell_length(parse_length(length))
        + _close_up_tail(tail)
    )


def _close_up_tail(tail: str) -> str:
    """Closing slurs and a tie, without the blanks before the tie."""
    return "".join(tail.split())


def _spell_rest_token(text: str) -> str:
    letter, length, tail = token_groups(_TIMED, text)
    return letter + spell_length(parse_length(length)) + tail


def _spell_arrows(text: str) -> str:
    """The tie is written after its note, and one blank stays where there was one."""
    arrows = text.strip(" \t-")
    before, after = text[0] in " \t", text[-1] in " \t"
    return f"{'-' if '-' in text else ''}{' ' * before}{arrows}{' ' * after}"


def _spell_tuplet_token(text: str) -> str:
    """`(3` where q and r are the defaults, else all three numbers."""
    match = _TUPLET.match(text)
    if match is None or int(match[2]) not in _FIXED_TUPLETS:
        return text
    p = int(match[2])
    q, r = int(match[3] or tuplet_time(p, "")), int(match[4] or p)
    return f"{match[1]}({p}" if (q, r) == (tuplet_time(p, ""), p) else f"{match[1]}({p}:{q}:{r}"


@lru_cache(maxsize=1024)
def _spell_bar_line_token(text: str) -> str:
    bars, volta = token_groups(_BAR_LINE, text)
    if not volta:
        return _SAME_BAR_LINE.get(text, text)
    plain = bars.removesuffix("[")
    return (plain if plain in ENDING_TOUCHES else bars) + volta


def _close_up(text: str) -> str:
    return "".join(text.split())


def _spell_text_field(text: str) -> str:
    """Free text keeps the blanks that indent it; other fields have none after the colon."""
    letter, value = text[:2], text[2:]
    return text if letter in ("H:", "N:", "W:", "w:", "s:") else letter + value.strip()


def _spell_field_value(text: str, spell: Callable[[str], str]) -> str:
    return text[:2] + spell(text[2:].strip())


def _spell_meter_value(value: str) -> str:
    value = _close_up(value)
    return value if value.startswith("C") else value.lower()


def _spell_tempo(value: str) -> str:
    """One blank between words, numbers and beats, none around `=`; what is quoted stays."""
    pieces = _QUOTED.split(value)
    pieces[::2] = [re.sub(r"\s*=\s*", "=", " ".join(piece.split())) for piece in pieces[::2]]
    return " ".join(piece for piece in pieces if piece)


@lru_cache(maxsize=1024)
def _spell_key_value(value: str) -> str:
    """The shortest name of the key, then whatever follows it: accidentals, a clef, words."""
    tonic, mode, rest = split_key(value)
    written = value.removesuffix(rest)
    if not tonic or (rest and rest[0] not in "^_=" and not written[-1].isspace()):
        return value  # no key, or a word such as `min.`, which only its first letters make a mode
    mode = {"maj": "", "ion": "", "min": "m", "aeo": "m", "exp": " exp"}.get(mode, mode)
    spelling = f"{tonic}{mode} {rest}".rstrip()
    return spelling if parse_key(spelling) == parse_key(value) else value


_FIELD_SPELLINGS: dict[str, Callable[[str], str]] = {
    "M": lambda text: _spell_field_value(text, _spell_meter_value),
    "L": lambda text: _spell_field_value(text, _close_up),
    "Q": lambda text: _spell_field_value(text, _spell_tempo),
    "K": lambda text: _spell_field_value(text, _spell_key_value),
}


def _spell_inline_field(text: str) -> str:
    spell = _FIELD_SPELLINGS.get(text[1])
    return f"[{spell(text[1:-1])}]" if spell else text


_SPELLINGS: dict[str, Callable[[str], str]] = {
    "REFERENCE_FIELD": _spell_text_field,
    "TEXT_FIELD": _spell_text_field,
    "BODY_TEXT_FIELD": _spell_text_field,
    "METER_FIELD": _FIELD_SPELLINGS["M"],
    "UNIT_NOTE_LENGTH_FIELD": _FIELD_SPELLINGS["L"],
    "TEMPO_FIELD": _FIELD_SPELLINGS["Q"],
    "KEY_FIELD": _FIELD_SPELLINGS["K"],
    "INLINE_FIELD": _spell_inline_field,
    "NOTE": _spell_note_token,
    "REST": _spell_rest_token,
    "MULTI_REST": _spell_rest_token,
    "BROKEN_RHYTHM": _spell_arrows,
    "TUPLET": _spell_tuplet_token,
    "BAR_LINE": _spell_bar_line_token,
    "GRACE_CLOSE": _close_up,
}
