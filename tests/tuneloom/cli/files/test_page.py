"""The `page` command, which `tests/tuneloom/web` tests in parts."""

from pathlib import Path

import pytest

from tuneloom.cli.app import main
from tuneloom.web.inputs import entries_of_dataset, is_dataset

BOOK = "X:1\nT:One\nM:4/4\nL:1/8\nK:D\n|:DEFG A4:|\n\nX:2\nT:Two\nM:4/4\nL:1/8\nK:D\nAkk|\n"


def test_it_says_what_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book, page = tmp_path / "book.abc", tmp_path / "page.html"
    book.write_text(BOOK)
    assert main(["page", str(book), "-o", str(page)]) == 0
    out = capsys.readouterr().out
    assert out.startswith(f"{page}: 2 tunes, 1 of them not parseable, ")
    html = page.read_text(encoding="utf-8")
    assert "<title>book</title>" in html
    assert main(["page", str(book), "-o", str(page), "--title", "Ours"]) == 2
    assert main(["page", str(book), "-o", str(page), "--title", "Ours", "--overwrite"]) == 0
    assert "<title>Ours</title>" in page.read_text(encoding="utf-8")


def test_what_is_no_tune_is_a_warning(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = tmp_path / "book.abc"
    book.write_text(BOOK + "\nABc def|gab c'3|\n")
    assert main(["page", str(book), "-o", str(tmp_path / "page.html")]) == 0
    assert capsys.readouterr().err.startswith("warning: book.abc:15:1: ")


def test_a_data_set_has_its_titles_and_numbers(data: Path) -> None:
    assert is_dataset(data)
    assert not is_dataset(data.parent)
    tunes = list(entries_of_dataset(data))
    assert [tune.reference for tune in tunes] == [str(n + 1) for n in range(len(tunes))]
    assert all(tune.title.startswith("Tune ") for tune in tunes)
    assert all("parseable" in tune.levels for tune in tunes)


def test_a_data_set_is_shown_alone(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.html"
    assert main(["page", str(data), "-o", str(page)]) == 0
    assert " tunes, " in capsys.readouterr().out
    assert main(["page", str(data), str(data), "-o", str(page), "--overwrite"]) == 2
    assert "name it alone" in capsys.readouterr().err


def test_the_network_of_a_run_is_in_its_page(
    run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.html"
    assert main(["page", str(run), "-o", str(page)]) == 0
    assert f"{page}: 0 tunes, " in capsys.readouterr().out
    assert 'id="composer-data"' in page.read_text(encoding="utf-8")
    assert main(["page", str(run), str(run), "-o", str(page), "--overwrite"]) == 2
    assert "a page carries one network" in capsys.readouterr().err


def test_nothing_is_read_if_nothing_could_be_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    taken = tmp_path / "mine.html"
    taken.write_text("<p>mine</p>")
    assert main(["page", "none.abc", "-o", str(taken), "--overwrite"]) == 2
    assert "mine.html: not written by Tuneloom" in capsys.readouterr().err
