"""What ABC 2.1 does not allow, though its meaning is plain; and, as warnings, what it leaves open."""

from tuneloom.grammar.rules.basis.rule import Rule
from tuneloom.grammar.rules.strict import (
    bar_line,
    chord_blank,
    chord_symbol,
    continued_field,
    detached_tie,
    duplicate_reference,
    empty_key,
    field_order,
    line_end_bang,
    misplaced_field,
    missing_reference,
    missing_title,
    no_meter,
    old_tempo,
    slur_direction,
    tie_after_arrow,
    unknown_code,
    unknown_field,
)

__all__ = ["STRICT"]

STRICT: tuple[Rule, ...] = (
    bar_line.RULE,
    chord_blank.RULE,
    chord_symbol.RULE,
    continued_field.RULE,
    detached_tie.RULE,
    duplicate_reference.RULE,
    empty_key.RULE,
    field_order.RULE,
    line_end_bang.RULE,
    misplaced_field.RULE,
    missing_reference.RULE,
    missing_title.RULE,
    no_meter.RULE,
    old_tempo.RULE,
    slur_direction.RULE,
    tie_after_arrow.RULE,
    unknown_code.RULE,
    unknown_field.RULE,
)
