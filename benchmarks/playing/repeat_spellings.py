"""Other spellings of repeats, endings and parts."""

from __future__ import annotations

from benchmarks.playing.habits import Respelled, played_sections
from tuneloom.grammar.parsing.nodes import Token
from tuneloom.grammar.parsing.result import ParsedTune
from tuneloom.grammar.performance.play_signs import part_label

__all__ = [
    "bar_lines_at_line_ends",
    "endings_without_repeat",
    "final_bar_line",
    "no_order_of_parts",
    "other_text_in_parts",
    "plain_lines_for_unclosed_repeats",
    "repeats_after_last_ending",
    "repeats_without_start",
    "two_colons",
    "voltas_after_other_lines",
]


def repeats_without_start(parsed: ParsedTune) -> Respelled:
    """A `|:` where a section begins that is repeated."""
    found: Respelled = {}
    for bars, signs, section in played_sections(parsed):
        index = signs[section.start].bar - 1
        if section.start and len(section.passes) > 1 and not signs[section.start].starts:
            line = bars[index].line
            if line and not line.volta:
                found[bars[index].starts[-1]] = "::" if line.ends_repeat else "|:"
    return found


def repeats_after_last_ending(parsed: ParsedTune) -> Respelled:
    """A double bar line for the `:|` after the last of several endings."""
    found: Respelled = {}
    sections = list(played_sections(parsed))
    for bars, signs, section in sections:
        repeated = {s.start for _, others, s in sections if others is signs and len(s.passes) > 1}
        inside = signs[section.start : section.end]
        if inside[-1].ends and sum(bool(sign.endings) for sign in inside) > 1:
            index = inside[-1].bar
            following = signs[section.end : section.end + 1]
            goes_on = following and (section.end in repeated or following[0].starts)
            found[bars[index].starts[-1]] = "|:" if goes_on else "||"
    return found


def plain_lines_for_unclosed_repeats(parsed: ParsedTune) -> Respelled:
    """A plain bar line for a `|:` without `:|`."""
    found: Respelled = {}
    for bars, signs, section in played_sections(parsed):
        index = signs[section.start].bar - 1
        if index >= 0 and signs[section.start].starts and len(section.passes) == 1:
            line = bars[index].line
            assert line is not None
            found[bars[index].starts[-1]] = ":|" if line.text.startswith(":") else "||"
    return found


def voltas_after_other_lines(parsed: ParsedTune) -> Respelled:
    """`|1` for `||1`, and `:|2` for `:||2`."""
    found: Respelled = {}
    for token in parsed.tree.tokens():
        if token.type == "BAR_LINE" and token[-1].isdigit():
            line = token.rstrip("0123456789,-")
            if line not in ("|", ":|", "[", "|[", ":|["):
                found[token.start] = (":|" if line.startswith(":") else "|") + token[len(line) :]
    return found


def endings_without_repeat(parsed: ParsedTune) -> Respelled:
    """A `:|` before an ending that follows another one directly."""
    found: Respelled = {}
    for bars, signs, section in played_sections(parsed):
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


def other_text_in_parts(parsed: ParsedTune) -> Respelled:
    """No P: in the body without the label of a part, such as `P:D.S.`"""
    fields = (t for t in parsed.tree.tokens() if t.lstrip("[").startswith("P:"))
    in_body = (t for t in fields if t.type in ("BODY_TEXT_FIELD", "INLINE_FIELD"))
    return {t.start: "" for t in in_body if not part_label(t.strip("[]\n")[2:].strip())}


def no_order_of_parts(parsed: ParsedTune) -> Respelled:
    """No P: in the header."""
    fields = (t for t in parsed.tree.tokens() if t.startswith("P:"))
    return {t.start: "" for t in fields if t.type == "TEXT_FIELD"}


def bar_lines_at_line_ends(parsed: ParsedTune) -> Respelled:
    """The bar line that begins a line at the end of the one before it, if that has none."""
    found: Respelled = {}
    end: Token | None = None  # of a line without a bar line
    last: Token | None = None
    for token in parsed.tree.tokens():
        if token.type == "BAR_LINE" and end is not None and not token[-1].isdigit():
            found |= {end.start: f"{token}{end}", token.start: ""}
        if token.type == "LINE_END":
            end = token if last is not None and last.type not in ("BAR_LINE", "LINE_END") else None
            last = token
        elif token.type not in ("SPACE", "BODY_TEXT_FIELD"):
            last = token
            end = None
    return found


def final_bar_line(parsed: ParsedTune) -> Respelled:
    """A bar line at the end of music that has none."""
    *_, end = (token for token in parsed.tree.tokens() if token.type == "LINE_END")
    before = [t for t in parsed.tree.tokens() if t.start < end.start and t.type != "SPACE"]
    return {} if before[-1].type == "BAR_LINE" else {end.start: f"|{end}"}


def two_colons(parsed: ParsedTune) -> Respelled:
    """`::` for `:|:`."""
    return {t.start: "::" for t in parsed.tree.tokens() if t.type == "BAR_LINE" and t == ":|:"}
