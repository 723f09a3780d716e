"""A bar line that is not on the list of the standard.

The standard lists `|` `||` `|]` `[|` `|:` `:|`, `::` with its variants `:|:` and `:||:`, more dots for more
plays as in `|::` and `::|`, `.|` and `[|]` (4.8). Programs disagree about any other sign. A lone `:` has
a code of its own, `lone-colon`.

```abc
ABcd||:efga:||
```

**Repair**: none. abc2midi finds other sections after `||:` than after `|:`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation

__all__ = ["RULE"]


_LISTED = r"\.?\|{1,2}|\|\]|\[\||\[?\|:+|:+\|\]?|::+|:+\|{1,2}:+|\[\|?\]|\["


@lru_cache(maxsize=256)
def _is_listed(bar_line: str) -> bool:
    return re.fullmatch(_LISTED, bar_line) is not None


def _unlisted_bar_lines(context: RuleContext) -> Iterator[Violation]:
    for token in context.tokens:
        if token.type == "BAR_LINE":
            text = token.rstrip("0123456789,-")
            bare = text[:-1] if text != token and text.endswith("[") and len(text) > 1 else text
            if bare != ":" and not _is_listed(bare):
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
