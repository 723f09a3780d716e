from pathlib import Path

import pytest

from tuneloom.model.runtime.atomic import atomic_output


def write(path: Path, text: str) -> None:
    with atomic_output(path) as temporary:
        temporary.write_text(text)


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "model.keras"
    write(path, "old")
    write(path, "new")
    assert path.read_text() == "new"
    assert list(tmp_path.iterdir()) == [path]


def test_the_old_file_is_there_until_the_new_one_is_complete(tmp_path: Path) -> None:
    path = tmp_path / "model.keras"
    write(path, "old")
    with atomic_output(path) as temporary:
        temporary.write_text("new")
        assert path.read_text() == "old"
        assert temporary.suffix == ".keras"


def test_what_fails_half_way_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "model.keras"
    write(path, "old")
    with pytest.raises(UnicodeEncodeError):
        write(path, "half a surrogate: \ud834")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]
