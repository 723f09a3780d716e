import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from tuneloom.cli.app import main
from tuneloom.grammar.errors import GateMissed, RunFailed, UsageError

TUNE = "X:1\nT:One\nK:D\nA|\n"


@click.command
def interrupted_command() -> None:
    raise KeyboardInterrupt


@click.command
def faulty_command() -> None:
    raise ZeroDivisionError


def failing_command(problem: Exception) -> click.Command:
    @click.command
    def fail() -> None:
        raise problem

    return fail


def test_without_a_command_the_help_is_shown_and_nothing_is_done(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main([]) == 2
    assert "Usage" in capsys.readouterr().out


def test_the_version_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == "tuneloom 0.1.0\n"


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["scre"], "scre"),
        (["score"], "FILE"),
        (["score", "a.abc", "--min-parsable", "90"], "--min-parsable"),
        (["score", "a.abc", "--min-parseable", "101"], "not in the range 0<=x<=100"),
        (["score", "a.abc", "--output-format", "yaml"], "yaml"),
        (["score", "a.abc", "b.abc"], "b.abc"),
        (["score", "no\nsuch.abc"], "cannot be read"),
        (["fetch", "folx"], "did you mean 'folk'?"),
        (["chek"], "Did you mean 'check'?"),
        (["play"], "Did you mean 'page' or 'wav'?"),
        (["export", "folk", "--to", "csv"], "tuneloom ingest --source folk -o data/folk"),
        (
            ["export", "nowhere/ryan", "--to", "csv"],
            "tuneloom ingest --source ryan -o nowhere/ryan",
        ),
        (["export", __file__, "--to", "csv"], "tuneloom ingest --input"),
    ],
)
def test_wrong_usage_is_one_line_on_standard_error_and_exit_2(
    capsys: pytest.CaptureFixture[str], arguments: list[str], problem: str
) -> None:
    assert main(arguments) == 2
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
    capsys: pytest.CaptureFixture[str], problem: Exception, status: int, line: str
) -> None:
    assert main([], failing_command(problem)) == status
    assert capsys.readouterr().err == f"error: {line}\n"


@pytest.mark.parametrize(
    ("module", "arguments", "line"),
    [
        ("matplotlib.axes", ["stats", "{tunes}", "--charts", "{folder}"], None),
        ("pandas", ["stats", "{tunes}"], "stats needs pandas, which is not installed: {data}"),
        (
            "numpy",
            ["train", "{folder}", "--run", "{folder}/run"],
            "train needs NumPy, which is not installed: {train}",
        ),
    ],
)
def test_a_missing_package_of_an_extra_is_one_line_and_another_is_a_traceback(
    module: str, arguments: list[str], line: str | None, tmp_path: Path
) -> None:
    (tmp_path / "tunes.abc").write_text(TUNE)
    script = (
        "import sys; from tuneloom.cli.app import main; sys.modules[sys.argv[1]] = None;"
        "sys.exit(main(sys.argv[2:]))"
    )
    given = [part.format(tunes=tmp_path / "tunes.abc", folder=tmp_path) for part in arguments]
    done = subprocess.run(
        [sys.executable, "-c", script, module, *given], capture_output=True, text=True
    )
    if line is None:
        assert done.returncode == 1
        assert f"ModuleNotFoundError: import of {module} halted" in done.stderr
    else:
        installs = {extra: f"pip install 'tuneloom[{extra}]'" for extra in ("data", "train")}
        expected = f"error: tuneloom {line.format(**installs)}\n"
        assert (done.returncode, done.stderr) == (2, expected)


def test_plugins_are_loaded_before_a_command_and_not_for_help(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.tuneloom]\nplugins = ['no_such_plugin']\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path])
    assert main(["explain"]) == 2
    assert "plugin 'no_such_plugin' cannot be imported" in capsys.readouterr().err
    assert main(["--help"]) == 0


@pytest.mark.parametrize(
    ("variables", "colored"),
    [
        ({}, False),
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": ""}, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ({"FORCE_COLOR": "1", "TERM": "dumb"}, True),
    ],
)
def test_no_color_and_force_color_are_heeded(
    variables: dict[str, str],
    colored: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("bad.abc").write_text(TUNE.replace("A|", "A k|"))
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    main(["check", "bad.abc"])
    assert ("\x1b[31m" in capsys.readouterr().out) == colored


def test_ctrl_c_prints_nothing_and_exits_130(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([], interrupted_command) == 130
    assert capsys.readouterr().err == ""


def test_a_mistake_in_the_program_itself_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError):
        main([], faulty_command)


def test_a_closed_pipe_prints_no_error() -> None:
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
