"""The levels of a training text, which mostly follow from those of its tune.

To parse each training text again and to run the rules over it would take a third of the time of an ingestion.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from tuneloom.corpus.training_text.melody_profile import MELODY
from tuneloom.corpus.training_text.profiles import PROFILES
from tuneloom.grammar.bars.timed_bars import are_one, begins_with_field
from tuneloom.grammar.canonical.elements import join_bar_lines, spell_bar_line
from tuneloom.grammar.checking.levels import levels_reached
from tuneloom.grammar.diagnostics.diagnostic import Level
from tuneloom.grammar.parsing import tokens
from tuneloom.grammar.parsing.parser import first_error, parse
from tuneloom.grammar.parsing.result import ParsedTune
from tuneloom.grammar.rules.catalogue import BUILT_IN_RULES, RULES
from tuneloom.grammar.tune.elements import (
    PLAIN_BAR_LINE,
    Bar,
    BarLine,
    BrokenRhythm,
    Element,
    Field,
    Tuplet,
    is_timed,
)
from tuneloom.grammar.tune.key import has_signature

__all__ = ["training_levels"]


def training_levels(
    text: str, parsed: ParsedTune, own: Sequence[Level], profile: str
) -> tuple[Level, ...]:
    """The levels of a training text, with the X: and T: that it lacks, as for generated tunes.

    `parsed` is the tune that it is the text of, in the profile of that name, and `own` are its levels.

    A text in the profile melody has no sign that could deny it *strict*. If its tune is sound, and its bar
    lines say the same, it is *sound* as well, since it has the same notes, ties and tuplets, and no slurs.
    It is *metrical* if the tune is, as its bars last the same.
    """
    whole = "X:1\nT:\n" + text
    follows = (
        "sound" in own
        and PROFILES.find(profile) is MELODY
        and RULES.names == BUILT_IN_RULES
        and _has_same_bars(parsed, is_metrical="metrical" in own)
    )
    if not follows:
        return levels_reached(parse(whole), whole)
    if first_error(whole):
        return ()
    return ("parseable", "strict", "sound", *(level for level in own if level == "metrical"))


def _has_same_bars(parsed: ParsedTune, *, is_metrical: bool) -> bool:
    """Whether the rules find the same repeats, endings, ties and bars in the text as in a sound tune.

    They may not where the text is spelt anew, or has fields or other bar lines within its music. A part, a
    title and a bar line that is there twice are not in the text. With them, the rules allow more short bars;
    so they matter only in a tune that is metrical, and only where two bars make up one. A bar that is too
    long is wrong in either, though the end of a line says of some that their bar line is missing.
    """
    voice = parsed.tune.voices[0]
    if not voice.sounds_as_written:
        return False
    line: BarLine | None = None  # before the bar, as the text has it
    parted: set[int] = set()  # the bars before which something parts the tune that the text lacks
    begun = is_twice = False
    for bar in voice.bars:
        if not all(_is_left_out(field) for field in _fields_within_music(bar, begun)):
            return False
        if any(map(is_timed, bar.elements)):
            if is_twice or begins_with_field(bar):
                parted.add(id(bar))
            line, begun, is_twice = bar.line, True, False
        elif not _leaves_no_trace(bar) or (
            line and bar.line and not _are_joined_alike(line, bar.line)
        ):
            return False
        else:
            is_twice = is_twice or bar.line == PLAIN_BAR_LINE
            line = join_bar_lines(line, bar.line) if line and bar.line else bar.line
        if bar.line and not _is_spelt_alike(bar.line):
            return False
    return not (is_metrical and parted and _is_one_parted(parsed, parted))


def _fields_within_music(bar: Bar, begun: bool) -> list[Field]:
    """The fields of a bar after the first note of the tune, which may have `begun` before the bar."""
    elements: Sequence[Element] = bar.elements
    if not begun:
        first = next((i for i, each in enumerate(elements) if is_timed(each)), len(elements))
        elements = elements[first:]
    return [each for each in elements if isinstance(each, Field)]


def _is_left_out(field: Field) -> bool:
    return field.letter not in "KML" or (field.letter == "K" and not has_signature(field.value))


def _leaves_no_trace(bar: Bar) -> bool:
    return not any(isinstance(element, Tuplet | BrokenRhythm) for element in bar.elements)


def _is_one_parted(parsed: ParsedTune, parted: set[int]) -> bool:
    """Whether a bar and one of those after it make up a whole one."""
    bars = parsed.bars.voices[0]
    return any(are_one(before, bar) for before, bar in pairwise(bars) if id(bar.bar) in parted)


@lru_cache(maxsize=256)
def _is_spelt_alike(line: BarLine) -> bool:
    """Whether a bar line means the same in its canonical spelling."""
    spelt = tokens.bar_line(spell_bar_line(line))
    return _what_it_says(spelt) == _what_it_says(line)


def _what_it_says(line: BarLine) -> tuple[bool, bool, str, bool]:
    return line.ends_repeat, line.starts_repeat, line.volta, line == PLAIN_BAR_LINE


def _are_joined_alike(first: BarLine, second: BarLine) -> bool:
    """Whether two bar lines with nothing between them mean the same when they are joined."""
    is_empty_repeat = first.starts_repeat and second.ends_repeat
    return not (is_empty_repeat or first.volta or "[" in (first.text, second.text))
