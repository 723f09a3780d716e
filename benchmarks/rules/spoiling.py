"""One mark of a tune spoiled in its source: the ways in which that makes the tune wrong, and where.

What cannot be seen in the tune is left out by these definitions: a start sign dropped, since `:|` then
repeats from the last boundary; an end sign dropped where another one follows in the same section; a tie
over a repeat, a double bar or a volta, which may lead back; a tuplet in a bar that is not full, or that
begins or ends a section and so may be short; `(3` made `(4`, which takes in the next note and lasts as
long. Tunes of several voices are left out too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from benchmarks.language.mutants import Clean, Edit
from tuneloom.grammar.parsing.nodes import Token
from tuneloom.grammar.rules.basis.bars import TimedBar, timed_bars
from tuneloom.grammar.tune.elements import BrokenRhythm, Chord, Element, Note, Rest, Tune, Tuplet

__all__ = ["SPOILINGS", "Music", "Spoiled"]

Place = tuple[int, int]
Stretch = tuple[int, int]
_CLOSING = ("NOTE", "REST", "CHORD_CLOSE", "GRACE_CLOSE", "SLUR_CLOSE")
_ENDS_TIE = ("REST", "MULTI_REST", "OVERLAY", "INLINE_FIELD", "CHORD_OPEN", "SPACER")
_OPENS = ("CHORD_OPEN", "GRACE_OPEN")
_CLOSES = ("CHORD_CLOSE", "GRACE_CLOSE")
_PITCH = re.compile(r"(?:\^\^?|__?|=)?[A-Ga-g][,']*")
_THIRD = str.maketrans("CDEFGABcdefgab", "EFGABCDefgabcd")


@dataclass(frozen=True, slots=True)
class Spoiled:
    """A change to the source, and the stretches, by first and last line and column, that are in place."""

    edit: Edit
    places: tuple[tuple[Place, Place], ...]


class Music:
    """A tune of one voice with what its marks are spoiled by: its tokens, and which bar holds them."""

    def __init__(self, clean: Clean, tune: Tune) -> None:
        self.clean = clean
        self.tune = tune
        self.bars = [t for t in clean.tokens if t.type == "BAR_LINE"]

    def around(self, offset: int) -> Stretch:
        """The bar that holds an offset; the two bars beside it for that of a bar line."""
        before = [_start(t) for t in self.bars if _start(t) + len(t) <= offset]
        behind = [_start(t) + len(t) for t in self.bars if _start(t) > offset]
        return before[-1] if before else 0, behind[0] if behind else len(self.clean.resolved.text)

    def spoil(
        self, offset: int, removed: int, inserted: str, *partners: Token
    ) -> Iterator[Spoiled]:
        """The change at an offset, in place in its bar or at one of the partners."""
        marks = [(_start(t), _start(t) + len(t)) for t in partners]
        for edit in self.clean.edit(offset, removed, inserted):
            place = self.clean.resolved.place
            stretches = (self.around(offset), *marks)
            yield Spoiled(edit, tuple((place(start), place(end - 1)) for start, end in stretches))


Spoiling = Callable[[Music], Iterator[Spoiled]]


def _start(token: Token) -> int:
    return token.start


def _ends(token: Token) -> bool:
    return token.removeprefix("[|]").startswith(":") and len(token) > 1


def _starts(token: Token) -> bool:
    return token.rstrip("[0123456789,-").endswith(":") and len(token) > 1


def _drop_end(music: Music) -> Iterator[Spoiled]:
    """`:|` made `|`, where its start is written and nothing else ends it."""
    signs = [t for t in music.bars if ":" in t or _number(t)]
    opened: Token | None = None
    ending: Token | None = None
    for index, sign in enumerate(signs):
        others = [s for s in signs[index + 1 :] if _ends(s) or _starts(s)]
        is_only = opened is not None and (_starts(sign) or not others or not _ends(others[0]))
        before_second = ending is not None and _number(sign) is not None
        if sign.startswith(":|") and (is_only or before_second):
            partners = [t for t in (opened, ending) if t is not None]
            yield from music.spoil(_start(sign), 1, "", *partners)
        if _ends(sign):
            opened = ending = None
        opened = sign if _starts(sign) else opened
        ending = sign if _number(sign) else ending


def _double_start(music: Music) -> Iterator[Spoiled]:
    """A plain bar line within a written repeat made `|:`."""
    opened: Token | None = None
    inside: list[tuple[Token, Token]] = []
    for sign in music.bars:
        if _ends(sign):
            for bar, start in inside:
                yield from music.spoil(_start(bar), 1, "|:", start)
            opened, inside = None, []
        if _starts(sign):
            opened, inside = sign, []
        elif sign == "|" and opened is not None:
            inside.append((sign, opened))


def _drop_ending(music: Music) -> Iterator[Spoiled]:
    """The number of an ending dropped, with its bracket."""
    for sign, number, partners in _endings(music):
        text = str(sign)
        at = number.start() - (text[number.start() - 1] == "[")
        if at > 0:  # else it is a bracket without a bar line, which would be a chord's
            yield from music.spoil(_start(sign) + at, number.end() - at, "", *partners)


def _change_ending(music: Music) -> Iterator[Spoiled]:
    """The number of an ending made one more or one less."""
    for sign, number, partners in _endings(music):
        if len(number[0]) == 1:
            for value in (int(number[0]) + 1, int(number[0]) - 1):
                if value:
                    yield from music.spoil(_start(sign) + number.start(), 1, str(value), *partners)


def _number(token: Token) -> re.Match[str] | None:
    return re.search(r"[0-9][0-9,-]*", token)


def _endings(music: Music) -> Iterator[tuple[Token, re.Match[str], list[Token]]]:
    """Each ending with its number and the endings next to it, one of which lacks its partner then."""
    endings = [t for t in music.bars if _number(t)]
    for index, sign in enumerate(endings):
        number = _number(sign)
        assert number is not None
        yield sign, number, endings[max(0, index - 1) : index] + endings[index + 1 : index + 2]


def _move_tied(music: Music) -> Iterator[Spoiled]:
    """The second note of a tie moved by a third."""
    for first, second, pitch in _ties(music):
        yield from music.spoil(
            _start(second), len(pitch), pitch.translate(_THIRD).lstrip("^_="), first
        )


def _rest_after_tie(music: Music) -> Iterator[Spoiled]:
    """The second note of a tie made a rest."""
    for first, second, pitch in _ties(music):
        rest = "z" + second[len(pitch) :].replace("-", "")
        yield from music.spoil(_start(second), len(second), rest, first)


def _ties(music: Music) -> Iterator[tuple[Token, Token, str]]:
    """Two notes tied with at most a plain bar line between them, and how the second's pitch is written."""
    first: Token | None = None
    depth = 0
    for token in music.clean.tokens:
        depth += (token.type in _OPENS) - (token.type in _CLOSES)
        if token.type == "NOTE" and not depth:
            if first is not None and (pitch := _PITCH.match(token)):
                yield first, token, pitch[0]
            first = token if "-" in token else None
        elif _parts_notes(token):
            first = None


def _parts_notes(token: Token) -> bool:
    """Whether a tie over this token may lead elsewhere than to the next note, or nowhere."""
    if token.type == "BAR_LINE":
        return token != "|"
    return token.type in _ENDS_TIE or token.type.endswith("_FIELD")


def _drop_opening(music: Music) -> Iterator[Spoiled]:
    """`(` dropped."""
    for opening, closing in _slurs(music):
        yield from music.spoil(_start(opening), 1, "", closing)


def _double_opening(music: Music) -> Iterator[Spoiled]:
    """`(` doubled."""
    for opening, _ in _slurs(music):
        yield from music.spoil(_start(opening), 0, "(")


def _drop_closing(music: Music) -> Iterator[Spoiled]:
    """`)` dropped."""
    for opening, closing in _slurs(music):
        yield from music.spoil(_start(closing), 1, "", opening)


def _double_closing(music: Music) -> Iterator[Spoiled]:
    """`)` doubled."""
    for _, closing in _slurs(music):
        yield from music.spoil(_start(closing), 0, ")")


def _slurs(music: Music) -> Iterator[tuple[Token, Token]]:
    """The two brackets of each slur."""
    opened: list[Token] = []
    for token in music.clean.tokens:
        if token.type == "SLUR_OPEN" and token == "(":
            opened.append(token)
        elif token.type in _CLOSING:
            for match in re.finditer(r"\)", token):
                if opened:
                    at = _start(token) + match.start()
                    yield opened.pop(), Token("SLUR_CLOSE", ")", start=at)


def _drop_in_tuplet(music: Music) -> Iterator[Spoiled]:
    """A note of a tuplet dropped."""
    for _, notes in _tuplets(music):
        for note in notes:
            if not set(note) & set("-)"):
                yield from music.spoil(_start(note), len(note), "")


def _add_in_tuplet(music: Music) -> Iterator[Spoiled]:
    """A note of a tuplet doubled."""
    for _, notes in _tuplets(music):
        for note in notes:
            if not set(note) & set("-)"):
                yield from music.spoil(_start(note), 0, str(note))


def _change_tuplet(music: Music) -> Iterator[Spoiled]:
    """`(3` made `(2` or `(5`."""
    for sign, _ in _tuplets(music):
        if sign == "(3":
            for number in "25":
                yield from music.spoil(_start(sign) + 1, 1, number)


def _tuplets(music: Music) -> Iterator[tuple[Token, list[Token]]]:
    """The tuplets of single notes in full bars inside a section: the sign and the notes."""
    tokens = {_start(t): t for t in music.clean.tokens}
    for bars in timed_bars(music.tune):
        for bar in filter(_is_full_inside, bars):
            elements, starts = bar.bar.elements, bar.bar.starts
            for index, element in enumerate(elements):
                notes = _notes_of(element, elements, index)
                if notes:
                    yield tokens[starts[index]], [tokens[starts[n]] for n in notes]


def _is_full_inside(bar: TimedBar) -> bool:
    return bar.times == (bar.whole,) and not bar.opens and not bar.closes


def _notes_of(tuplet: Element, elements: tuple[Element, ...], index: int) -> list[int]:
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


SPOILINGS: dict[str, dict[str, Spoiling]] = {
    "repeats": {
        "end dropped": _drop_end, "start doubled": _double_start,
        "ending dropped": _drop_ending, "ending changed": _change_ending,
    },
    "ties": {"second note moved": _move_tied, "second note a rest": _rest_after_tie},
    "slurs": {
        "( dropped": _drop_opening, "( doubled": _double_opening,
        ") dropped": _drop_closing, ") doubled": _double_closing,
    },
    "tuplets": {
        "note dropped": _drop_in_tuplet, "note doubled": _add_in_tuplet, "number changed": _change_tuplet,
    },
}  # fmt: skip
