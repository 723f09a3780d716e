"""Commands that print tables fit them to the terminal, keep rows whole elsewhere, and heed NO_COLOR."""

import re
from pathlib import Path

import pytest

from tuneloom.cli.app import main

TUNE = "X:{n}\nT:Air {n}\nM:4/4\nL:1/8\nK:{key}\n|:GABc dedB|GABc ded|d2d2 c{end}:|\n"
COLOR = re.compile(r"\x1b\[[0-9;]*3[0-7]")


@pytest.fixture
def book(tmp_path: Path) -> str:
    keys = ("G", "D", "Am", "Edor", "C")
    tunes = (TUNE.format(n=n, key=key, end="4" if n % 2 else "3") for n, key in enumerate(keys))
    path = tmp_path / "a book with a name that is rather long for a column.abc"
    path.write_text("\n".join(tunes), encoding="utf-8")
    path.with_name("other.abc").write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    return str(path)


def commands(book: str) -> list[list[str]]:
    return [
        ["stats", book],
        ["score", book],
        ["compare", book, str(Path(book).with_name("other.abc"))],
        ["check", "--statistics", book],
        ["index", book, str(Path(book).with_name("other.abc"))],
        ["sources"],
    ]


@pytest.mark.parametrize("width", [60, 80, 120])
def test_tables_are_no_wider_than_the_terminal(
    book: str, width: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    for arguments in commands(book):
        main(arguments)
        lines = capsys.readouterr().out.splitlines()
        assert lines, arguments
        assert max(map(len, lines)) <= width, arguments


def test_each_source_is_one_line_of_a_file(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    main(["sources"])
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[:3]] == ["name", "folk", "aird"]
    assert not any(line.startswith(" ") for line in lines)


def test_a_long_title_is_whole_in_a_file(
    book: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    title = "A title of many words, " * 10 + "and its end"
    Path(book).write_text(TUNE.format(n=title, key="G", end="4"), encoding="utf-8")
    monkeypatch.delenv("COLUMNS", raising=False)
    main(["index", book])
    assert title in capsys.readouterr().out
    monkeypatch.setenv("COLUMNS", "80")
    main(["index", book])
    assert "…" in capsys.readouterr().out


def test_no_color_is_stronger_than_force_color(
    book: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    main(["check", "--statistics", book])
    assert COLOR.search(capsys.readouterr().out)
    monkeypatch.setenv("NO_COLOR", "1")
    for arguments in commands(book):
        main(arguments)
        assert not COLOR.search(capsys.readouterr().out), arguments
