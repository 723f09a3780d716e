from pathlib import Path

import pytest

from tuneloom.grammar.errors import UsageError
from tuneloom.model.score.tunes.collections import read_collection

TUNE = "X:1\nT:One\nK:D\nA|\n"


def test_a_file_is_called_by_its_stem(tmp_path: Path) -> None:
    (tmp_path / "ours.abc").write_text(TUNE)
    found = read_collection(str(tmp_path / "ours.abc"))
    assert (found.name, len(found.tunes.tunes)) == ("ours", 1)


def test_the_tunebooks_of_a_directory_are_one_collection(tmp_path: Path) -> None:
    (tmp_path / "book").mkdir()
    for name in ("a.abc", "b.abc"):
        (tmp_path / "book" / name).write_text(TUNE)
    found = read_collection(str(tmp_path / "book"))
    assert (found.name, found.tunes.requested) == ("book", 2)


def test_a_source_is_known_by_name() -> None:
    assert len(read_collection("fife").tunes.tunes) == 185


def test_a_directory_without_tunebooks_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no \.abc file"):
        read_collection(str(tmp_path))
