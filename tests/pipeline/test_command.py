import subprocess
import sys
from pathlib import Path

import pytest

from tuneloom.pipeline.command import main


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["beam"])
    monkeypatch.setattr("sys.path", ["/nowhere"])


def run(*arguments: str) -> int:
    """What the shell sees: the status returned, or the one that a script exits with."""
    try:
        return main(arguments)
    except SystemExit as leave:
        return int(leave.code or 0)


def test_a_file_runs_as_a_script_with_the_rest_as_its_arguments(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("mine.py").write_text("import sys\nprint(__name__, sys.argv[1:])\nsys.exit(7)\n")
    assert run("run", "mine.py", "--runner", "x") == 7
    assert capsys.readouterr().out == "__main__ ['--runner', 'x']\n"


def test_a_script_imports_its_neighbours(capsys: pytest.CaptureFixture[str]) -> None:
    Path("neighbour_of_a_test.py").write_text("VALUE = 3\n")
    Path("mine.py").write_text("from neighbour_of_a_test import VALUE\nprint(VALUE)\n")
    assert run("run", "mine.py") == 0
    assert capsys.readouterr().out == "3\n"


def test_a_file_of_a_package_imports_from_above_it_and_shadows_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    package = Path("package_of_a_test")
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "json.py").write_text("raise ImportError('not this one')\n")
    (package / "go.py").write_text(
        "import json\nimport package_of_a_test\nprint(json.dumps([1]))\n"
    )
    assert run("run", "package_of_a_test/go.py") == 0
    assert capsys.readouterr().out == "[1]\n"


def test_the_installed_pipeline_is_found_from_anywhere(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("run", "pipeline/ingest.py", "--help") == 0
    assert "--source NAME" in capsys.readouterr().out


def test_a_pipeline_of_that_name_in_the_working_directory_comes_first(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("pipeline").mkdir()
    Path("pipeline/ingest.py").write_text("print('mine')\n")
    assert run("run", "pipeline/ingest.py") == 0
    assert capsys.readouterr().out == "mine\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "error: beam: no command; use beam run FILE, or see beam --help\n"),
        (("walk",), "error: beam: unknown command 'walk'; use beam run FILE\n"),
        (("run",), "error: beam run: name a file, as in "),
        (("run", "gone.py"), "error: beam run: no file 'gone.py'; "),
        (("run", "notes.txt"), "error: beam run: 'notes.txt' is not a Python file; "),
        (("run", "."), "error: beam run: '.' is not a Python file; "),
    ],
)
def test_wrong_usage_is_one_line_and_status_2(
    arguments: tuple[str, ...], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("notes.txt").touch()
    assert run(*arguments) == 2
    error = capsys.readouterr().err
    assert error.startswith(message)
    assert error.count("\n") == 1


def test_ctrl_c_is_status_130() -> None:
    Path("mine.py").write_text("raise KeyboardInterrupt\n")
    assert run("run", "mine.py") == 130


def test_help_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--help") == 0
    assert "usage: beam run FILE" in capsys.readouterr().out


def test_another_checkout_runs_its_own_code(tmp_path: Path) -> None:
    package = tmp_path / "pipeline"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "run.py").write_text("print('run of the other checkout')\n")
    (package / "ingest.py").write_text("import pipeline.run\n")
    beam = "from tuneloom.pipeline.command import main; main()"
    done = subprocess.run(
        [sys.executable, "-P", "-c", beam, "run", "pipeline/ingest.py"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "run of the other checkout\n"
