"""Each rule beyond syntax has a fixture: tunes in which lines of carets mark what the rule finds.

A line `%   ^` marks one place for each caret, in the line above it, and `%<` its first column; where
nothing is marked, the rule must find nothing.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tuneloom.grammar import read_book
from tuneloom.grammar.checking.check import check_tune
from tuneloom.grammar.rules.catalogue import RULES
from tuneloom.grammar.source.written_music import written_music

FIXTURES = Path(__file__).parent / "fixtures"
_CARETS = re.compile(r"%(?=<|[ ^]*\^)<?[ ^]*$")


def marked(text: str) -> list[tuple[int, int]]:
    """The line and column of each caret, where the marked line is the last one without carets."""
    places: list[tuple[int, int]] = []
    above = 0
    for number, line in enumerate(text.split("\n"), start=1):
        if _CARETS.match(line):
            # `%` is in the first column, and so `<` after it points there.
            places += [
                (above, 1 if match[0] == "<" else match.start() + 1)
                for match in re.finditer(r"[<^]", line)
            ]
        else:
            above = number
    return places


@pytest.mark.parametrize("code", [rule.code for rule in RULES.values()])
def test_a_rule_finds_what_its_fixture_marks_and_nothing_else(code: str) -> None:
    text = (FIXTURES / f"{code}.abc").read_text()
    book = read_book(text.encode())
    references: dict[str, int] = {}
    music: dict[str, int] = {}
    found: list[tuple[int, int]] = []
    for tune in book.tunes:
        diagnostics = check_tune(
            tune.text,
            tune.line,
            book.header,
            {code},
            references,
            rejoined=tune.rejoined,
            music_before=music,
        )
        found.extend((d.line, d.column) for d in diagnostics)
        references.setdefault(tune.text.partition("\n")[0][2:].strip(), tune.line)
        music.setdefault(written_music(tune.text), tune.line)
    assert found == marked(text)
    assert found, "a fixture shows at least one thing that its rule finds"


def test_every_fixture_has_a_rule() -> None:
    assert {path.stem for path in FIXTURES.glob("*.abc")} == {rule.code for rule in RULES.values()}
