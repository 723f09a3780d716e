"""The settings of a project hold in an editor as they do for `tuneloom check`."""

from pathlib import Path

import pytest

from tuneloom.lsp.project_codes import codes_of_document


@pytest.fixture
def project(tmp_path: Path) -> Path:
    tmp_path.joinpath("pyproject.toml").write_text(
        '[tool.tuneloom]\nlevel = "sound"\nignore = ["tie-pitch"]\n'
        '[tool.tuneloom.per-file-ignores]\n"sketches/*.abc" = ["volta"]\n'
    )
    return tmp_path


def codes(path: Path) -> frozenset[str]:
    return codes_of_document(path.as_uri())[0]


def test_level_and_ignored_codes_are_those_of_the_nearest_table(project: Path) -> None:
    found = codes(project / "books" / "a.abc")
    assert "tuplet" in found
    assert found.isdisjoint({"tie-pitch", "bar-length"})


def test_patterns_match_the_path_from_the_table_on(project: Path) -> None:
    assert "volta" in codes(project / "a.abc")
    assert "volta" not in codes(project / "sketches" / "a b.abc")


def test_a_changed_table_is_read_again(project: Path) -> None:
    path = project / "a.abc"
    assert "tie-pitch" not in codes(path)
    table = project / "pyproject.toml"
    table.write_text('[tool.tuneloom]\nignore = ["tuplet"]\n')
    assert "tuplet" not in codes(path)
    assert "tie-pitch" in codes(path)
    table.unlink()
    assert {"tuplet", "tie-pitch"} <= codes(path)


def test_a_wrong_table_is_told_and_the_defaults_hold(project: Path) -> None:
    project.joinpath("pyproject.toml").write_text('[tool.tuneloom]\nlevle = "sound"\n')
    found, complaint = codes_of_document((project / "a.abc").as_uri())
    assert "has no setting 'levle'" in complaint
    assert "bar-length" in found


@pytest.mark.parametrize(
    "uri", ["untitled:Untitled-1", "", "file:", "file://%00", "zip:/a.abc", "::"]
)
def test_a_document_that_is_no_file_has_the_defaults(uri: str) -> None:
    found, complaint = codes_of_document(uri)
    assert "bar-length" in found
    assert complaint == ""
