from pathlib import Path

import pytest

from tests.support.tunes import parse_tune
from tuneloom.cli.files.input_tunes import NumberedTune
from tuneloom.cli.files.output_files import OutputFiles
from tuneloom.corpus.playback.written_files import MARK
from tuneloom.grammar.errors import UsageError


def tune(number: int, title: str) -> NumberedTune:
    return NumberedTune(number, parse_tune(f"X:1\nT:{title}\nK:C\nC|\n"), "book.abc:1")


TWO = [tune(1, "The Kesh!"), tune(2, "Lá na Féile")]


def test_each_tune_gets_a_file_by_number_and_title(tmp_path: Path) -> None:
    out = OutputFiles(tmp_path / "new", ".mid", TWO, False)
    for each in TWO:
        out.write(each, b"data")
    names = sorted(path.name for path in (tmp_path / "new").iterdir())
    assert names == ["0001-the-kesh.mid", "0002-la-na-feile.mid"]
    assert out.summary("MIDI") == f"{tmp_path / 'new'}: 2 tunes as MIDI"
    assert out.summary("MIDI", 3).endswith(": 2 tunes as MIDI; 3 left out")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("../../etc/passwd", "0001-etc-passwd.mid"),
        ("", "0001.mid"),
        ("茉莉花", "0001.mid"),
        ("x" * 300, f"0001-{'x' * 40}.mid"),
        ("CON", "0001-con.mid"),
    ],
)
def test_no_title_leads_elsewhere(title: str, name: str, tmp_path: Path) -> None:
    one = tune(1, title)
    assert OutputFiles(tmp_path, ".mid", [one], False).path(one) == tmp_path / name


def test_one_file_is_for_one_tune(tmp_path: Path) -> None:
    target = tmp_path / "kesh.MID"
    assert OutputFiles(target, ".mid", TWO[:1], False).path(TWO[0]) == target
    with pytest.raises(UsageError, match="there are 2 tunes; name a directory"):
        OutputFiles(target, ".mid", TWO, False)


def test_a_file_is_no_directory(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(UsageError, match="no directory"):
        OutputFiles(tmp_path / "notes.txt", ".mid", TWO, True)


def test_what_is_there_is_replaced_only_if_asked_for(tmp_path: Path) -> None:
    (tmp_path / "0002-la-na-feile.mid").write_bytes(MARK.encode())
    with pytest.raises(UsageError, match="already exists; use --overwrite"):
        OutputFiles(tmp_path, ".mid", TWO, False)
    OutputFiles(tmp_path, ".mid", TWO, True).write(TWO[1], b"new")
    assert (tmp_path / "0002-la-na-feile.mid").read_bytes() == b"new"


def test_what_others_wrote_is_never_replaced_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "0002-la-na-feile.mid").write_bytes(b"mine")
    with pytest.raises(UsageError, match="not written by Tuneloom"):
        OutputFiles(tmp_path, ".mid", TWO, True)
    assert [path.name for path in tmp_path.iterdir()] == ["0002-la-na-feile.mid"]


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_bytes(MARK.encode())
    (tmp_path / "0001-the-kesh.mid").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UsageError, match="not written by Tuneloom"):
        OutputFiles(tmp_path, ".mid", TWO, True)


def test_no_directory_gets_the_name_of_a_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"writes \.svg files, not \.pdf; a page of"):
        OutputFiles(tmp_path / "booklet.pdf", ".svg", TWO, False)
    (tmp_path / "my.pdf").mkdir()
    OutputFiles(tmp_path / "my.pdf", ".svg", TWO, False)
