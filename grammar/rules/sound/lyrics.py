"""Words for which there are no notes.

The syllables of a w: line are sung to the notes of the music line above it, one for each (5.1). Syllables
that are left over are not shown, so part of the song is lost without notice.

```abc
GABc d2|
w:five syl-la-bles for the notes
```

**Repair**: none; a `-`, a `_` or a note may be missing, or the line may be too long.
"""

from __future__ import annotations

from collections.abc import Iterator

from tuneloom.grammar.parsing.lyrics import syllable_count
from tuneloom.grammar.parsing.nodes import Tree
from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation

__all__ = ["RULE"]


def _surplus_syllables(context: RuleContext) -> Iterator[Violation]:
    notes = 0
    for child in context.parsed.tree.children:
        if isinstance(child, Tree):
            notes = _sung_notes(child)
        elif child.startswith("w:") and child.type == "BODY_TEXT_FIELD":
            extra = syllable_count(child[2:]) - notes
            if extra > 0:
                start = child.start
                span = context.span(start, start + len(child.rstrip()))
                yield Violation(
                    span, f"{extra} more syllables than the {notes} notes of the line above"
                )


def _sung_notes(line: Tree) -> int:
    """Notes and chords of a music line; grace notes are not sung."""
    return sum(
        child.data == "chord" if isinstance(child, Tree) else child.type == "NOTE"
        for child in line.children
    )


RULE = Rule(
    code="lyrics",
    level="sound",
    severity="warning",
    check=_surplus_syllables,
    help="separate syllables with `-`, hold one with `_`, skip a note with `*`",
    doc=__doc__ or "",
)
