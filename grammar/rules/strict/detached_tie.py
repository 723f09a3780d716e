"""A tie that does not touch its first note.

A tie touches the first of the two notes that it joins (4.11); anything between the notes comes after it.
Other programs see no first note in `c2 -c2`.

```abc
c2 -c2|
```

**Repair**, safe: the tie moves to its note.

```abc
c2- c2|
```
"""

from collections.abc import Iterator

from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation

__all__ = ["RULE"]


def _detached_ties(context: RuleContext) -> Iterator[Violation]:
    for token in context.tokens:
        if (
            token.type in ("NOTE", "CHORD_CLOSE")
            and token[-1] == "-"
            and (" " in token or "\t" in token)
        ):
            end = token.start + len(token)
            yield Violation(context.span(end - 1, end), "a tie apart from its first note")


RULE = Rule(
    code="detached-tie",
    level="strict",
    check=_detached_ties,
    help="a tie touches the first of its notes: `c2- c2`",
    doc=__doc__ or "",
)
