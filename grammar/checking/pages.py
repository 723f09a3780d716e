"""A page on each code, which `tuneloom explain` shows; `docs/rules/` has them all.

`python -m tuneloom.grammar.checking.pages docs/rules` writes that folder.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from tuneloom.grammar.checking.levels import all_codes, own_codes
from tuneloom.grammar.diagnostics.diagnostic import Level
from tuneloom.grammar.diagnostics.explanations import SYNTAX_ERRORS, Explanation
from tuneloom.grammar.diagnostics.other_codes import (
    CODE_ORIGINS,
    OTHER_CODES,
    CodeOrigin,
    OtherCode,
)
from tuneloom.grammar.repairs.catalogue import REPAIRS
from tuneloom.grammar.rules.catalogue import RULES

__all__ = [
    "LEVEL_MEANINGS",
    "code_page",
    "codes_of_origin",
    "explained_codes",
    "index",
    "level_of",
    "summary",
    "write_pages",
]

LEVEL_MEANINGS: dict[Level, str] = {
    "parseable": "the grammar takes the tune in full",
    "strict": "it is parseable, and ABC 2.1 has nothing against it",
    "sound": "it is parseable, and its repeats, endings, ties, slurs, tuplets and chords are complete",
    "metrical": "it is sound, and every bar lasts what M: says",
    "collection": "no level, but what whoever keeps a collection wants to know of",
}
_INTRODUCTION = """# Codes

Each finding of `tuneloom check` has a code, and each code belongs to one level of validity, or to
`collection`. An error denies a tune its level; a warning does not. `tuneloom explain CODE` shows the page of
a code.

A comment in a tune suppresses codes: `% tuneloom: ignore bar-length, tie-pitch`. After music it applies to
its own line; on a line of its own in the body, to the next line; in the header, to the whole tune. A project
selects codes in its `pyproject.toml`:

```toml
[tool.tuneloom]
level = "metrical"          # or parseable, strict, sound; without it, collection is added
ignore = ["chord-lengths"]  # or `select`, for these and no others; levels and collection are names too

[tool.tuneloom.per-file-ignores]
"sketches/*.abc" = ["bar-length"]
```
"""
_OTHERS = """
The codes below are not findings of `check`. Repairs, data sets and scores give them, besides the ones above.
"""


def explained_codes() -> frozenset[str]:
    """Every code that has a page: those of checks, repairs, rejects and scores."""
    return all_codes().union(OTHER_CODES, (each.code for each in REPAIRS.values()))


def codes_of_origin(origin: CodeOrigin) -> frozenset[str]:
    """The codes of an origin; those of repairs that extensions registered are among `repairs`."""
    codes = {code for code, other in OTHER_CODES.items() if other.origin == origin}
    if origin == "repairs":
        codes.update(explained_codes() - all_codes() - OTHER_CODES.keys())
    return frozenset(codes)


def level_of(code: str) -> Level:
    return RULES.find(code).level if code in RULES else "parseable"


def summary(code: str) -> str:
    """One line that says what a code finds."""
    if code in RULES:
        return RULES.find(code).doc.partition("\n")[0].rstrip(".")
    if code in OTHER_CODES:
        return OTHER_CODES[code].message
    if code not in SYNTAX_ERRORS:  # a repair that an extension registered
        return next(each.summary for each in REPAIRS.values() if each.code == code)
    return SYNTAX_ERRORS[code].message.replace("{found}", "…")


def code_page(code: str) -> str:
    """The page of a code, in Markdown.

    Raises:
        KeyError: there is no such code.
    """
    if code in SYNTAX_ERRORS:
        return _syntax_page(code, SYNTAX_ERRORS[code])
    if code in OTHER_CODES:
        return _other_page(code, OTHER_CODES[code])
    if code not in RULES:
        if code not in explained_codes():
            raise KeyError(code)
        return f"# {code}\n\n{_repairs(code).rstrip()}\n"
    rule = RULES.find(code)
    return (
        f"# {code}\n\nLevel: {rule.level} ({rule.severity}).\n\n{rule.doc.strip()}\n\n"
        f"**Help**: {rule.help}.\n"
    )


def _syntax_page(code: str, explanation: Explanation) -> str:
    text = f"# {code}\n\nLevel: parseable (error).\n\n{_sentence(summary(code))}\n\n"
    return (
        text
        + _example(explanation.bad, explanation.good)
        + _repairs(code)
        + f"**Help**: {explanation.help}.\n"
    )


def _other_page(code: str, other: OtherCode) -> str:
    return (
        f"# {code}\n\nNo finding of `check`: {CODE_ORIGINS[other.origin]}.\n\n"
        f"{_sentence(other.message)}\n\n**Why it matters**: {other.why}.\n\n"
        + _example(other.bad, other.good)
        + (_repairs(code) if any(each.code == code for each in REPAIRS.values()) else "")
        + f"**Help**: {other.help}.\n"
    )


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def _example(bad: str, good: str) -> str:
    """What is wrong and what would be right; nothing if there is no example."""
    if not bad:
        return ""
    return f"```abc\n{bad}\n```\n\nRight would be:\n\n```abc\n{good}\n```\n\n"


def _repairs(code: str) -> str:
    """The repairs of a syntax error; a safe one does not change what sounds."""
    known = [each for each in REPAIRS.values() if each.code == code]
    if not known:
        return "**Repair**: none.\n\n"
    repairs = "; ".join(f"{each.summary} ({'safe' if each.safe else 'unsafe'})" for each in known)
    return f"**Repair**: {repairs}.\n\n"


def index() -> str:
    """The page that lists all codes by level."""
    levels = (
        _code_table(level, LEVEL_MEANINGS[level], own_codes(level)) for level in LEVEL_MEANINGS
    )
    others = (_code_table(o, meaning, codes_of_origin(o)) for o, meaning in CODE_ORIGINS.items())
    return _INTRODUCTION + "".join(levels) + _OTHERS + "".join(others)


def _code_table(name: str, meaning: str, codes: frozenset[str]) -> str:
    rows = "".join(
        f"| [{code}]({code}.md) | {_table_cell(summary(code))} |\n" for code in sorted(codes)
    )
    return f"\n## {name}: {meaning}\n\n| code | what it means |\n|---|---|\n{rows}"


def _table_cell(text: str) -> str:
    return text.replace("|", "\\|")


def pages() -> Iterator[tuple[str, str]]:
    """The name and the text of each file in `docs/rules/`."""
    yield "README.md", index()
    for code in sorted(explained_codes()):
        yield f"{code}.md", code_page(code)


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
