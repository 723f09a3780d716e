import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tuneloom.grammar.errors import UsageError
from tuneloom.pipeline.publish.local import staging_directory


def fill(directory: Path, mark: str) -> None:
    (directory / "manifest.json").write_text(json.dumps({"schema_version": 1, "mark": mark}))


def make(target: Path, mark: str, overwrite: bool = False) -> None:
    with staging_directory(target, overwrite) as staged:
        fill(staged, mark)


def mark_of(target: Path) -> str:
    return str(json.loads((target / "manifest.json").read_text())["mark"])


def test_the_target_appears_complete_and_alone(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "set"
    with staging_directory(target, overwrite=False) as staged:
        fill(staged, "new")
        assert not target.exists()
    assert (target / "COMPLETED").is_file()
    assert list(target.parent.iterdir()) == [target]


def test_a_run_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def interrupted() -> None:
        with staging_directory(tmp_path / "set", overwrite=False) as staged:
            fill(staged, "half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert list(tmp_path.iterdir()) == []


def test_a_run_that_fails_removes_the_folders_that_it_made(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    with (
        pytest.raises(RuntimeError),
        staging_directory(tmp_path / "mine" / "a" / "b" / "set", False),
    ):
        raise RuntimeError
    assert list(tmp_path.iterdir()) == [tmp_path / "mine"]
    assert list((tmp_path / "mine").iterdir()) == []


def test_links_that_form_a_loop_are_reported(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(UsageError, match=r"set: cannot be written \(symbolic links"):
        make(tmp_path / "loop" / "set", "new")


def test_an_existing_data_set_is_not_touched(tmp_path: Path) -> None:
    make(tmp_path / "set", "old")
    with pytest.raises(UsageError, match="already exists; use --overwrite"):
        make(tmp_path / "set", "new")
    assert mark_of(tmp_path / "set") == "old"


def test_overwriting_replaces_the_old_data_set(tmp_path: Path) -> None:
    make(tmp_path / "set", "old")
    make(tmp_path / "set", "new", overwrite=True)
    assert mark_of(tmp_path / "set") == "new"
    assert list(tmp_path.iterdir()) == [tmp_path / "set"]


def test_the_old_data_set_survives_a_run_that_fails(tmp_path: Path) -> None:
    make(tmp_path / "set", "old")
    with pytest.raises(RuntimeError), staging_directory(tmp_path / "set", overwrite=True):
        raise RuntimeError
    assert mark_of(tmp_path / "set") == "old"
    assert list(tmp_path.iterdir()) == [tmp_path / "set"]


def test_overwriting_does_not_replace_a_directory_that_is_not_a_data_set(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "dear.txt").write_text("Dear")
    with pytest.raises(UsageError, match="not a data set, so --overwrite will not replace it"):
        make(tmp_path / "letters", "new", overwrite=True)


def test_overwriting_does_not_remove_foreign_files_in_a_data_set(tmp_path: Path) -> None:
    make(tmp_path / "set", "old")
    (tmp_path / "set" / "notes.txt").write_text("mine")
    with pytest.raises(UsageError, match=r"holds 'notes\.txt', which is not part of a data set"):
        make(tmp_path / "set", "new", overwrite=True)


def test_an_empty_directory_may_be_overwritten(tmp_path: Path) -> None:
    (tmp_path / "set").mkdir()
    make(tmp_path / "set", "new", overwrite=True)
    assert mark_of(tmp_path / "set") == "new"


def test_a_file_in_the_way_is_reported(tmp_path: Path) -> None:
    (tmp_path / "set").write_text("")
    with pytest.raises(UsageError, match="a file of that name exists"):
        make(tmp_path / "set", "new", overwrite=True)


def test_a_target_that_cannot_be_written_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="cannot be written"):
        make(tmp_path / "file" / "set", "new")


def test_a_link_to_a_data_set_stays_a_link(tmp_path: Path) -> None:
    make(tmp_path / "real", "old")
    (tmp_path / "link").symlink_to("real")
    make(tmp_path / "link", "new", overwrite=True)
    assert (tmp_path / "link").is_symlink()
    assert mark_of(tmp_path / "real") == "new"


def test_a_data_set_that_appeared_meanwhile_is_not_touched(tmp_path: Path) -> None:
    def slow() -> None:
        with staging_directory(tmp_path / "set", overwrite=False) as staged:
            fill(staged, "slow")
            make(tmp_path / "quick", "quick")
            (tmp_path / "quick").rename(tmp_path / "set")

    with pytest.raises(UsageError, match="exists"):
        slow()
    assert mark_of(tmp_path / "set") == "quick"


def test_a_second_run_into_one_directory_is_refused(tmp_path: Path) -> None:
    with staging_directory(tmp_path / "set", overwrite=False) as first:
        fill(first, "first")
        with (
            pytest.raises(UsageError, match="another run is writing there"),
            staging_directory(tmp_path / "set", overwrite=False),
        ):
            pass
    assert (tmp_path / "set" / "COMPLETED").is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["set"]


def killed_in(block: str, target: Path) -> None:
    """A process that is killed in the middle of a run, by itself."""
    code = f"""
import os, signal
from pathlib import Path
from tuneloom.pipeline.publish import local
target = Path({str(target)!r})
def kill(*args): os.kill(os.getpid(), signal.SIGKILL)
{block}
with local.staging_directory(target, overwrite=True) as staged:
    (staged / "manifest.json").write_text('{{"schema_version": 1, "mark": "half"}}')
    (staged / ".scratch").mkdir()
kill()
"""
    assert subprocess.run([sys.executable, "-c", code]).returncode == -signal.SIGKILL


def test_what_a_killed_run_left_behind_is_removed_by_the_next(tmp_path: Path) -> None:
    killed_in("local.mark_complete = local.check_target = local._swap = kill", tmp_path / "set")
    killed_in("local._swap = kill", tmp_path / "set")
    assert [path.name for path in tmp_path.iterdir()] == [".set.partial"]
    make(tmp_path / "set", "new")
    assert [path.name for path in tmp_path.iterdir()] == ["set"]
    assert mark_of(tmp_path / "set") == "new"


def test_what_a_run_killed_at_its_last_step_was_replacing_comes_back(tmp_path: Path) -> None:
    make(tmp_path / "set", "old")
    block = """
rename = local._rename
local._rename = lambda source, to: kill() if to == target else rename(source, to)
"""
    killed_in(block, tmp_path / "set")
    assert not (tmp_path / "set").exists()
    with pytest.raises(UsageError, match="already exists; use --overwrite"):
        make(tmp_path / "set", "new")
    assert [path.name for path in tmp_path.iterdir()] == ["set"]
    assert mark_of(tmp_path / "set") == "old"


@pytest.mark.parametrize(
    "name", [".set-20250101.old", ".set-backup01.partial", ".set.partial", ".set.2.partial"]
)
def test_a_folder_that_only_looks_like_ours_is_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / "mine.txt").write_text("mine")
    (tmp_path / ".set.lock").write_text("mine")
    make(tmp_path / "set", "new")
    make(tmp_path / "set", "newer", overwrite=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([name, ".set.lock", "set"])
    assert (tmp_path / name / "mine.txt").read_text() == "mine"
    assert (tmp_path / ".set.lock").read_text() == "mine"
