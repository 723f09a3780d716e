"""A check as a JUnit report."""

from xml.etree import ElementTree

from tests.tuneloom.cli.check.conftest import Check


def test_a_file_is_a_suite_and_a_finding_a_case_that_failed(check: Check) -> None:
    status, out, _ = check("bad.abc", "good.abc", "--output-format", "junit")
    root = ElementTree.fromstring(out)
    assert status == 1
    assert out.startswith('<?xml version="1.0" encoding="UTF-8"?>\n')
    assert (root.tag, root.attrib) == (
        "testsuites",
        {"name": "tuneloom check", "tests": "4", "failures": "3", "errors": "0"},
    )
    assert [suite.attrib for suite in root] == [
        {"name": "bad.abc", "tests": "3", "failures": "3", "errors": "0"},
        {"name": "good.abc", "tests": "1", "failures": "0", "errors": "0"},
    ]
    case = root[0][2]
    assert case.attrib == {
        "classname": "bad.abc",
        "name": "11:4 unknown-letter (X:2 Not parseable)",
        "file": "bad.abc",
        "line": "11",
    }
    (failure,) = case
    assert failure.attrib == {
        "type": "unknown-letter",
        "message": "the letter `k` has no meaning in music",
    }
    assert failure.text == (
        "bad.abc:11:4\n   11 | AB k c|\n      |    ^\n"
        'help: notes are A-G and a-g, rests z; quote a chord symbol, as in `"Am"`; give others a U: field'
    )
    assert root[1][0].attrib == {"classname": "good.abc", "name": "1 tune"}
    assert len(root[1][0]) == 0


def test_a_file_that_cannot_be_read_is_an_error(check: Check) -> None:
    status, out, err = check("missing.abc", "--output-format", "junit")
    (suite,) = ElementTree.fromstring(out)
    assert (status, suite.get("errors"), suite.get("tests")) == (2, "1", "1")
    error = suite[0][0]
    assert error.tag == "error"
    assert err == f"error: {error.get('message')}\n"
