"""Every rule beyond syntax, in the order in which they look at a tune.

A rule of your own is a module with a `Rule`, and one call: `RULES.register(rule.code, rule)`. From then on
its code can be selected, ignored, explained and suppressed like the others.
"""

from __future__ import annotations

from tuneloom.grammar.registry import Registry
from tuneloom.grammar.rules.basis.rule import Rule
from tuneloom.grammar.rules.collection import (
    copied_tune,
    dangling_symbol,
    decoration_name,
    directive,
    note_value,
    redundant_accidental,
    slur_for_tie,
    stray_ending,
    unopened_repeat,
    unplayed_part,
    voice_bars,
)
from tuneloom.grammar.rules.metrical import bar_length, missing_bar_line, wrong_meter
from tuneloom.grammar.rules.sound import (
    chord_lengths,
    double_repeat,
    lyrics,
    part_order,
    stray_slur,
    tie_end,
    tie_pitch,
    tuplet,
    unclosed_repeat,
    unclosed_slur,
    unit_length,
    volta,
)
from tuneloom.grammar.rules.strict import (
    bad_reference,
    bang_pair,
    bar_line,
    bare_symbol,
    chord_blank,
    chord_symbol,
    continued_field,
    detached_tie,
    duplicate_reference,
    empty_key,
    field_order,
    key_line,
    line_end_bang,
    lone_colon,
    misplaced_field,
    missing_reference,
    missing_title,
    no_meter,
    no_note,
    old_field,
    old_tempo,
    repeated_field,
    slur_direction,
    spaced_field,
    split_tune,
    tie_after_arrow,
    unknown_code,
    unknown_field,
    user_symbol,
)

__all__ = ["BUILT_IN_RULES", "RULES"]

RULES: Registry[Rule] = Registry("rule")

for module in (
    # strict
    bad_reference,
    bang_pair,
    bar_line,
    bare_symbol,
    chord_blank,
    chord_symbol,
    continued_field,
    detached_tie,
    duplicate_reference,
    empty_key,
    field_order,
    key_line,
    line_end_bang,
    lone_colon,
    misplaced_field,
    missing_reference,
    missing_title,
    no_meter,
    no_note,
    old_field,
    old_tempo,
    repeated_field,
    slur_direction,
    spaced_field,
    split_tune,
    tie_after_arrow,
    unknown_code,
    unknown_field,
    user_symbol,
    # sound
    unclosed_repeat,
    double_repeat,
    volta,
    tie_pitch,
    tie_end,
    unclosed_slur,
    stray_slur,
    tuplet,
    chord_lengths,
    part_order,
    lyrics,
    unit_length,
    # metrical
    missing_bar_line,
    wrong_meter,
    bar_length,
    # collection
    copied_tune,
    dangling_symbol,
    decoration_name,
    directive,
    note_value,
    redundant_accidental,
    slur_for_tie,
    stray_ending,
    unopened_repeat,
    unplayed_part,
    voice_bars,
):
    RULES.register(module.RULE.code, module.RULE)

BUILT_IN_RULES = RULES.names
"""The codes of the rules that come with the package, those of extensions left out."""
