"""A bar line that is not on the list of the standard.

The standard lists `|` `||` `|]` `[|` `|:` `:|` `::` and what it says of repeats played more often, `.|`
and `[|]` (4.8). Of other signs each program makes its own.

```abc
ABcd||:efga:||
```

**Repair**, safe: `tuneloom format` writes those that look alike in the standard's way.

```abc
ABcd|:efga:|
```
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation

__all__ = ["RULE"]


_LISTED = re.compile(r"\.?\|{1,2}|\|\]|\[\||\[\||\|:+|:+\||::+|:+\|:+|\[\|?\]|:\|\]?|\[?\|:?|\[")


def _unlisted_bar_lines(context: RuleContext) -> Iterator[Violation]:
    for token in context.tokens:
        if token.type == "BAR_LINE":
            text = token.rstrip("0123456789,-")
            bare = text[:-1] if text != token and text.endswith("[") and len(text) > 1 else text
            if not _LISTED.fullmatch(bare):
                start = token.start
                message = f"the standard has no bar line {text}"
                yield Violation(context.span(start, start + len(text)), message)


RULE = Rule(
    code="bar-line",
    level="strict",
    check=_unlisted_bar_lines,
    help="write one of `|` `||` `|]` `[|` `|:` `:|` `::`",
    doc=__doc__ or "",
)
