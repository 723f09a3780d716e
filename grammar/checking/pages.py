"""What is to be said of each code, as a page: `tuneloom explain` shows it, docs/rules/ holds them all.

python -m tuneloom.grammar.checking.pages docs/rules
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

What `tuneloom check` finds has a code, and each code belongs to one level of validity. An error denies a
tune its level; a warning is only told. `tuneloom explain CODE` shows a code's page.

A comment in a tune silences codes: `% tuneloom: ignore bar-length, tie-pitch`. Behind music it speaks of
its own line; alone in the body, of the next line; alone in the header, of the whole tune. A project says
in its `pyproject.toml` what it wants to hear of:

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
    """Everything there is to say of a code, in Markdown.

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
    """What can be repaired of a syntax error, and whether what sounds may change by it."""
    known = [each for each in REPAIRS.values() if each.code == code]
    if not known:
        return "**Repair**: none.\n\n"
    told = "; ".join(f"{each.summary} ({'safe' if each.safe else 'unsafe'})" for each in known)
    return f"**Repair**: {told}.\n\n"


def index() -> str:
    """The page that lists them all, level by level."""
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
    """Each file of the documentation and its text."""
    yield "README.md", index()
    for code in sorted(all_codes()):
        yield f"{code}.md", page(code)


def write_pages(folder: Path) -> None:
    """Write every page, and remove those of codes that are no more."""
    folder.mkdir(parents=True, exist_ok=True)
    written = dict(pages())
    for old in folder.glob("*.md"):
        if old.name not in written:
            old.unlink()
    for name, text in written.items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write_pages(Path(sys.argv[1]))
