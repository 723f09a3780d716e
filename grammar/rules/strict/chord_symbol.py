"""Quoted text that is neither a chord symbol nor an annotation.

A chord symbol is a root, a kind and a bass (4.18); any other text begins with a sign that says where it is
printed: `^` above, `_` below, `<` `>` `@` (4.19). Without one, programs take it for a chord symbol.

```abc
"p"A2 "4"B2 "slow"c4|
```

**Repair**, safe, where the text cannot be a chord: it becomes an annotation above.
Unsafe next to a chord symbol, which abcjs plays only then, and where the text is blank: it is removed.

```abc
"^p"A2 "^4"B2 "^slow"c4|
```
"""

from __future__ import annotations

from collections.abc import Iterator

from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation

__all__ = ["RULE"]


def _unmarked_texts(context: RuleContext) -> Iterator[Violation]:
    # Imported here: many tunes have none.
    from tuneloom.grammar.tune.quoted import is_annotation, is_chord_symbol

    for token in context.tokens:
        if token.type == "CHORD_SYMBOL":
            text = token[1:-1]
            if not is_annotation(text) and not is_chord_symbol(text):
                start = token.start
                span = context.span(start, start + len(token))
                yield Violation(span, f"`{text}` is neither a chord symbol nor an annotation")


RULE = Rule(
    code="chord-symbol",
    signs='"',
    level="strict",
    check=_unmarked_texts,
    help="write `^` before it for text above the notes, `_` for text below",
    doc=__doc__ or "",
)
