"""The fenced blocks of a Markdown page, and what a page says that they print."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

__all__ = ["PAGES", "ROOT", "Block", "read_blocks", "read_prose"]

ROOT = Path(__file__).parents[2]
PAGES = (
    "README.md",
    "CONTRIBUTING.md",
    "docs/rules/README.md",
    *(f"docs/{page.name}" for page in sorted(ROOT.glob("docs/*.md"))),
)
"""All pages but those of single codes, which `tests/grammar/checking` holds to the rules."""

_FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
_FILE_NAME = re.compile(r"(?:#|%|//) ([\w-]+\.\w+)\n")
_RUN = ("sh", "console", "python", "js")
"""Languages of blocks that print something."""


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a page.

    `section` is the heading above it. `line` is that of its text, from 1. `printed` is the text of the block
    of `text` directly after one that is run, or None. `is_output` marks that other block.
    """

    page: str
    section: str
    line: int
    language: str
    text: str
    printed: str | None = None
    is_output: bool = False

    @property
    def file_name(self) -> str | None:
        """The name in a comment on the first line: such a block is that file."""
        found = _FILE_NAME.match(self.text)
        return found[1] if found else None

    @property
    def start(self) -> str:
        """The first line, which names the block in tables and in the names of tests."""
        return self.text.partition("\n")[0].strip()


@cache
def read_blocks(page: str) -> tuple[Block, ...]:
    """The blocks of a page, in order."""
    text = ROOT.joinpath(page).read_text(encoding="utf-8")
    return tuple(_with_output(page, text, list(_FENCED.finditer(text))))


def read_prose(page: str) -> str:
    """The text of a page without its blocks."""
    return _FENCED.sub("", ROOT.joinpath(page).read_text(encoding="utf-8"))


def _with_output(page: str, text: str, found: list[re.Match[str]]) -> Iterator[Block]:
    follows = False  # whether the block is what the one before it prints
    for fence, after in zip(found, [*found[1:], None], strict=False):
        language, body = fence.groups()
        shows = (
            not follows
            and language in _RUN
            and after is not None
            and after[1] == "text"
            and not text[fence.end() : after.start()].strip()
        )
        line = text.count("\n", 0, fence.start(2)) + 1
        printed = after[2] if after and shows else None
        headings = _HEADING.findall(text, 0, fence.start())
        yield Block(page, headings[-1] if headings else "", line, language, body, printed, follows)
        follows = shows
