"""A chord whose notes have different lengths.

The notes of a chord should have the same length. If they do not, the chord lasts as long as its first note
(4.17), and programs differ in what they do with the others.

```abc
[D2A]z [Ad2]|
```

**Repair**: none; a second voice or an overlay can hold the longer note.
"""

from __future__ import annotations

from collections.abc import Iterator

from tuneloom.grammar.canonical.elements import spell_length
from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation
from tuneloom.grammar.tune.elements import Chord

__all__ = ["RULE"]


def _uneven_chords(context: RuleContext) -> Iterator[Violation]:
    for voice in context.tune.voices:
        for bar in voice.bars:
            for index, element in enumerate(bar.elements):
                if isinstance(element, Chord) and len({n.length for n in element.notes}) > 1:
                    first = spell_length(element.notes[0].length * element.length) or "1"
                    message = (
                        f"the notes of this chord differ in length; it lasts as the first, {first}"
                    )
                    yield Violation(context.element_span(bar, index), message)


RULE = Rule(
    code="chord-lengths",
    level="sound",
    severity="warning",
    check=_uneven_chords,
    help="give its notes one length, as in `[DA]2`",
    doc=__doc__ or "",
)
