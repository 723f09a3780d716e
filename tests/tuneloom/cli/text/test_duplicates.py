import json
from pathlib import Path

import pytest

from tuneloom.cli.app import main

BOOK = """\
X:1
T:The Kesh
M:6/8
L:1/8
K:G
|:GAG GAB|ABA ABd|edd gdd|edB dBA|GAG GAB|ABA ABd|edd gdB|AGF G3:|

X:2
T:Sonny Brogan's Mazurka
M:3/4
L:1/8
K:D
A2|FEFA d2|fefa f2|edef e2|dBAF A2|

X:7
T:Kesh Jig, The
M:6/8
L:1/8
K:A
|:ABA ABc|BcB Bce|fee aee|fec ecB|ABA ABc|BcB Bce|fee aec|BAG A3:|
"""
COPY = """\
X:4
T:The Kesh with other note lengths
M:6/8
L:1/16
K:G
|:G2A2G2 G2A2B2|A2B2A2 A2B2d2|e2d2d2 g2d2d2|e2d2B2 d2B2A2|
G2A2G2 G2A2B2|A2B2A2 A2B2d2|e2d2d2 g2d2B2|A2G2F2 G6:|
"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "book.abc"
    path.write_text(BOOK)
    return path


def test_each_relative_has_its_file_line_number_and_title(
    book: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(book.parent)
    Path("copy.abc").write_text(COPY)
    assert main(["duplicates", "book.abc", "copy.abc"]) == 1
    done = capsys.readouterr()
    assert done.out == (
        "book.abc:1: X:1 The Kesh\n"
        "  book.abc:15: X:7 Kesh Jig, The\n"
        "      the same melody in another key or setting as book.abc:1\n"
        "  copy.abc:1: X:4 The Kesh with other note lengths\n"
        "      the same melody as book.abc:1\n\n"
    )
    assert done.err == "4 tunes, 1 family; relatives: 1 exact, 1 near, 0 with a passage in common\n"


def test_json_lists_the_members_of_each_family(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["duplicates", str(book), "--output-format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["tunes"] == 3
    ((first, second),) = found["families"]
    assert (first["line"], first["reference"], first["title"]) == (1, "1", "The Kesh")
    assert (second["kind"], second["of"]["line"], second["similarity"]) == ("near", 1, 1.0)


def test_without_relatives_the_status_is_0(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "one.abc").write_text(COPY)
    assert main(["duplicates", str(tmp_path)]) == 0
    assert capsys.readouterr().err == "1 tune, none related to another\n"


def test_tunes_that_cannot_be_compared_are_counted(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book.write_text(BOOK + "\nX:8\nT:Broken\nK:C\nCDE|[CEG\n\nX:9\nT:Empty\nK:C\nz4|\n")
    assert main(["duplicates", str(book)]) == 1
    assert capsys.readouterr().err.endswith(
        "2 tunes are not parseable or without a note, and left out\n"
    )


def test_a_file_that_cannot_be_read_is_one_line_and_status_2(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = book.parent / "missing.abc"
    assert main(["duplicates", str(missing), str(book)]) == 2
    done = capsys.readouterr()
    assert f"error: {missing}: cannot be read: No such file or directory\n" in done.err
    assert "X:7 Kesh Jig, The" in done.out


def test_lines_fit_80_columns_and_are_safe(
    book: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(book.parent)
    book.write_text(BOOK.replace("Kesh Jig, The", "\x1b[31m" + "A long title " * 9))
    assert main(["duplicates", "book.abc"]) == 1
    out = capsys.readouterr().out
    assert max(map(len, out.splitlines())) <= 80
    assert "\x1b" not in out


def test_bars_are_shown_side_by_side_in_80_columns(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "book.abc"
    path.write_text(BOOK.replace("|fee aec|BAG A3", "|fee Bec|BAG A3"))
    assert main(["duplicates", str(path), "--side-by-side"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert "= GAG GAB                                GAG GAB" in lines
    differing = lines.index("~ edd gdB                                edd AdB")
    assert lines[differing + 1] == "      ^                                      ^"
    assert max(len(line) for line in lines if line.startswith(("= ", "~ "))) <= 80


def test_aligned_bars_are_in_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "book.abc"
    path.write_text(BOOK)
    assert main(["duplicates", str(path), "--side-by-side", "--output-format", "json"]) == 1
    [[_, relative]] = json.loads(capsys.readouterr().out)["families"]
    assert relative["bars"][0] == {"of": "GAG GAB", "tune": "GAG GAB", "equal": True}
