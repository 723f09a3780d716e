"""A page on each code, which `tuneloom explain` shows; `docs/rules/` has them all.

`python -m tuneloom.grammar.checking.pages docs/rules` writes that folder.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from tuneloom.grammar.checking.levels import CHECKED_LEVELS, all_codes, own_codes
from tuneloom.grammar.diagnostics.diagnostic import Level
from tuneloom.grammar.diagnostics.explanations import SYNTAX_ERRORS, Explanation
from tuneloom.grammar.repairs.catalogue import REPAIRS
from tuneloom.grammar.rules.catalogue import RULES

__all__ = ["index", "level_of", "page", "summary", "write_pages"]

_MEANING: dict[Level, str] = {
    "parseable": "the grammar takes the tune in full",
    "strict": "it is parseable, and ABC 2.1 has nothing against it",
    "sound": "it is parseable, and its repeats, endings, ties, slurs, tuplets and chords are complete",
    "metrical": "it is sound, and every bar lasts what M: says",
}
_INTRODUCTION = """# Codes

Each finding of `tuneloom check` has a code, and each code belongs to one level of validity. An error denies
a tune that level; a warning does not. `tuneloom explain CODE` shows the page of a code.

A comment in a tune suppresses codes: `% tuneloom: ignore bar-length, tie-pitch`. After music it applies to
its own line; on a line of its own in the body, to the next line; in the header, to the whole tune. A project
selects codes in its `pyproject.toml`:

```toml
[tool.tuneloom]
level = "metrical"                  # or parseable, strict, sound
ignore = ["chord-lengths"]          # and `select`, for these codes and no others; levels are names too

[tool.tuneloom.per-file-ignores]
"sketches/*.abc" = ["bar-length"]
```
"""


def level_of(code: str) -> Level:
    return RULES.find(code).level if code in RULES else "parseable"


def summary(code: str) -> str:
    """One line that says what a code finds."""
    if code in RULES:
        return RULES.find(code).doc.partition("\n")[0].rstrip(".")
    return SYNTAX_ERRORS[code].message.replace("{found}", "…")


def page(code: str) -> str:
    """The page of a code, in Markdown.

    Raises:
        KeyError: there is no such code.
    """
    if code not in RULES:
        return _syntax_page(code, SYNTAX_ERRORS[code])
    rule = RULES.find(code)
    return (
        f"# {code}\n\nLevel: {rule.level} ({rule.severity}).\n\n{rule.doc.strip()}\n\n"
        f"**Help**: {rule.help}.\n"
    )


def _syntax_page(code: str, explanation: Explanation) -> str:
    what = summary(code)
    text = f"# {code}\n\nLevel: parseable (error).\n\n{what[0].upper()}{what[1:]}.\n\n"
    if explanation.bad:
        text += f"```abc\n{explanation.bad}\n```\n\nRight would be:\n\n```abc\n{explanation.good}\n```\n\n"
    return text + _repairs(code) + f"**Help**: {explanation.help}.\n"


def _repairs(code: str) -> str:
    """The repairs of a syntax error; a safe one does not change what sounds."""
    known = [each for each in REPAIRS.values() if each.code == code]
    if not known:
        return "**Repair**: none.\n\n"
    repairs = "; ".join(f"{each.summary} ({'safe' if each.safe else 'unsafe'})" for each in known)
    return f"**Repair**: {repairs}.\n\n"


def index() -> str:
    """The page that lists all codes by level."""
    return _INTRODUCTION + "".join(_level_table(level) for level in CHECKED_LEVELS)


def _level_table(level: Level) -> str:
    rows = "".join(
        f"| [{code}]({code}.md) | {_table_cell(summary(code))} |\n"
        for code in sorted(own_codes(level))
    )
    return f"\n## {level}: {_MEANING[level]}\n\n| code | what it finds |\n|---|---|\n{rows}"


def _table_cell(text: str) -> str:
    return text.replace("|", "\\|")


def pages() -> Iterator[tuple[str, str]]:
    """The name and the text of each file in `docs/rules/`."""
    yield "README.md", index()
    for code in sorted(all_codes()):
        yield f"{code}.md", page(code)


def write_pages(folder: Path) -> None:
    """Write every page, and remove those of codes that no longer exist."""
    folder.mkdir(parents=True, exist_ok=True)
    written = dict(pages())
    for old in folder.glob("*.md"):
        if old.name not in written:
            old.unlink()
    for name, text in written.items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write_pages(Path(sys.argv[1]))
