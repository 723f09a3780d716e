from pathlib import Path

import pytest

import tuneloom

TUNE = "X:1\nT:Air\nL:1/4\nK:D\nABcd|\n"


def test_a_page_is_made_of_a_text_or_of_files(tmp_path: Path) -> None:
    file = tmp_path / "tunes.abc"
    file.write_text(TUNE)
    inputs: list[str | bytes | Path | list[Path]] = [TUNE, TUNE.encode(), file, [file]]
    for number, tunes in enumerate(inputs):
        page = tmp_path / f"{number}.html"
        assert tuneloom.page(tunes, page, title="Ours").tunes == 1
        assert "<title>Ours</title>" in page.read_text("utf-8")


def test_a_page_that_is_there_is_replaced_only_on_request(tmp_path: Path) -> None:
    page = str(tmp_path / "page.html")
    tuneloom.page(TUNE, page)
    with pytest.raises(tuneloom.UsageError, match="overwrite"):
        tuneloom.page(TUNE, page)
    assert tuneloom.page(TUNE, page, overwrite=True).unparseable == 0


def test_what_makes_no_page_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(tuneloom.UsageError, match="no tune for the page"):
        tuneloom.page("Once upon a time", tmp_path / "page.html")
    with pytest.raises(tuneloom.UsageError, match="against"):
        tuneloom.page(TUNE, tmp_path / "page.html", against="data")
