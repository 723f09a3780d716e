"""A chord whose notes have different lengths.

The notes of a chord should have the same length. If they do not, the chord lasts as long as its first note
(4.17), and programs differ in what they do with the others. Three or more in a tune are its way of writing
lengths, and one finding at the first.

```abc
[D2A]z [Ad2]|
```

**Repair**: none; a second voice or an overlay can hold the longer note.
"""

from __future__ import annotations

from collections.abc import Iterator

from tuneloom.grammar.canonical.elements import spell_length
from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation
from tuneloom.grammar.tune.elements import Bar, Chord

__all__ = ["RULE"]


_MANY = 3  # such chords show how a tune writes its lengths


def _uneven_chords(context: RuleContext) -> Iterator[Violation]:
    bars = [bar for voice in context.tune.voices for bar in voice.bars]
    chords = [(bar, index, chord) for bar in bars for index, chord in _uneven_chords_of(bar)]
    many = (
        f"{len(chords)} chords of this tune have notes of different lengths; this one lasts as its"
    )
    said = (
        many
        if len(chords) >= _MANY
        else "the notes of this chord differ in length; it lasts as the"
    )
    for bar, index, chord in chords[: 1 if len(chords) >= _MANY else None]:
        first = spell_length(chord.notes[0].length * chord.length) or "1"
        yield Violation(context.element_span(bar, index), f"{said} first, {first}")


def _uneven_chords_of(bar: Bar) -> Iterator[tuple[int, Chord]]:
    for index, element in enumerate(bar.elements):
        if isinstance(element, Chord) and len({note.length for note in element.notes}) > 1:
            yield index, element


RULE = Rule(
    code="chord-lengths",
    signs="[",
    level="sound",
    severity="warning",
    check=_uneven_chords,
    aspect="notes",
    help="give its notes one length, as in `[DA]2`",
    doc=__doc__ or "",
)
