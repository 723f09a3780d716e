"""The levels of validity and their codes, those of registered rules included."""

from collections.abc import Iterator

import pytest

from tuneloom.grammar import parse
from tuneloom.grammar.checking.check import check_tune, run_rules
from tuneloom.grammar.checking.levels import (
    CHECKED_LEVELS,
    all_codes,
    codes_of_collection,
    codes_of_level,
    levels_of,
    levels_reached,
    own_codes,
)
from tuneloom.grammar.checking.pages import code_page, level_of, pages, summary
from tuneloom.grammar.diagnostics.diagnostic import Level
from tuneloom.grammar.rules.basis.rule import Rule, RuleContext, Violation
from tuneloom.grammar.rules.catalogue import RULES

TUNE = "X:1\nT:Air\nM:4/4\nL:1/4\nK:D\n{body}\n"


@pytest.fixture
def no_composer() -> Iterator[Rule]:
    """A rule of somebody else's."""

    def tunes_without_composer(context: RuleContext) -> Iterator[Violation]:
        if not context.tune.field("C"):
            yield Violation(context.span(0, 2), "nobody knows who made this tune")

    rule = Rule(
        code="no-composer",
        level="sound",
        check=tunes_without_composer,
        help="write C:",
        doc="A tune without a composer.\n\nMore of it.\n",
    )
    yield RULES.register(rule.code, rule)
    RULES.unregister(rule.code)


def test_a_registered_rule_takes_part_in_checks_levels_and_pages(no_composer: Rule) -> None:
    text = TUNE.format(body="ABcd|]")
    assert [d.code for d in check_tune(text)] == [no_composer.code]
    assert no_composer.code in all_codes() & own_codes("sound") & codes_of_level("metrical")
    assert levels_of(run_rules(parse(text), text)) == ("parseable", "strict")
    assert levels_reached(parse(text), text) == ("parseable", "strict")
    assert level_of(no_composer.code) == "sound"
    assert summary(no_composer.code) == "A tune without a composer"
    assert "write C:" in code_page(no_composer.code)
    assert f"{no_composer.code}.md" in dict(pages())


@pytest.mark.usefixtures("no_composer")
def test_a_comment_may_suppress_a_registered_code() -> None:
    text = TUNE.format(body="ABcd|]").replace("M:", "% tuneloom: ignore no-composer\nM:")
    assert check_tune(text) == ()


def test_without_the_rule_its_code_is_unknown() -> None:
    text = TUNE.format(body="ABcd|] % tuneloom: ignore no-composer")
    assert [d.code for d in check_tune(text)] == ["unknown-code"]


@pytest.mark.parametrize(
    ("body", "levels"),
    [
        ("ABcd|]", CHECKED_LEVELS),
        ("ABcde|d4|]", ("parseable", "strict", "sound")),
        ("A-Bcd|(ABcd|]", ("parseable", "strict")),
        ("ABc-|d4||]", ("parseable", "sound", "metrical")),
        ("AB k", ()),
    ],
)
def test_an_error_denies_its_level_and_those_that_require_it(
    body: str, levels: tuple[str, ...]
) -> None:
    text = TUNE.format(body=body)
    assert levels_of(run_rules(parse(text), text)) == levels
    assert levels_reached(parse(text), text) == levels


def test_every_code_belongs_to_one_level_or_to_collection() -> None:
    levels: list[Level] = [*CHECKED_LEVELS, "collection"]
    codes = [code for level in levels for code in own_codes(level)]
    assert sorted(codes) == sorted(all_codes())


def test_codes_of_collection_are_warnings_that_deny_no_level() -> None:
    text = TUNE.format(body="(A|A)cd|]")
    found = check_tune(text)
    assert [(d.code, d.severity) for d in found] == [("slur-for-tie", "warning")]
    assert levels_of(found) == CHECKED_LEVELS
    assert run_rules(parse(text), text) == (), "what decides the levels does not ask for them"
    assert all(rule.severity == "warning" for rule in RULES.values() if rule.level == "collection")
    assert own_codes("collection") < codes_of_collection()


def test_a_level_asks_for_its_own_codes_and_those_of_the_levels_below() -> None:
    assert codes_of_level("parseable") == own_codes("parseable")
    assert codes_of_level("metrical") == own_codes("parseable") | own_codes("sound") | own_codes(
        "metrical"
    )
