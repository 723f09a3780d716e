"""Lists as a code host reads them: directly after a paragraph, without an empty line."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["with_lists_set_off"]

_ITEM = re.compile(r"(?:[-*]|\d+\.) ")


def with_lists_set_off(markdown: str) -> str:
    """The Markdown with an empty line before each list, which Python-Markdown asks for."""
    return "\n".join(_set_off(markdown.splitlines())) + "\n"


def _set_off(lines: list[str]) -> Iterator[str]:
    in_code = in_list = False
    before = ""
    for line in lines:
        if line.startswith("```"):
            in_code = not in_code
        if not line:
            in_list = False
        elif not in_code and _ITEM.match(line):
            if before and not in_list:
                yield ""
            in_list = True
        yield line
        before = line
