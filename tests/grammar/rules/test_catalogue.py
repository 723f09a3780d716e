"""The examples on the page of a rule show what it finds, and what the repair makes of it."""

from __future__ import annotations

import re

import pytest

from tuneloom.grammar import read_book
from tuneloom.grammar.canonical.formatter import format_tune
from tuneloom.grammar.checking.check import check_tune
from tuneloom.grammar.repairs import repair
from tuneloom.grammar.rules.basis.rule import Rule
from tuneloom.grammar.rules.catalogue import RULES
from tuneloom.grammar.source.written_music import written_music

_EXAMPLE = re.compile(r"```abc\n(.*?)```", re.DOTALL)
_FIELD = re.compile(r"[A-Z]:")
EXAMPLES = {rule.code: _EXAMPLE.findall(rule.doc) for rule in RULES.values()}
REPAIRED = [code for code, examples in EXAMPLES.items() if len(examples) > 1]
UNSAFELY_REPAIRED = {"spaced-field"}


def tunebook(example: str) -> str:
    """An example as a tunebook: its fields in the header, with X:, T: and K: unless it is a tune already."""
    if example.startswith("X:") or {"T:", "K:"} <= {line[:2] for line in example.splitlines()}:
        return example
    lines = example.splitlines(keepends=True)
    body = next((i for i, line in enumerate(lines) if not _FIELD.match(line)), len(lines))
    header = "".join(lines[:body])
    key = "" if "K:" in header else "K:D\n"
    return f"X:1\nT:x\n{header}{key}{''.join(lines[body:])}"


def codes_found(text: str) -> list[str]:
    references: dict[str, int] = {}
    music: dict[str, int] = {}
    codes: list[str] = []
    for tune in read_book(text.encode()).tunes:
        found = check_tune(
            tune.text,
            tune.line,
            references=references,
            rejoined=tune.rejoined,
            music_before=music,
        )
        codes += [d.code for d in found]
        references[tune.text.partition("\n")[0][2:].strip()] = tune.line
        music[written_music(tune.text)] = tune.line
    return codes


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)
def test_a_rule_finds_its_example(rule: Rule) -> None:
    assert rule.code in codes_found(tunebook(EXAMPLES[rule.code][0]))


@pytest.mark.parametrize("code", REPAIRED)
def test_repair_and_format_turn_one_example_into_the_other(code: str) -> None:
    found, repaired, *others = EXAMPLES[code]
    assert not others
    unsafe = code in UNSAFELY_REPAIRED
    assert format_tune(repair(tunebook(found), unsafe=unsafe).text) == tunebook(repaired)
    assert code not in codes_found(tunebook(repaired))


def test_the_page_of_a_rule_says_whether_its_repair_is_safe() -> None:
    assert len(REPAIRED) == 13
    unsafe = {code for code in REPAIRED if "**Repair**, unsafe" in RULES[code].doc}
    assert unsafe == UNSAFELY_REPAIRED
    assert all("**Repair**, safe" in RULES[code].doc for code in set(REPAIRED) - unsafe)
