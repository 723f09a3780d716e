"""Findings of one cause are shown once, with the other places."""

from pathlib import Path

from tests.tuneloom.cli.check.conftest import Check

ONE_CODE = ("--select", "unknown-field")
TUNE = "X:{n}\nT:Air\nt:lower\nM:4/4\nL:1/4\nK:D\nABcd|]\n\n"


def test_four_findings_that_say_the_same_are_shown_at_the_first(folder: Path, check: Check) -> None:
    (folder / "book.abc").write_text("".join(TUNE.format(n=n) for n in range(1, 5)))
    _, out, err = check("book.abc", *ONE_CODE)
    assert out == (
        "book.abc:3:1: unknown-field the standard has no field t: (X:1 Air)\n"
        "    3 | t:lower\n"
        "      | ^^\n"
        "help: write it as `N:`, a note, or as a comment\n"
        "the same 3 times more: 11:1 (X:2), 19:1 (X:3), 27:1 (X:4)\n\n"
    )
    assert err == "4 findings in 4 tunes\n"


def test_three_are_shown_each_by_itself(folder: Path, check: Check) -> None:
    (folder / "book.abc").write_text("".join(TUNE.format(n=n) for n in range(1, 4)))
    assert check("book.abc", *ONE_CODE)[1].count("unknown-field") == 3


def test_of_very_many_some_are_named(folder: Path, check: Check) -> None:
    (folder / "book.abc").write_text("".join(TUNE.format(n=n) for n in range(1, 41)))
    out = check("book.abc", *ONE_CODE)[1]
    assert out.count(" (X:") == 13
    assert "the same 39 times more: " in out
    assert out.endswith(" and 27 more, which --output-format concise names\n\n")
    assert check("book.abc", "--output-format", "concise")[1].count("unknown-field") == 40


def test_bars_of_different_tunes_are_not_put_together(folder: Path, check: Check) -> None:
    tune = TUNE.replace("t:lower\n", "").replace("ABcd|]", "ABcd|AB|ABcd|]")
    (folder / "book.abc").write_text("".join(tune.format(n=n) for n in range(1, 7)))
    assert check("book.abc")[1].count("bar-length") == 6
