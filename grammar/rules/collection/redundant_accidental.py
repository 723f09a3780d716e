"""An accidental that the key has already.

In K:G every F is sharp, so `^F` says nothing new (4.2, 4.6). Either the key is another one than K: says, or
the accidental clutters the score. It is no fault where the same letter is altered elsewhere in the tune:
there it reminds of the key.

```abc
K:G
G2^FG A4|
```

If a tune has three or more, there is one finding for all of them, at the first.

**Repair**: none; whether the key or the accidental is wrong must be heard.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from msgspec import Struct

from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation
from tuneloom.grammar.tune.elements import Bar, Field, Note, Voice, notes_of_element
from tuneloom.grammar.tune.key import Key, change_key

__all__ = ["RULE"]

_MANY = 3


class _WrittenNote(Struct, frozen=True):
    """A note, where it is, and what the key in force adds to its letter."""

    note: Note
    bar: Bar
    index: int
    alteration_in_key: int


def _redundant_accidentals(context: RuleContext) -> Iterator[Violation]:
    found = [
        each
        for voice in context.tune.voices
        for each in _redundant_in_voice(voice, context.tune.key)
    ]
    if len(found) < _MANY:
        yield from (_redundant_sign(context, each) for each in found)
        return
    signs = sorted({f"{each.note.accidental}{each.note.letter}" for each in found})
    more = f"; so are {len(found) - 1} more in this tune ({', '.join(signs)})"
    yield _redundant_sign(context, found[0], more)


def _redundant_sign(context: RuleContext, each: _WrittenNote, more: str = "") -> Violation:
    sign = f"{each.note.accidental}{each.note.letter}"
    message = f"the accidental of {sign} is in the key already{more}"
    return Violation(context.element_span(each.bar, each.index), message)


def _redundant_in_voice(voice: Voice, key: Key) -> Iterator[_WrittenNote]:
    """The accidentals as in the key, of letters that nothing in the whole voice alters."""
    notes = list(_written_notes(voice, key))
    altered = {each.note.letter for each in notes if each.note.alteration != each.alteration_in_key}
    in_keys: defaultdict[str, set[int]] = defaultdict(set)
    for each in notes:
        in_keys[each.note.letter].add(each.alteration_in_key)
    for each in notes:
        letter = each.note.letter
        if each.note.accidental and letter not in altered and len(in_keys[letter]) == 1:
            yield each


def _written_notes(voice: Voice, key: Key) -> Iterator[_WrittenNote]:
    signature = dict(key.alterations)
    for bar in voice.bars:
        for index, element in enumerate(bar.elements):
            if isinstance(element, Field) and element.letter == "K":
                key = change_key(key, element.value)
                signature = dict(key.alterations)
            for note in notes_of_element(element):
                yield _WrittenNote(note, bar, index, signature.get(note.letter, 0))


RULE = Rule(
    code="redundant-accidental",
    signs="^_=",
    level="collection",
    check=_redundant_accidentals,
    aspect="accidentals",
    severity="warning",
    help="remove it, or see whether K: is right",
    doc=__doc__ or "",
)
