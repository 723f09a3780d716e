"""The table of pyproject.toml, and its plugins."""

import sys
from pathlib import Path

import pytest

from tuneloom.grammar.errors import UsageError
from tuneloom.grammar.project import load_project_plugins, read_project_table


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a plugin that counts how often it is imported; what it adds to Python goes with it."""
    monkeypatch.setattr(sys, "path", [*sys.path])
    monkeypatch.delitem(sys.modules, "a_plugin_of_ours", raising=False)
    (tmp_path / "a_plugin_of_ours.py").write_text(
        "from pathlib import Path\n"
        "log = Path(__file__).with_name('log')\n"
        "log.write_text(log.read_text() + '.' if log.exists() else '.')\n"
    )
    return tmp_path


def write(folder: Path, text: str) -> None:
    (folder / "pyproject.toml").write_text(text)


def test_the_nearest_file_counts(tmp_path: Path) -> None:
    write(tmp_path, '[tool.tuneloom]\nlevel = "sound"\n')
    (tmp_path / "sub").mkdir()
    table = read_project_table(tmp_path / "sub")
    assert table is not None
    assert (table.path, table.values) == (tmp_path / "pyproject.toml", {"level": "sound"})
    write(tmp_path / "sub", "[project]\nname = 'other'\n")
    assert read_project_table(tmp_path / "sub") is None


@pytest.mark.parametrize("text", ["", "[tool.other]\n", "# tuneloom\n", "not toml ["])
def test_a_file_without_the_table_is_as_good_as_none(tmp_path: Path, text: str) -> None:
    write(tmp_path, text)
    assert read_project_table(tmp_path) is None


def test_plugins_beside_the_file_are_imported_once(project: Path) -> None:
    write(project, '[tool.tuneloom]\nplugins = ["a_plugin_of_ours"]\n')
    (project / "sub").mkdir()
    load_project_plugins(project / "sub")
    load_project_plugins(project)
    assert (project / "log").read_text() == "."


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("tool.tuneloom = 1", "must be a table"),
        ("[tool.tuneloom", "cannot be read"),
        ("[tool.tuneloom]\nplugins = 'one'", "must be a list of module names"),
        ("[tool.tuneloom]\nplugins = ['no_such_plugin']", "'no_such_plugin' cannot be imported"),
    ],
)
def test_what_is_wrong_with_the_table_is_said_with_the_file(
    project: Path, text: str, problem: str
) -> None:
    write(project, text)
    with pytest.raises(UsageError, match=problem) as error:
        load_project_plugins(project)
    assert str(project / "pyproject.toml") in str(error.value)
