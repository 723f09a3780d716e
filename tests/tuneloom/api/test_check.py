from pathlib import Path

import pytest

import tuneloom

BAD = "X:1\nT:Café\nM:3/4\nL:1/4\nK:D\nABc|AB|cde|\n"


def test_a_text_is_checked_as_its_file_is(tmp_path: Path) -> None:
    file = tmp_path / "tune.abc"
    file.write_text(BAD, encoding="utf-8")
    found = [
        [(each.line, each.found) for each in tuneloom.check(tunes).findings]
        for tunes in (BAD, BAD.encode(), file, tmp_path)
    ]
    assert found[0][0][1].code == "bar-length"
    assert found[0] == found[1] == found[2] == found[3]


def test_codes_are_selected() -> None:
    assert not list(tuneloom.check(BAD, ignore=["bar-length"]).findings)
    assert not list(tuneloom.check(BAD, level="sound").findings)
    with pytest.raises(tuneloom.UsageError, match="did you mean 'bar-length'"):
        tuneloom.check(BAD, select=["bar-lenght"])


def test_a_str_is_never_a_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("tune.abc").write_text(BAD)
    with pytest.raises(tuneloom.UsageError, match="not taken for a path"):
        tuneloom.check("tune.abc")


def test_a_file_that_cannot_be_read_is_an_error_and_one_of_several_a_fault(tmp_path: Path) -> None:
    with pytest.raises(tuneloom.UsageError, match="cannot be read"):
        tuneloom.check(tmp_path / "gone.abc")
    (tmp_path / "good.abc").write_text(BAD)
    (tmp_path / "empty.abc").write_text("")
    report = tuneloom.check(tmp_path)
    assert report.tunes == 1
    assert len(report.faults) == 1
