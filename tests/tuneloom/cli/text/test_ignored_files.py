"""Which files a search of directories leaves out."""

from pathlib import Path

import pytest

from tuneloom.cli.text.ignored_files import files_below
from tuneloom.cli.text.input_files import find_files
from tuneloom.grammar.errors import UsageError


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in (
        "air.abc",
        "drafts/a.abc",
        "drafts/b.ABC",
        "old/air.abc",
        "old/x/y.abc",
        ".git/z.abc",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("X:1\nK:D\nA\n")
    return tmp_path


def found(*names: str) -> list[str]:
    return [Path(file.name).as_posix() for file in find_files(names or ["."])]


def test_without_patterns_all_tunebooks_are_found() -> None:
    assert found() == ["air.abc", "drafts/a.abc", "drafts/b.ABC", "old/air.abc", "old/x/y.abc"]


def test_what_git_ignores_is_left_out(folder: Path) -> None:
    (folder / ".gitignore").write_text("drafts/\nair.abc\n!/air.abc\n")
    assert found() == ["air.abc", "old/x/y.abc"]


def test_a_gitignore_below_decides_after_those_above(folder: Path) -> None:
    (folder / ".gitignore").write_text("air.abc\n")
    (folder / "old" / ".gitignore").write_text("!air.abc\nx/\n")
    assert found() == ["drafts/a.abc", "drafts/b.ABC", "old/air.abc"]


def test_the_patterns_of_the_repository_count_in_a_folder_of_it(folder: Path) -> None:
    (folder / ".gitignore").write_text("/old/x/\n")
    (folder / ".git" / "info").mkdir()
    (folder / ".git" / "info" / "exclude").write_text("a.abc\n")
    assert found("old") == ["old/air.abc"]
    assert found("drafts") == ["drafts/b.ABC"]


def test_what_is_named_is_read_though_it_is_ignored(folder: Path) -> None:
    (folder / ".gitignore").write_text("drafts/\n")
    assert found("drafts") == ["drafts/a.abc", "drafts/b.ABC"]
    assert found("drafts/a.abc") == ["drafts/a.abc"]


def test_a_project_excludes_by_patterns_from_its_own_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "pyproject.toml").write_text('[tool.tuneloom]\nexclude = ["/drafts", "x/"]\n')
    assert found() == ["air.abc", "old/air.abc"]
    monkeypatch.chdir(folder / "old")
    assert found("..") == ["../air.abc", "../old/air.abc"]


def test_no_pattern_of_git_brings_back_what_the_project_excludes(folder: Path) -> None:
    (folder / "pyproject.toml").write_text('[tool.tuneloom]\nexclude = ["*.abc"]\n')
    (folder / ".gitignore").write_text("!air.abc\n")
    assert found() == ["drafts/b.ABC"]


@pytest.mark.parametrize("value", ['"drafts"', "[1]"])
def test_a_wrong_exclude_is_named_with_its_file(folder: Path, value: str) -> None:
    (folder / "pyproject.toml").write_text(f"[tool.tuneloom]\nexclude = {value}\n")
    with pytest.raises(UsageError, match=r"pyproject.toml: exclude must be a list of patterns"):
        found()


def test_a_link_to_a_folder_is_not_followed(folder: Path) -> None:
    (folder / "drafts" / "loop").symlink_to(folder)
    assert len(list(files_below(folder, ".abc"))) == 5


def test_a_glob_matches_files_and_directories() -> None:
    assert found("*/*.abc") == ["drafts/a.abc", "old/air.abc"]
    assert found("**/air.abc") == ["air.abc", "old/air.abc"]
    assert found("o*") == ["old/air.abc", "old/x/y.abc"]


def test_a_glob_without_a_match_is_an_error() -> None:
    with pytest.raises(UsageError, match="the pattern matches no file"):
        found("*.txt")


def test_a_file_whose_name_looks_like_a_glob_is_that_file(folder: Path) -> None:
    (folder / "air[1].abc").write_text("X:1\nK:D\nA\n")
    assert found("air[1].abc") == ["air[1].abc"]
