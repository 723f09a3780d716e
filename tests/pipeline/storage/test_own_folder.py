from pathlib import Path

import pytest

from tuneloom.pipeline.storage.own_folder import own_folder, remove_leftovers


def leftover(folder: Path) -> Path:
    """What a process leaves that is killed while it makes a file."""
    folder.mkdir()
    (folder / ".made-by-tuneloom").touch()
    (folder / "half").mkdir()
    (folder / "half" / "a.abc").write_text("X:")
    return folder


def test_the_folder_is_beside_its_target_and_is_gone_afterwards(tmp_path: Path) -> None:
    with own_folder(tmp_path / "a.abc") as folder:
        assert folder.parent == tmp_path
        assert [path.name for path in folder.iterdir()] == [".made-by-tuneloom"]
        (folder / "a.abc").touch()
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_process_left_is_cleared_after_it_was_looked_at(tmp_path: Path) -> None:
    leftover(tmp_path / ".a.abc.partial")
    seen: list[str] = []
    with own_folder(
        tmp_path / "a.abc", lambda left: seen.append((left / "half/a.abc").read_text())
    ):
        assert not (tmp_path / ".a.abc.partial" / "half").exists()
    assert seen == ["X:"]
    assert list(tmp_path.iterdir()) == []


def test_two_at_once_have_folders_of_their_own_unless_one_wants_to_be_alone(tmp_path: Path) -> None:
    with own_folder(tmp_path / "a") as one, own_folder(tmp_path / "a") as other:
        assert one != other
        with pytest.raises(BlockingIOError), own_folder(tmp_path / "a", alone=True):
            pass
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["file", "folder", "link", "link to nothing"])
def test_what_bears_no_mark_is_never_touched(tmp_path: Path, kind: str) -> None:
    taken, kept = tmp_path / ".a.partial", tmp_path / "kept"
    leftover(kept)
    if kind == "file":
        taken.write_text("mine")
    elif kind == "folder":
        taken.mkdir()
        (taken / "mine").touch()
    else:
        taken.symlink_to(kept if kind == "link" else tmp_path / "gone")
    before = sorted(tmp_path.rglob("*"))
    with own_folder(tmp_path / "a") as folder:
        assert folder.name == ".a.2.partial"
    remove_leftovers(tmp_path)
    assert sorted(tmp_path.rglob("*")) == before


def test_leftovers_of_all_killed_processes_are_found_in_a_folder(tmp_path: Path) -> None:
    leftover(tmp_path / ".1.abc.partial")
    leftover(tmp_path / ".2.abc.2.partial")
    (tmp_path / ".3.abc.partial").mkdir()
    with own_folder(tmp_path / "4.abc") as at_work:
        remove_leftovers(tmp_path)
        assert sorted(tmp_path.iterdir()) == [tmp_path / ".3.abc.partial", at_work]
