"""Where abc2midi plays a tune in a way of its own, each with a spelling that leaves it no choice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tuneloom.grammar.parsing.nodes import Node, Token, Tree
from tuneloom.grammar.parsing.result import ParsedTune
from tuneloom.grammar.performance.play_signs import PlaySigns, part_label, play_signs
from tuneloom.grammar.performance.playing_order import RepeatedSection, repeated_sections
from tuneloom.grammar.rules.basis.ties import ties_of
from tuneloom.grammar.tune.elements import Bar, Note, Tuplet, is_timed

__all__ = ["HABITS", "PlayingHabit", "plain_text"]

# The text of some tokens, by their offset, in another spelling.
Respelled = dict[int, str]

_UNPLAYED = frozenset({"DECORATION", "EMPHASIS", "CHORD_SYMBOL", "BACKQUOTE", "SPACER"})
_PLAYED_FIELDS = frozenset("XMLKVP")


@dataclass(frozen=True, slots=True)
class PlayingHabit:
    """What abc2midi does in a way of its own, and the spelling that avoids it.

    `is_heard` says that the spelling changes what is played, so that we play it too.
    """

    habit: str
    respell: Callable[[ParsedTune], Respelled]
    is_heard: bool = False


def plain_text(parsed: ParsedTune, respelled: Mapping[int, str]) -> str:
    """The resolved text without text fields, ornaments, grace notes and chord symbols, nor empty lines."""
    text = "".join(_plain_tokens(parsed.tree.children, respelled))
    return "".join(line for line in text.splitlines(keepends=True) if line.strip())


def _plain_tokens(nodes: Sequence[Node], respelled: Mapping[int, str]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Token):
            is_text = node.type.endswith("TEXT_FIELD") and node[0] not in _PLAYED_FIELDS
            if node.type not in _UNPLAYED and not is_text:
                yield respelled.get(node.start, node)
        elif isinstance(node, Tree) and node.data != "grace":
            yield from _plain_tokens(node.children, respelled)


def _sections(
    parsed: ParsedTune,
) -> Iterator[tuple[Sequence[Bar], list[PlaySigns], RepeatedSection]]:
    for voice in parsed.tune.voices:
        signs = play_signs(voice)
        for section in repeated_sections(signs):
            yield voice.bars, signs, section


def _repeats_without_start(parsed: ParsedTune) -> Respelled:
    """A `|:` where a section begins that is repeated."""
    found: Respelled = {}
    for bars, signs, section in _sections(parsed):
        index = signs[section.start].bar - 1
        if section.start and len(section.passes) > 1 and not signs[section.start].starts:
            line = bars[index].line
            if line and not line.volta:
                found[bars[index].starts[-1]] = "::" if line.text.startswith(":") else "|:"
    return found


def _repeats_after_last_ending(parsed: ParsedTune) -> Respelled:
    """A double bar line for the `:|` after the last of several endings."""
    found: Respelled = {}
    sections = list(_sections(parsed))
    for bars, signs, section in sections:
        repeated = {s.start for _, others, s in sections if others is signs and len(s.passes) > 1}
        inside = signs[section.start : section.end]
        if inside[-1].ends and sum(bool(sign.endings) for sign in inside) > 1:
            index = inside[-1].bar
            following = signs[section.end : section.end + 1]
            goes_on = following and (section.end in repeated or following[0].starts)
            found[bars[index].starts[-1]] = "|:" if goes_on else "||"
    return found


def _unclosed_repeats(parsed: ParsedTune) -> Respelled:
    """A plain bar line for a `|:` without `:|`."""
    found: Respelled = {}
    for bars, signs, section in _sections(parsed):
        index = signs[section.start].bar - 1
        if index >= 0 and signs[section.start].starts and len(section.passes) == 1:
            line = bars[index].line
            assert line is not None
            found[bars[index].starts[-1]] = ":|" if line.text.startswith(":") else "||"
    return found


def _ties_to_other_pitches(parsed: ParsedTune) -> Respelled:
    """No tie where the next note has another pitch."""
    loose = {tie.bar.starts[tie.index] for tie in ties_of(parsed.tune) if not tie.is_held}
    return {
        token.start: token.replace("-", "")
        for token in parsed.tree.tokens()
        if token.start in loose
    }


def _tuplets(parsed: ParsedTune) -> Respelled:
    """Tuplets with their time: in 3/4, abc2midi plays five notes in the time of three, not two (4.13)."""
    times = {
        bar.starts[index]: f"({element.p}:{element.q}:{element.r}"
        for voice in parsed.tune.voices
        for bar in voice.bars
        for index, element in enumerate(bar.elements)
        if isinstance(element, Tuplet)
    }
    return {t.start: times[t.start] for t in parsed.tree.tokens() if t.start in times}


def _voltas_after_other_lines(parsed: ParsedTune) -> Respelled:
    """`|1` for `||1`, and `:|2` for `:||2`."""
    found: Respelled = {}
    for token in parsed.tree.tokens():
        if token.type == "BAR_LINE" and token[-1].isdigit():
            line = token.rstrip("0123456789,-")
            if line not in ("|", ":|", "[", "|[", ":|["):
                found[token.start] = (":|" if line.startswith(":") else "|") + token[len(line) :]
    return found


def _endings_without_repeat(parsed: ParsedTune) -> Respelled:
    """A `:|` before an ending that follows another one directly."""
    found: Respelled = {}
    for bars, signs, section in _sections(parsed):
        in_ending = False
        for position in range(section.start, section.end):
            index = signs[position].bar - 1
            if signs[position].endings:
                line = bars[index].line if index >= 0 else None
                if in_ending and line and not signs[position - 1].ends:
                    start = bars[index].starts[-1]
                    touches = bars[index].volta_start == start + len(line.text)
                    found[start] = ":|" + (line.volta if touches else "")
                in_ending = True
    return found


def _other_text_in_parts(parsed: ParsedTune) -> Respelled:
    """No P: in the body without the label of a part, such as `P:D.S.`"""
    fields = (t for t in parsed.tree.tokens() if t.lstrip("[").startswith("P:"))
    in_body = (t for t in fields if t.type in ("BODY_TEXT_FIELD", "INLINE_FIELD"))
    return {t.start: "" for t in in_body if not part_label(t.strip("[]\n")[2:].strip())}


def _ties_over_repeats(parsed: ParsedTune) -> Respelled:
    """No tie from the last note before an ending or a repeat sign."""
    ends = {
        bar.starts[index]
        for voice in parsed.tune.voices
        for bar in voice.bars
        if bar.line and (bar.line.volta or ":" in bar.line.text)
        for index, element in enumerate(bar.elements)
        if isinstance(element, Note) and element.tied
        if not any(map(is_timed, bar.elements[index + 1 :]))
    }
    return {t.start: t.replace("-", "") for t in parsed.tree.tokens() if t.start in ends}


HABITS = (
    PlayingHabit("P: with other text, such as `P:D.S.`, begins a part", _other_text_in_parts),
    PlayingHabit("`||1` begins no ending", _voltas_after_other_lines),
    PlayingHabit("endings without `:|` between them end the tune", _endings_without_repeat),
    PlayingHabit("`(5` in 3/4 takes the time of three notes", _tuplets),
    PlayingHabit(
        "a repeat without start, after endings, goes back further", _repeats_without_start
    ),
    PlayingHabit("`:|` after the last ending goes back once more", _repeats_after_last_ending),
    PlayingHabit("`|:` without `:|` is repeated", _unclosed_repeats),
    PlayingHabit("a tie to another pitch swallows a note", _ties_to_other_pitches),
    PlayingHabit("a tie holds into the first ending only", _ties_over_repeats, is_heard=True),
)
