"""A tune as found -> the tune repaired, and what was needed."""

from __future__ import annotations

from dataclasses import dataclass

from tuneloom.grammar.parsing.parser import parse
from tuneloom.grammar.parsing.result import ParseResult
from tuneloom.grammar.repairs.mending import MENDS, mend
from tuneloom.grammar.repairs.spelling import LINE_END_BANG, OLD_TEMPO, REPAIRS, respell

__all__ = ["REPAIRABLE", "Repaired", "repair"]

# The codes that a safe repair has. Whether it helps a tune, only the attempt shows.
REPAIRABLE = frozenset(
    {r.code for r in REPAIRS if r.safe}
    | {m.code for m in MENDS if m.safe}
    | {LINE_END_BANG, OLD_TEMPO}
)


@dataclass(frozen=True, slots=True)
class Repaired:
    """The text after all repairs, with as many lines as before; the codes of those that changed it.

    `parsed` is what the grammar says of the text.
    """

    text: str
    codes: tuple[str, ...]
    parsed: ParseResult


def repair(text: str, line: int = 1, file_header: str = "", unsafe: bool = False) -> Repaired:
    """Make the safe repairs that a tune needs, or with `unsafe` all; then parse it.

    `line` and `file_header` are those of `parse`. What needs no repair, or is no tune after all of them,
    comes back as the very same text.
    """
    respelt, codes = respell(text, unsafe)
    parsed = parse(respelt, line, file_header)
    if parsed.parseable:
        return Repaired(respelt, codes, parsed)
    found = parse(text, line, file_header) if codes else parsed
    mended = None if found.parseable else mend(respelt, parsed, line, file_header, unsafe)
    if mended is None:
        # Either what looked like dirt held the tune together, or nothing makes a tune of it.
        return Repaired(text, (), found)
    # What was no music before may need the other repairs now.
    again, further = respell(mended.text, unsafe)
    parsed = parse(again, line, file_header) if further else mended.parsed
    return Repaired(again, tuple(dict.fromkeys((*codes, *mended.codes, *further))), parsed)
