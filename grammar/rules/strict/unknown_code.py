"""A comment that suppresses an unknown code, or names no code.

`% tuneloom: ignore bar-length` suppresses findings: after music, on its own line; on a line of its own, on
the next line or, in the header, in the whole tune. A misspelt code suppresses nothing, unnoticed.

```abc
GABc|d2| % tuneloom: ignore bar-lenght
```

**Repair**: none; `tuneloom explain` lists the codes.
"""

from __future__ import annotations

from collections.abc import Iterator

from tuneloom.grammar.diagnostics.diagnostic import Span
from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation

__all__ = ["RULE"]


def _unknown_codes(context: RuleContext) -> Iterator[Violation]:
    if "tuneloom:" not in context.text:
        return
    from difflib import get_close_matches

    from tuneloom.grammar.diagnostics.suppressions import ignore_comments

    known = context.known_codes()
    for comment in ignore_comments(context.text):
        line = context.line + comment.line
        if not comment.codes:
            span = Span(line, comment.column, line, comment.column + 1)
            yield Violation(span, "this comment does not say which code it silences")
        for code, column in comment.codes:
            if code not in known:
                nearest = get_close_matches(code, known, 1)
                hint = f"did you mean `{nearest[0]}`?" if nearest else ""
                span = Span(line, column, line, column + len(code))
                yield Violation(span, f"there is no code `{code}`", hint)


RULE = Rule(
    code="unknown-code",
    level="strict",
    severity="warning",
    check=_unknown_codes,
    help="`tuneloom explain` lists the codes",
    doc=__doc__ or "",
)
