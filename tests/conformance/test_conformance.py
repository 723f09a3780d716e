"""Every case of the conformance suite is read as the standard says, except those marked as open."""

import pytest

from tests.conformance.reading import differences
from tests.conformance.suite import Case, Section, read_sections

SECTIONS = read_sections()
CASES = [case for section in SECTIONS for case in section.cases]


def marked(case: Case) -> object:
    """A case as a parameter; one that is open must fail, so that whoever mends it removes the mark."""
    marks = [pytest.mark.xfail(reason=case.open, strict=True)] if case.open else []
    return pytest.param(case, id=case.id, marks=marks)


@pytest.mark.parametrize("case", [marked(case) for case in CASES])
def test_a_case_is_read_as_the_standard_says(case: Case) -> None:
    assert differences(case) == []


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.number)
def test_a_section_has_as_many_cases_as_it_says(section: Section) -> None:
    assert len(section.cases) == section.count


def test_all_sections_are_found_and_each_case_has_a_name_of_its_own() -> None:
    assert len(SECTIONS) >= 43
    assert len({case.id for case in CASES}) == len(CASES)
