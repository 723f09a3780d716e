"""The signs of each voice that say what is repeated, and the sections that are repeated each for itself."""

from __future__ import annotations

from tuneloom.grammar.performance.play_signs import PlaySigns, play_signs
from tuneloom.grammar.performance.playing_order import RepeatedSection, repeated_sections
from tuneloom.grammar.rules.basis.rule import RuleContext

__all__ = ["sections_of_voices"]


def sections_of_voices(
    context: RuleContext,
) -> list[tuple[list[PlaySigns], list[RepeatedSection]]]:
    """For each voice, the signs of its bars that take time, and its sections."""
    signs = [play_signs(voice) for voice in context.tune.voices]
    return [(each, repeated_sections(each)) for each in signs]
