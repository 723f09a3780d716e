"""Ways to spoil ties, slurs and tuplets.

Left out, since nothing in the tune shows it: a tie over a repeat, a double bar or a volta, which may lead
back; a tuplet in a bar that is not full, or that begins or ends a section and so may be short; and `(3` made
`(4`, which takes in the next note and lasts as long.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from benchmarks.rules.marked_tune import MarkedTune, SpoiledTune
from tuneloom.grammar.bars.timed_bars import TimedBar, timed_bars
from tuneloom.grammar.parsing.nodes import Token
from tuneloom.grammar.tune.elements import BrokenRhythm, Chord, Element, Note, Rest, Tuplet

__all__ = [
    "add_in_tuplet", "change_tuplet", "double_closing", "double_opening", "drop_closing",
    "drop_in_tuplet", "drop_opening", "move_tied", "rest_after_tie",
]  # fmt: skip

_CLOSING = ("NOTE", "REST", "CHORD_CLOSE", "GRACE_CLOSE", "SLUR_CLOSE")
_ENDS_TIE = ("REST", "MULTI_REST", "OVERLAY", "INLINE_FIELD", "CHORD_OPEN", "SPACER")
_OPENS = ("CHORD_OPEN", "GRACE_OPEN")
_CLOSES = ("CHORD_CLOSE", "GRACE_CLOSE")
_PITCH = re.compile(r"(?:\^\^?|__?|=)?[A-Ga-g][,']*")
_THIRD = str.maketrans("CDEFGABcdefgab", "EFGABCDefgabcd")


def move_tied(music: MarkedTune) -> Iterator[SpoiledTune]:
    """The second note of a tie moved by a third."""
    for first, second, pitch in _tied_pairs(music):
        yield from music.spoil(
            second.start, len(pitch), pitch.translate(_THIRD).lstrip("^_="), first
        )


def rest_after_tie(music: MarkedTune) -> Iterator[SpoiledTune]:
    """The second note of a tie made a rest."""
    for first, second, pitch in _tied_pairs(music):
        rest = "z" + second[len(pitch) :].replace("-", "")
        yield from music.spoil(second.start, len(second), rest, first)


def _tied_pairs(music: MarkedTune) -> Iterator[tuple[Token, Token, str]]:
    """Two notes tied with at most a plain bar line between them, and how the second's pitch is written."""
    first: Token | None = None
    depth = 0
    for token in music.clean.tokens:
        depth += (token.type in _OPENS) - (token.type in _CLOSES)
        if token.type == "NOTE" and not depth:
            if first is not None and (pitch := _PITCH.match(token)):
                yield first, token, pitch[0]
            first = token if "-" in token else None
        elif _breaks_tie(token):
            first = None


def _breaks_tie(token: Token) -> bool:
    """Whether a tie over this token may lead elsewhere than to the next note, or nowhere."""
    if token.type == "BAR_LINE":
        return token != "|"
    return token.type in _ENDS_TIE or token.type.endswith("_FIELD")


def drop_opening(music: MarkedTune) -> Iterator[SpoiledTune]:
    """`(` dropped."""
    for opening, closing in _slur_pairs(music):
        yield from music.spoil(opening.start, 1, "", closing)


def double_opening(music: MarkedTune) -> Iterator[SpoiledTune]:
    """`(` doubled."""
    for opening, _ in _slur_pairs(music):
        yield from music.spoil(opening.start, 0, "(")


def drop_closing(music: MarkedTune) -> Iterator[SpoiledTune]:
    """`)` dropped."""
    for opening, closing in _slur_pairs(music):
        yield from music.spoil(closing.start, 1, "", opening)


def double_closing(music: MarkedTune) -> Iterator[SpoiledTune]:
    """`)` doubled."""
    for _, closing in _slur_pairs(music):
        yield from music.spoil(closing.start, 0, ")")


def _slur_pairs(music: MarkedTune) -> Iterator[tuple[Token, Token]]:
    """The two brackets of each slur."""
    opened: list[Token] = []
    for token in music.clean.tokens:
        if token.type == "SLUR_OPEN" and token == "(":
            opened.append(token)
        elif token.type in _CLOSING:
            for match in re.finditer(r"\)", token):
                if opened:
                    at = token.start + match.start()
                    yield opened.pop(), Token("SLUR_CLOSE", ")", start=at)


def drop_in_tuplet(music: MarkedTune) -> Iterator[SpoiledTune]:
    """A note of a tuplet dropped."""
    for _, notes in _full_bar_tuplets(music):
        for note in notes:
            if not set(note) & set("-)"):
                yield from music.spoil(note.start, len(note), "")


def add_in_tuplet(music: MarkedTune) -> Iterator[SpoiledTune]:
    """A note of a tuplet doubled."""
    for _, notes in _full_bar_tuplets(music):
        for note in notes:
            if not set(note) & set("-)"):
                yield from music.spoil(note.start, 0, str(note))


def change_tuplet(music: MarkedTune) -> Iterator[SpoiledTune]:
    """`(3` made `(2` or `(5`."""
    for sign, _ in _full_bar_tuplets(music):
        if sign == "(3":
            for number in "25":
                yield from music.spoil(sign.start + 1, 1, number)


def _full_bar_tuplets(music: MarkedTune) -> Iterator[tuple[Token, list[Token]]]:
    """The tuplets of single notes in full bars inside a section: the sign and the notes."""
    tokens = {t.start: t for t in music.clean.tokens}
    for bars in timed_bars(music.tune):
        for bar in filter(_is_full_inside, bars):
            elements, starts = bar.bar.elements, bar.bar.starts
            for index, element in enumerate(elements):
                notes = _tuplet_notes(element, elements, index)
                if notes:
                    yield tokens[starts[index]], [tokens[starts[n]] for n in notes]


def _is_full_inside(bar: TimedBar) -> bool:
    return bar.durations == (bar.length,) and not bar.opens_section and not bar.closes_section


def _tuplet_notes(tuplet: Element, elements: tuple[Element, ...], index: int) -> list[int]:
    """Where the notes of a tuplet are, if it is one, with nothing else that takes time."""
    if not isinstance(tuplet, Tuplet):
        return []
    timed = [
        i for i in range(index + 1, len(elements)) if isinstance(elements[i], Note | Chord | Rest)
    ]
    own = timed[: tuplet.r]
    inside = elements[index + 1 : own[-1] + 2] if own else ()
    plain = not any(isinstance(e, Tuplet | BrokenRhythm | Chord | Rest) for e in inside)
    return own if plain and len(own) == tuplet.r else []
