"""Ways to spoil repeat signs and the numbers of endings.

Left out, since nothing in the tune shows it: a start sign dropped, after which `:|` repeats from the last
boundary; and an end sign dropped where another one follows in the same section.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from benchmarks.rules.marked_tune import MarkedTune, SpoiledTune
from tuneloom.grammar.parsing.nodes import Token

__all__ = ["change_ending", "double_start", "drop_end", "drop_ending"]


def _is_end_sign(token: Token) -> bool:
    return token.removeprefix("[|]").startswith(":") and len(token) > 1


def _is_start_sign(token: Token) -> bool:
    return token.rstrip("[0123456789,-").endswith(":") and len(token) > 1


def drop_end(music: MarkedTune) -> Iterator[SpoiledTune]:
    """`:|` made `|`, where its start is written and nothing else ends it."""
    signs = [t for t in music.bar_lines if ":" in t or _ending_number(t)]
    opened: Token | None = None
    ending: Token | None = None
    for index, sign in enumerate(signs):
        others = [s for s in signs[index + 1 :] if _is_end_sign(s) or _is_start_sign(s)]
        is_only = opened is not None and (
            _is_start_sign(sign) or not others or not _is_end_sign(others[0])
        )
        before_second = ending is not None and _ending_number(sign) is not None
        if sign.startswith(":|") and (is_only or before_second):
            partners = [t for t in (opened, ending) if t is not None]
            yield from music.spoil(sign.start, 1, "", *partners)
        if _is_end_sign(sign):
            opened = ending = None
        opened = sign if _is_start_sign(sign) else opened
        ending = sign if _ending_number(sign) else ending


def double_start(music: MarkedTune) -> Iterator[SpoiledTune]:
    """A plain bar line within a written repeat made `|:`."""
    opened: Token | None = None
    inside: list[tuple[Token, Token]] = []
    for sign in music.bar_lines:
        if _is_end_sign(sign):
            for bar, start in inside:
                yield from music.spoil(bar.start, 1, "|:", start)
            opened, inside = None, []
        if _is_start_sign(sign):
            opened, inside = sign, []
        elif sign == "|" and opened is not None:
            inside.append((sign, opened))


def drop_ending(music: MarkedTune) -> Iterator[SpoiledTune]:
    """The number of an ending dropped, with its bracket."""
    for sign, number, partners in _numbered_endings(music):
        text = str(sign)
        at = number.start() - (text[number.start() - 1] == "[")
        if at > 0:  # else it is a bracket without a bar line, which would be a chord's
            yield from music.spoil(sign.start + at, number.end() - at, "", *partners)


def change_ending(music: MarkedTune) -> Iterator[SpoiledTune]:
    """The number of an ending made one more or one less."""
    for sign, number, partners in _numbered_endings(music):
        if len(number[0]) == 1:
            for value in (int(number[0]) + 1, int(number[0]) - 1):
                if value:
                    yield from music.spoil(sign.start + number.start(), 1, str(value), *partners)


def _ending_number(token: Token) -> re.Match[str] | None:
    return re.search(r"[0-9][0-9,-]*", token)


def _numbered_endings(music: MarkedTune) -> Iterator[tuple[Token, re.Match[str], list[Token]]]:
    """Each ending with its number and the endings next to it, one of which lacks its partner then."""
    endings = [t for t in music.bar_lines if _ending_number(t)]
    for index, sign in enumerate(endings):
        number = _ending_number(sign)
        assert number is not None
        yield sign, number, endings[max(0, index - 1) : index] + endings[index + 1 : index + 2]
