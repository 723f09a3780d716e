import os
from pathlib import Path
from typing import Any

import pytest

from tuneloom.corpus.reading.tune_files import read_raw_tunes
from tuneloom.corpus.record import Reject
from tuneloom.corpus.sources.inputs import input_files
from tuneloom.grammar.errors import UsageError

TUNE = "X:1\nK:D\nA\n"


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    for name in ("b.abc", "a.txt", "deep/c.ABC", "notes.md", "other/a.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(TUNE)
    return tmp_path


def paths(*inputs: object) -> list[str]:
    return [file.path for file in input_files([str(text) for text in inputs])]


def found(*inputs: object) -> dict[str, str]:
    """What is wrong with each file, by path."""
    return {file.path: file.fault for file in input_files([str(text) for text in inputs])}


def forbid(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse to list a folder: permissions alone do not keep root out."""
    scandir = os.scandir

    def refused(path: str | Path = ".") -> Any:
        if Path(path) == folder:
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refused)


def test_a_directory_gives_its_tunebooks_with_paths_below_it(shelf: Path) -> None:
    assert paths(shelf) == ["a.txt", "b.abc", "deep/c.ABC", "other/a.txt"]


def test_a_file_is_taken_whatever_its_name_ends_in(shelf: Path) -> None:
    assert paths(shelf / "notes.md") == ["notes.md"]


def test_the_path_of_a_globbed_file_begins_at_the_first_wildcard(shelf: Path) -> None:
    assert paths(shelf / "*" / "*.txt") == ["other/a.txt"]
    assert paths(shelf / "**" / "*.abc") == ["b.abc"]


def test_a_relative_glob_is_taken_from_the_working_directory(
    shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(shelf)
    [file] = input_files(["./*.abc"])
    assert file.path == "b.abc"
    assert file.location == str(shelf / "b.abc")


def test_a_file_that_two_inputs_reach_is_read_once(shelf: Path) -> None:
    shelf.joinpath("link.abc").symlink_to(shelf / "b.abc")
    assert paths(shelf / "b.abc", shelf / "*.abc", shelf / "link.abc") == ["b.abc"]


def test_files_of_one_path_keep_what_tells_them_apart(shelf: Path) -> None:
    assert paths(shelf / "a.txt", shelf / "other") == [
        (shelf / "a.txt").as_posix(),
        (shelf / "other" / "a.txt").as_posix(),
    ]


def test_links_that_lead_round_in_circles_are_not_followed(shelf: Path) -> None:
    shelf.joinpath("deep", "up").symlink_to(shelf)
    shelf.joinpath("self.abc").symlink_to("self.abc")
    assert found(shelf) == {
        "a.txt": "",
        "b.abc": "",
        "deep/c.ABC": "",
        "deep/up": "a symbolic link to a folder, which is not followed; name the folder itself",
        "other/a.txt": "",
        "self.abc": "a symbolic link that leads to no file",
    }
    with pytest.raises(UsageError, match="a symbolic link that leads to no file"):
        paths(shelf / "self.abc")


def test_a_link_that_leads_nowhere_is_a_reject(shelf: Path) -> None:
    shelf.joinpath("gone.abc").symlink_to("nothing.abc")
    for text in (shelf, shelf / "*.abc"):
        [file] = (file for file in input_files([str(text)]) if file.path == "gone.abc")
        [reject] = read_raw_tunes(file)
        assert isinstance(reject, Reject)
        assert reject.code == "unreadable-file"
        assert reject.message == "a symbolic link that leads to no file"


@pytest.mark.parametrize("pattern", ["", "*/*.txt", "*/a.txt", "**/*.txt"])
def test_a_folder_that_cannot_be_read_is_a_reject(
    shelf: Path, monkeypatch: pytest.MonkeyPatch, pattern: str
) -> None:
    forbid(shelf / "deep", monkeypatch)
    texts = found(shelf / pattern)
    assert texts["deep"] == "it cannot be read: Permission denied"
    assert texts["other/a.txt"] == ""


def test_a_folder_that_cannot_be_read_and_all_there_is_is_an_error(
    shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forbid(shelf, monkeypatch)
    with pytest.raises(UsageError, match="it cannot be read: Permission denied"):
        paths(shelf)


def test_a_name_that_no_file_can_have_is_an_error(shelf: Path) -> None:
    with pytest.raises(UsageError, match="it cannot be read: File name too long"):
        paths(shelf / ("a" * 300 + ".abc"))


def test_a_file_in_a_folder_that_may_not_be_entered_is_an_error(
    shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(self: Path) -> bool:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "is_dir", refused)
    with pytest.raises(UsageError, match=r"a\.txt': it cannot be read: Permission denied"):
        paths(shelf / "a.txt")


def test_packed_tunebooks_are_found_in_a_directory(shelf: Path) -> None:
    shelf.joinpath("other", "b.abc.gz").write_bytes(b"")
    shelf.joinpath("notes.gz").write_bytes(b"")
    assert paths(shelf / "other") == ["a.txt", "b.abc.gz"]
    assert "notes.gz" not in paths(shelf)


def test_what_a_system_left_is_passed_over_on_record(shelf: Path) -> None:
    left = (
        "._b.abc",
        ".ipynb_checkpoints/t-checkpoint.csv",
        "__MACOSX/._b.abc",
        ".#b.abc",
        "~$b.abc",
    )
    for name in (*left, "b.abc~", ".b.abc.swp", ".git/b.abc", "#b.abc#"):
        path = shelf / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(TUNE)
    told = "an editor or the system has left this file; name it itself to read it"
    assert {path for path, fault in found(shelf).items() if fault == told} == set(left)
    assert not [path for path in paths(shelf) if ".git" in path]
    assert {path for path, fault in found(shelf / "*").items() if fault == told} == {
        *("._b.abc", ".#b.abc", "~$b.abc", "b.abc~", ".b.abc.swp", "#b.abc#"),
    }
    assert found(shelf / "b.abc~") == {"b.abc~": ""}
    assert found(shelf / ".ipynb_checkpoints") == {"t-checkpoint.csv": ""}
    [reject] = (
        each
        for file in input_files([str(shelf)])
        if file.path == "._b.abc"
        for each in read_raw_tunes(file)
    )
    assert isinstance(reject, Reject)
    assert (reject.code, reject.message) == ("system-file", told)


def test_a_pipe_is_not_waited_for(shelf: Path) -> None:
    os.mkfifo(shelf / "pipe.abc")
    assert found(shelf)["pipe.abc"] == "a pipe or a device, and no file"


def test_tables_and_archives_are_found_in_a_directory(tmp_path: Path) -> None:
    names = ("a.csv", "b.jsonl.gz", "c.parquet", "d.tsv.xz", "e.json", "f.abc.bz2", "g.NDJSON")
    for name in (*names, "h.md", "i.yaml", "j.csv.bak"):
        tmp_path.joinpath(name).write_bytes(b"")
    assert paths(tmp_path) == sorted(names)


def test_the_column_and_the_license_go_with_each_file(shelf: Path) -> None:
    files = input_files([str(shelf)], "output", "CC0-1.0")
    assert {(file.column, file.license) for file in files} == {("output", "CC0-1.0")}


def test_a_name_with_brackets_is_a_name_before_it_is_a_pattern(tmp_path: Path) -> None:
    tmp_path.joinpath("set[1].abc").write_text(TUNE)
    assert paths(tmp_path / "set[1].abc") == ["set[1].abc"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("missing.abc", "no such file or directory"),
        ("", "no such file or directory"),
        ("*.xyz", "the pattern matches no file"),
        ("dee*", "the pattern matches no file"),
        ("**.abc", "Invalid pattern"),
        ("empty", "no file of tunes in there"),
    ],
)
def test_an_input_that_finds_nothing_is_an_error(
    shelf: Path, monkeypatch: pytest.MonkeyPatch, text: str, problem: str
) -> None:
    shelf.joinpath("empty").mkdir()
    monkeypatch.chdir(shelf)
    with pytest.raises(UsageError, match=problem) as caught:
        input_files([text])
    assert repr(text) in str(caught.value)
