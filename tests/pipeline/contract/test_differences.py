from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tuneloom.grammar.errors import UsageError
from tuneloom.pipeline.contract.differences import DatasetDifferences, compare_datasets


@pytest.fixture
def difference(
    ingest: Callable[..., Any], book: Path, data_set: Path, tmp_path: Path
) -> Callable[[str, str], DatasetDifferences]:
    """Compare the data set of the book with that of a book in which a text is replaced."""

    def compare(old: str, new: str) -> DatasetDifferences:
        other = tmp_path / "book.abc"
        other.write_text(book.read_text().replace(old, new))
        assert ingest("--input", other, "--output", tmp_path / "set").status == 0
        return compare_datasets(data_set, tmp_path / "set")

    return compare


def test_a_data_set_does_not_differ_from_itself(data_set: Path) -> None:
    found = compare_datasets(data_set, data_set)
    assert not found
    assert found.equal == 3


def test_tunes_that_come_and_go_are_told(
    difference: Callable[[str, str], DatasetDifferences],
) -> None:
    found = difference(
        "T:Waltz\nM:3/4\nL:1/4\nK:Am\nA2B|c2d", "T:Other\nM:3/4\nL:1/4\nK:Am\nB2A|d2c"
    )
    assert [place.title for place in found.added] == ["Other"]
    assert [place.title for place in found.gone] == ["Waltz"]
    assert (found.changed, found.moved, found.equal) == ((), (), 2)


def test_a_tune_of_the_same_title_in_the_same_file_is_changed(
    difference: Callable[[str, str], DatasetDifferences],
) -> None:
    found = difference("A2B|c2d", "B2A|d2c")
    (changed,) = found.changed
    assert (changed.old.title, changed.new.title) == ("Waltz", "Waltz")
    assert changed.features[:2] == ("id", "abc")
    assert (found.added, found.gone) == ((), ())


def test_a_change_of_the_header_alone_is_a_change(
    difference: Callable[[str, str], DatasetDifferences],
) -> None:
    (changed,) = difference("R:reel", "R:polka").changed
    assert set(changed.features) == {"abc", "rhythm"}


def test_text_that_is_put_before_moves_the_tunes(
    difference: Callable[[str, str], DatasetDifferences],
) -> None:
    found = difference("Tunes for a test", "Many tunes for a test")
    assert [change.features for change in found.moved] == [("offset",)] * 3
    assert found.crossed == 0


def test_what_is_not_a_data_set_is_named(data_set: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not a finished data set"):
        compare_datasets(data_set, tmp_path)
