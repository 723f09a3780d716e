"""`tuneloom check --statistics`: how many findings have each code."""

import json
from pathlib import Path

from tests.tuneloom.cli.check.conftest import Check


def test_codes_are_counted_in_place_of_findings(folder: Path, check: Check) -> None:
    (folder / "more.abc").write_text("X:3\nT:x\nM:4/4\nL:1/4\nK:D\nABcd|AB|ABcd|]\n")
    status, out, err = check(".", "--statistics")
    assert status == 1
    assert out == (
        "findings     [*]  code            what it finds\n"
        "       2          bar-length      A bar that is longer or shorter than its metre asks for\n"
        "       1          tie-pitch       A tie between notes of different pitch\n"
        "       1          unknown-letter  the letter … has no meaning in music\n"
    )
    assert err == "4 findings in 4 tunes\n"


def test_statistics_are_available_as_json(folder: Path, check: Check) -> None:
    (folder / "bad.abc").write_text("T:x\nM:4/4\nL:1/4\nK:D\nABcd|]\n")
    _, out, _ = check("bad.abc", "--statistics", "--output-format", "json", "--select", "strict")
    assert json.loads(out) == [
        {
            "code": "missing-reference",
            "severity": "error",
            "findings": 1,
            "repairable": 1,
            "files": 1,
        }
    ]


def test_without_findings_there_is_no_table(check: Check) -> None:
    assert check("good.abc", "--statistics") == (0, "", "1 tune, no findings\n")


def test_other_formats_have_no_statistics(check: Check) -> None:
    status, _, err = check("good.abc", "--statistics", "--output-format", "sarif")
    assert (status, err) == (2, "error: --statistics has the formats full, concise, json\n")
