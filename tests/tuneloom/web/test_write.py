"""Writing a page: what it replaces, and what it refuses to."""

from pathlib import Path

import pytest

from tuneloom.corpus.record import Reject
from tuneloom.grammar.errors import UsageError
from tuneloom.web.entries import page_entry
from tuneloom.web.write import write_page

GOOD = page_entry("X:1\nT:Air\nM:4/4\nL:1/4\nK:D\nABcd|]\n")
BAD = page_entry("X:2\nT:Bad\nM:4/4\nL:1/4\nK:D\nABkk|]\n")
REJECT = Reject("input", "a.abc", 0, 7, 1, "orphan-music", "music without a header")


def test_a_page_is_written_and_summed_up(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    summary = write_page(path, "Page", [GOOD, REJECT, BAD])
    assert (summary.tunes, summary.unparseable, summary.rejects) == (2, 1, (REJECT,))
    assert path.stat().st_size == summary.bytes
    assert [each.name for each in tmp_path.iterdir()] == ["page.html"]


def test_a_page_replaces_an_earlier_one_if_it_is_asked_to(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    first = write_page(path, "Page", [GOOD])
    with pytest.raises(UsageError, match=r"page\.html: already exists; use --overwrite"):
        write_page(path, "Page", [GOOD, BAD])
    assert write_page(path, "Page", [GOOD, BAD], overwrite=True).bytes > first.bytes


def test_a_file_that_is_no_page_of_ours_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "tunes.abc"
    path.write_text("X:1\n")
    link = tmp_path / "page.html"
    write_page(tmp_path / "other.html", "Page", [GOOD])
    link.symlink_to(tmp_path / "other.html")
    for each in (path, link):
        with pytest.raises(UsageError, match="not written by Tuneloom"):
            write_page(each, "Page", [GOOD], overwrite=True)
    assert path.read_text() == "X:1\n"
    assert link.is_symlink()


def test_a_page_needs_a_folder_and_a_name(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no folder"):
        write_page(tmp_path / "none" / "page.html", "Page", [GOOD])
    with pytest.raises(UsageError, match="it is a folder"):
        write_page(tmp_path, "Page", [GOOD])


def test_a_page_needs_a_tune(tmp_path: Path) -> None:
    with pytest.raises(
        UsageError, match=r"no tune for the page: a\.abc:7:1: music without a header"
    ):
        write_page(tmp_path / "page.html", "Page", [REJECT])
    assert list(tmp_path.iterdir()) == []
