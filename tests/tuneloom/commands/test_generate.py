from pathlib import Path

import pytest

from tuneloom.cli import main


def test_tunes_go_to_a_file_that_the_score_reads(
    run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tunes = tmp_path / "new" / "tunes.abc"
    arguments = ["-n", "3", "--max-chars", "60", "--output", str(tunes)]
    assert main(["generate", str(run), *arguments]) == 0
    assert capsys.readouterr().out.startswith(f"{tunes}: 3 tunes, ")
    assert tunes.read_text().startswith("%%tuneloom draws 3\n")
    assert main(["score", str(tunes)]) == 0
    assert "3 tunes" in capsys.readouterr().out


def test_without_a_file_tunes_go_to_the_screen(
    run: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["generate", str(run), "-n", "2", "--max-chars", "60"]) == 0
    shown = capsys.readouterr()
    assert shown.out.count("\nX:") == 2
    assert shown.err == ""


def test_a_prompt_may_hold_the_ends_of_lines(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["-n", "1", "--max-chars", "60", "--prompt", r"M:6/8\nL:1/8\nK:D\nA"]
    assert main(["generate", str(run), *arguments]) == 0
    assert "M:6/8\nL:1/8\nK:D\nA" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (["--prompt", "X:1é"], "'é'"),
        (["--temperature", "0"], "--temperature"),
        (["-n", "0"], "-n"),
        (["--max-chars", "3", "--prompt", "M:6/8"], "--prompt has 5 characters"),
    ],
)
def test_wrong_usage_is_one_line(
    run: Path, capsys: pytest.CaptureFixture[str], options: list[str], problem: str
) -> None:
    assert main(["generate", str(run), *options]) == 2
    shown = capsys.readouterr().err
    assert problem in shown
    assert shown.count("\n") == 1


def test_what_is_no_run_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["generate", str(tmp_path)]) == 2
    assert "not a training run" in capsys.readouterr().err
