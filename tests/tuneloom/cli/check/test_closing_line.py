"""The last lines of a check."""

import io
import sys
from pathlib import Path

import pytest

from tests.tuneloom.cli.check.conftest import Check
from tuneloom.cli.app import main

DIRTY = "X:1\nT:Air\nM:4/4\nL:1/4\nK:D\nABcd|*\nABcd|]\n"


def test_repairs_are_counted_and_their_command_does_them(folder: Path, check: Check) -> None:
    (folder / "our tunes.abc").write_text(DIRTY)
    status, _, err = check("our tunes.abc")
    assert status == 1
    assert err == (
        "1 finding in 1 tune\n"
        "[*] 1 can be repaired: tuneloom format --repair --write 'our tunes.abc' "
        "(--diff shows what would change)\n"
    )
    assert main(["format", "--repair", "--write", "our tunes.abc"]) == 0
    assert check("our tunes.abc")[0] == 0


def test_what_an_unsafe_repair_would_guess_is_counted_apart(folder: Path, check: Check) -> None:
    (folder / "old.abc").write_text(f"{DIRTY}\nX:2\nT:Old\nM:3/4\nL:1/4\nK:D\n+AB+cd|]\n")
    _, out, err = check("old.abc", "--output-format", "concise")
    assert [line.split()[1:3] for line in out.splitlines()] == [
        ["reserved-character", "[*]"],
        ["old-chord", "[?]"],
    ]
    assert err == (
        "2 findings in 2 tunes\n"
        "[*] 1 can be repaired: tuneloom format --repair --write old.abc (--diff shows what would "
        "change)\n"
        "[?] 1 by a guess at what was meant: tuneloom format --repair --unsafe --write old.abc "
        "(--diff shows what would change)\n"
    )


def test_many_paths_are_not_repeated(folder: Path, check: Check) -> None:
    (folder / "air.abc").write_text(DIRTY)
    assert " --write FILE... " in check(*["air.abc"] * 20)[2]


def test_standard_input_is_repaired_to_standard_output(
    check: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(DIRTY.encode())))
    assert check("-")[2].endswith("repaired: tuneloom format --repair -\n")


def test_quiet_leaves_the_closing_lines_out(check: Check) -> None:
    status, out, err = check("bad.abc", "--quiet")
    assert (status, err) == (1, "")
    assert "bar-length" in out
    assert check("good.abc", "-q") == (0, "", "")
    assert check("missing.abc", "-q")[2].startswith("error: missing.abc: ")
