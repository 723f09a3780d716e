"""The nearest training tune of each tune of a page, and the bars that both have."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tuneloom.cli.app import main
from tuneloom.corpus.record import Reject
from tuneloom.pipeline.dataset.reader import read_records
from tuneloom.web.entries import PageEntry, page_entry
from tuneloom.web.originality import with_nearest
from tuneloom.web.write import write_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser

KESH = "|:G3 GAB|A3 ABd|edd gdd|edB dBA|G2E GAB|ABA ABd|edd gdB|AGF G3:|"
WALTZ = "|:c4 e2|g3 f ed|c2 B2 A2|G6|A2 c2 f2|e2 d2 c2|B2 d2 G2|c6:|"
REJECT = Reject("input", "a.abc", 0, 7, 1, "orphan-music", "music without a header")


def entry_of(music: str, header: str = "M:6/8\nL:1/8\nK:G") -> PageEntry:
    return page_entry(f"X:1\nT:Drawn \U0001d11e\n{header}\n{music}\n")


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data set whose training split has both tunes."""
    folder = tmp_path_factory.mktemp("originality")
    kesh, waltz = (
        f"X:1\nT:{title}\nM:{meter}\nL:1/8\nK:{key}\n{music}\n\n"
        for title, meter, key, music in (
            ("The <Kesh>", "6/8", "G", KESH),
            ("Waltz", "3/4", "C", WALTZ),
        )
    )
    (folder / "book.abc").write_text(kesh + waltz)
    arguments = ["--input", str(folder / "book.abc"), "--output", str(folder / "data")]
    assert main(["ingest", *arguments, "--split", "98/1/1"]) == 0
    return folder / "data"


@pytest.mark.parametrize(
    ("music", "header"),
    [
        ("G2E G2A|edd gdd|edB dBA|G2E GAB|F3 C3|]", "M:6/8\nL:1/8\nK:G"),
        ("A4F2 A4B2|f2e2e2 a2e2e2|f2e2c2 e2c2B2|A4F2 A2B2c2|G6 D6|]", "M:6/8\nL:1/16\nK:A"),
    ],
    ids=["same key", "another key and note length"],
)
def test_the_shared_bars_are_those_whose_notes_both_have(
    dataset: Path, music: str, header: str
) -> None:
    entry = entry_of(music, header)
    [found] = with_nearest([entry], dataset)
    assert isinstance(found, PageEntry)
    assert found.nearest is not None
    nearest = found.nearest
    assert (nearest.title, nearest.is_copy) == ("The <Kesh>", False)
    units = entry.abc.encode("utf-16-le")
    [shared] = nearest.shared
    stretch = units[2 * shared.start : 2 * shared.end].decode("utf-16-le")
    assert (shared.first, shared.last, stretch) == (2, 4, "|".join(music.split("|")[1:4]))
    [there] = nearest.shared_there
    stretch = nearest.abc[there.start : there.end].replace("\n", "")
    assert (there.first, there.last, stretch) == (3, 5, "edd gdd|edB dBA|G2E GAB")


def test_a_copy_in_another_key_is_a_copy(dataset: Path) -> None:
    [record] = (each for each in read_records(dataset, "train") if each.title == "Waltz")
    moved = "|:d4 f2|a3 g fe|d2 c2 B2|A6|B2 d2 g2|f2 e2 d2|c2 e2 A2|d6:|"
    [found] = with_nearest([entry_of(moved, "M:3/4\nL:1/8\nK:D")], dataset)
    assert isinstance(found, PageEntry)
    assert found.nearest is not None
    assert (found.nearest.id, found.nearest.is_copy) == (record.id, True)
    assert found.nearest.similarity == 1
    [shared] = found.nearest.shared
    assert (shared.first, shared.last) == (1, 8)


def test_what_has_no_melody_has_no_nearest_tune(dataset: Path) -> None:
    silent, bad, other = entry_of("z6|"), entry_of("Akk|"), entry_of("^A,,,/7^g'''5|")
    assert list(with_nearest([silent, REJECT, bad, other], dataset)) == [silent, REJECT, bad, other]


@pytest.mark.browser
def test_the_nearest_tune_is_beside_the_tune_with_the_shared_bars_marked(
    dataset: Path, browser: Browser, tmp_path: Path
) -> None:
    from tests.support.chromium import open_page

    page = tmp_path / "page.html"
    shared = entry_of("G2E G2A|edd gdd|edB dBA|G2E GAB|F3 C3|]")
    write_page(page, "Draws", with_nearest([shared, entry_of("z6|")], dataset))
    with open_page(browser, page, viewport={"width": 1280, "height": 900}) as opened:
        opened.page.wait_for_selector("#nearest-score .abcjs-note.shared")
        assert opened.page.text_content("#nearest-name") == "The <Kesh>"
        note = opened.page.text_content("#nearest-note") or ""
        assert "Marked: bars 2–4, there bars 3–5." in note
        assert opened.page.locator("#score .abcjs-note.shared").count() == 17
        assert opened.page.locator("#nearest-score .abcjs-note.shared").count() == 17
        boxes = [opened.page.locator(name).bounding_box() for name in ("#score", "#nearest-score")]
        assert boxes[0]
        assert boxes[1]
        assert boxes[0]["x"] + boxes[0]["width"] <= boxes[1]["x"]
        opened.evaluate("location.hash = 'tune-2'")
        opened.page.wait_for_selector("#nearest", state="hidden")
        assert opened.errors == []
