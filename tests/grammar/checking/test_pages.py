"""docs/rules/ says of each code what `explain` says, and nothing else."""

from pathlib import Path

import pytest

from tuneloom.grammar.checking.pages import pages, summary, write_pages
from tuneloom.grammar.rules.basis.rule import Rule
from tuneloom.grammar.rules.catalogue import RULES

DOCS = Path(__file__).parents[3] / "docs" / "rules"


def test_the_pages_in_docs_are_those_that_the_rules_make() -> None:
    made = dict(pages())
    assert {path.name for path in DOCS.iterdir()} == set(made), "run `make docs`"
    for name, text in made.items():
        assert (DOCS / name).read_text(encoding="utf-8") == text, f"{name}: run `make docs`"


def test_the_page_of_a_code_that_no_longer_exists_is_removed(tmp_path: Path) -> None:
    (tmp_path / "gone.md").write_text("old")
    write_pages(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {name for name, _ in pages()}


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)
def test_a_rule_says_what_it_finds_with_an_example_and_its_repair(rule: Rule) -> None:
    assert 0 < len(summary(rule.code)) < 100
    assert "```abc" in rule.doc
    assert "**Repair**" in rule.doc
