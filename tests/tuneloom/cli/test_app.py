import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from tuneloom.cli import app as cli
from tuneloom.grammar.errors import GateMissed, RunFailed, UsageError

TUNE = "X:1\nT:One\nK:D\nA|\n"


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--help"]) == 0
    shown = capsys.readouterr().out
    for command in (
        "sources",
        "fetch",
        "check",
        "explain",
        "ingest",
        "train",
        "evaluate",
        "generate",
        "score",
        "compare",
    ):
        assert command in shown


def test_without_a_command_the_help_is_shown_and_nothing_is_done(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main([]) == 2
    assert "Usage" in capsys.readouterr().out


def test_the_version_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--version"]) == 0
    assert capsys.readouterr().out == "tuneloom 0.1.0\n"


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["scre"], "scre"),
        (["score"], "FILE"),
        (["score", "a.abc", "--min-parsable", "90"], "--min-parsable"),
        (["score", "a.abc", "--min-parseable", "101"], "less than or equal to 100"),
        (["score", "a.abc", "--output-format", "yaml"], "yaml"),
        (["score", "a.abc", "b.abc"], "b.abc"),
        (["score", "no\nsuch.abc"], "cannot be read"),
        (["fetch", "folx"], "did you mean 'folk'?"),
    ],
)
def test_wrong_usage_is_one_line_on_standard_error_and_exit_2(
    capsys: pytest.CaptureFixture[str], arguments: list[str], problem: str
) -> None:
    assert cli.main(arguments) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("error: ")
    assert problem in shown.err
    assert shown.err.count("\n") == 1


@pytest.mark.parametrize(
    ("problem", "status", "line"),
    [
        (UsageError("no such tune"), 2, "no such tune"),
        (GateMissed("too few"), 3, "too few"),
        (RunFailed("a worker was lost"), 4, "a worker was lost"),
        (OSError(28, "No space left on device", "out.abc"), 2, "out.abc: No space left on device"),
    ],
)
def test_each_kind_of_failure_has_its_exit_status(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    problem: BaseException,
    status: int,
    line: str,
) -> None:
    app = typer.Typer()

    @app.command()
    def fail() -> None:
        raise problem

    monkeypatch.setattr(cli, "app", app)
    assert cli.main([]) == status
    assert capsys.readouterr().err == f"error: {line}\n"


def test_ctrl_c_needs_no_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    app = typer.Typer()

    @app.command()
    def wait() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "app", app)
    assert cli.main([]) == 130
    assert capsys.readouterr().err == ""


def test_a_mistake_in_the_program_itself_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    app = typer.Typer(pretty_exceptions_enable=False)

    @app.command()
    def fail() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(cli, "app", app)
    with pytest.raises(ZeroDivisionError):
        cli.main([])


def test_a_reader_that_stops_early_gets_no_complaint() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "tuneloom", "sources"], stdout=writing, stderr=subprocess.PIPE
        )
    finally:
        os.close(writing)
    assert done.stderr == b""


def test_the_module_runs_like_the_command(tmp_path: Path) -> None:
    tunes = tmp_path / "tunes.abc"
    tunes.write_text(TUNE)
    done = subprocess.run(
        [sys.executable, "-m", "tuneloom", "score", str(tunes), "--min-parseable", "100"],
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("100.0% of 1 tunes parseable")
