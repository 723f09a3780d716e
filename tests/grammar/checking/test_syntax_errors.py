"""A tune that is not parseable: each line in which the grammar stops is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuneloom.grammar.checking.check import check_tune, run_rules
from tuneloom.grammar.parsing.parser import parse

HEADER = "X:1\nT:Air\nM:4/4\nL:1/4\nK:G\n"


def errors(body: str, header: str = HEADER) -> list[tuple[int, str]]:
    return [(d.line, d.code) for d in check_tune(header + body) if d.level == "parseable"]


def test_every_line_with_an_error_has_one_finding() -> None:
    body = "GABc|*\nGA +GB+ c|+GB+\nGABc|\nK G A k|]\n"
    assert errors(body) == [(6, "reserved-character"), (7, "old-chord"), (9, "unknown-letter")]


def test_a_safe_repair_mends_all_that_are_marked() -> None:
    found = check_tune(f"{HEADER}GABc|*\ncBAG|**\n")
    assert [(d.line, d.repairable) for d in found] == [(6, True), (7, True)]


def test_of_a_header_only_the_first_error_is_told() -> None:
    assert errors("GABc|*\n", "X:1\nT:Air\nM:x\nQ:y\nK:G\n") == [(3, "bad-meter")]


@pytest.mark.parametrize(
    "body", ["GA[Bc|\ndB]c|\n", "GABc|\nWords that go on\nfor more than a line\nand are no music\n"]
)
def test_a_fault_of_several_lines_is_told_once(body: str) -> None:
    assert len(errors(body)) == 1


def test_a_comment_silences_the_error_of_its_line_alone() -> None:
    assert errors("GABc|* % tuneloom: ignore reserved-character\ncBAG|*\n") == [
        (7, "reserved-character")
    ]


def test_no_more_than_twenty_errors_of_a_tune_are_told() -> None:
    assert len(errors("GABc|*\n" * 30)) == 20


def test_the_levels_are_decided_by_the_first_error() -> None:
    text = f"{HEADER}GABc|*\ncBAG|**\n"
    assert len(run_rules(parse(text), text)) == 1


@given(st.lists(st.sampled_from(["GABc|", "GA*c|", "w:a b", '"G', "[GB", "GB]", "", "V:1", "h"])))
def test_the_first_error_is_that_of_the_parser_and_lines_go_up(lines: list[str]) -> None:
    text = HEADER + "\n".join(lines) + "\n"
    found = [d for d in check_tune(text) if d.level == "parseable"]
    assert [d.line for d in found] == sorted({d.line for d in found})
    first = parse(text).diagnostics
    assert [d.line for d in found[:1]] == [d.line for d in first]
