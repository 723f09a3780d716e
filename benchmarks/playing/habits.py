"""Spellings that leave another program no choice of how to play a tune, and what most of them need."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tuneloom.grammar.parsing.nodes import Node, Token, Tree
from tuneloom.grammar.parsing.result import ParsedTune
from tuneloom.grammar.parsing.tokens import decoration
from tuneloom.grammar.performance.play_signs import PlaySigns, play_signs
from tuneloom.grammar.performance.playing_order import RepeatedSection, repeated_sections
from tuneloom.grammar.tune.elements import Bar

__all__ = ["JUMPS_IGNORED", "PlayingHabit", "Respelled", "plain_text", "played_sections"]

# The text of some tokens, by their offset, in another spelling.
Respelled = dict[int, str]

_UNPLAYED = frozenset({"DECORATION", "EMPHASIS", "CHORD_SYMBOL", "BACKQUOTE", "SPACER"})
_JUMPS = ("coda", "dacapo", "dacoda", "fine", "segno", "D.C.", "D.S.")
_PLAYED_FIELDS = frozenset("XMLKVP")


@dataclass(frozen=True, slots=True)
class PlayingHabit:
    """What a program does in a way of its own, and the spelling that avoids it.

    `is_heard` says that the spelling changes what is played, so that we play it too.
    """

    habit: str
    respell: Callable[[ParsedTune], Respelled]
    is_heard: bool = False


def plain_text(parsed: ParsedTune, respelled: Mapping[int, str]) -> str:
    """The resolved text without text fields, tempo, grace notes, chord symbols, empty lines and ornaments.

    Segno, coda, D.C. and the like are no ornaments.
    """
    text = "".join(_plain_tokens(parsed.tree.children, respelled))
    return "".join(line for line in text.splitlines(keepends=True) if line.strip())


def _plain_tokens(nodes: Sequence[Node], respelled: Mapping[int, str]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Token):
            is_field = node.type.endswith("_FIELD")
            is_text = is_field and node.lstrip("[")[0] not in _PLAYED_FIELDS
            if (node.type not in _UNPLAYED or _is_jump(node)) and not is_text:
                yield respelled.get(node.start, node)
        elif isinstance(node, Tree) and node.data != "grace":
            yield from _plain_tokens(node.children, respelled)


def played_sections(
    parsed: ParsedTune,
) -> Iterator[tuple[Sequence[Bar], list[PlaySigns], RepeatedSection]]:
    """The bars and signs of each voice, with each of its sections."""
    for voice in parsed.tune.voices:
        signs = play_signs(voice)
        for section in repeated_sections(signs):
            yield voice.bars, signs, section


def _is_jump(token: Token) -> bool:
    return token.type == "DECORATION" and decoration(token).name.startswith(_JUMPS)


def _without_jumps(parsed: ParsedTune) -> Respelled:
    return {token.start: "" for token in parsed.tree.tokens() if _is_jump(token)}


JUMPS_IGNORED = PlayingHabit("jumps such as D.C. are not followed", _without_jumps, is_heard=True)
