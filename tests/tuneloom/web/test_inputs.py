"""The tunes of files and data sets, as a page has them."""

from collections.abc import Callable
from pathlib import Path

from tests.support.packed_sound import unpacked
from tuneloom.corpus.record import RawTune, Reject
from tuneloom.web.entries import PageEntry, page_entry
from tuneloom.web.inputs import entries_of_files

BOOK = """\
R:reel

X:1
T:One
M:4/4
L:1/8
K:D
|:DEFG A4:|

X:1
T:Two
M:4/4
L:1/8
K:D
A8|G8|

ABc|d3|
"""


def test_a_file_has_its_tunes_its_header_and_what_is_no_tune(tmp_path: Path) -> None:
    tmp_path.joinpath("book.abc").write_text(BOOK)
    found = list(entries_of_files([str(tmp_path / "book.abc")]))
    tunes = [each for each in found if isinstance(each, PageEntry)]
    assert [(tune.title, tune.rhythm) for tune in tunes] == [("One", "reel"), ("Two", "reel")]
    assert "duplicate-reference" in [each.found.code for each in tunes[1].findings]
    assert [each.code for each in found if isinstance(each, Reject)] == ["orphan-music"]


def test_rows_of_a_table_are_tunes(tmp_path: Path) -> None:
    path = tmp_path / "tunes.csv"
    path.write_text('name,abc\na,"X:1\nT:One\nK:D\nD|"\nb,"X:1\nT:Two\nK:D\nE|"\n')
    tunes = [each for each in entries_of_files([str(path)], "abc") if isinstance(each, PageEntry)]
    assert [tune.title for tune in tunes] == ["One", "Two"]


def test_every_note_of_real_tunes_is_at_a_note_of_the_text(
    real_tunes: Callable[[str], list[RawTune]],
) -> None:
    places = 0
    for tune in real_tunes("nottingham/ABC_original")[:60]:
        entry = page_entry(tune.text, tune.file_header)
        for *_, offset in unpacked(entry.sound) if entry.sound else ():
            if offset >= 0:
                assert entry.abc[offset] in "ABCDEFGabcdefg^_=["
                places += 1
    assert places > 5_000
