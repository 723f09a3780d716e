from pathlib import Path

import pytest

import tuneloom

TUNE = "X:1\r\nT:Café\r\nL:1/4\r\nK:D maj\r\nAB cd|\r\n"


def test_the_text_is_that_of_the_command_and_no_file_is_changed(tmp_path: Path) -> None:
    file = tmp_path / "tune.abc"
    file.write_bytes(TUNE.encode("latin-1"))
    formatted = tuneloom.format(file)
    assert formatted.charset != "utf-8"
    assert formatted.data == formatted.text.encode("latin-1")
    assert formatted.text == tuneloom.format(TUNE).text == TUNE.replace("K:D maj", "K:D")
    assert file.read_bytes() == TUNE.encode("latin-1")


def test_line_ends_and_repairs_are_asked_for() -> None:
    assert "\r" not in tuneloom.format(TUNE, line_ends="lf").text
    broken = "X:1\nT:Air\nL:1/4\nK:D\nAB c d -|d|\n"
    assert tuneloom.format(broken).problems or tuneloom.format(broken, repair=True).repairs
    with pytest.raises(tuneloom.UsageError, match="--unsafe needs --repair"):
        tuneloom.format(TUNE, unsafe=True)


def test_a_tune_that_is_not_parseable_stays_and_is_told() -> None:
    formatted = tuneloom.format("X:1\nT:Air\nK:D\nAB k|\n")
    assert formatted.text.endswith("AB k|\n")
    assert len(formatted.problems) == 1
