"""Words for which there are no notes.

The syllables of a w: line are sung to the notes above it that have no words yet, one for each (5.1); they may
run over several lines of music. Syllables that are left over are not shown, so part of the song is lost
without notice.

```abc
GABc d2|
w:five syl-la-bles for the notes
```

**Repair**: none; a `-`, a `_` or a note may be missing, or the line may be too long.
"""

from __future__ import annotations

from collections.abc import Iterator

from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation
from tuneloom.grammar.tune.elements import Voice

__all__ = ["RULE"]


def _surplus_syllables(context: RuleContext) -> Iterator[Violation]:
    lost = [found for voice in context.tune.voices for found in _lost_words(voice)]
    for start, count, notes in sorted(lost):
        end = start + len(context.resolved_text[start:].partition("\n")[0].rstrip())
        syllables, sung = _number_of(count, "more syllable"), _number_of(notes, "note")
        message = f"{syllables} than the {sung} above that have no words yet"
        yield Violation(context.span(start, end), message)


def _number_of(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _lost_words(voice: Voice) -> Iterator[tuple[int, int, int]]:
    """For each line with syllables left over: its offset, their number, and the number of its notes."""
    if any(verse.lost for verse in voice.verses):
        # Imported here: few tunes have words.
        from tuneloom.grammar.tune.lyrics import aligned_fields

        fields = aligned_fields(voice.bars, "w")
        for verse, field in zip(voice.verses, fields, strict=True):
            if verse.lost:
                bar, index = field.place
                yield voice.bars[bar].starts[index], verse.lost, verse.notes


RULE = Rule(
    code="lyrics",
    level="sound",
    severity="warning",
    check=_surplus_syllables,
    aspect="fields",
    help="separate syllables with `-`, hold one with `_`, skip a note with `*`",
    doc=__doc__ or "",
)
