from pathlib import Path
from typing import BinaryIO

import pytest

from tuneloom.corpus.reading.tune_files import read_raw_tunes
from tuneloom.corpus.record import RawTune, Reject
from tuneloom.corpus.source import SourceFile
from tuneloom.corpus.sources import SOURCES


def file_of(path: Path, data: bytes) -> SourceFile:
    path.write_bytes(data)
    return SourceFile("input", path.name, "not stated", str(path))


def test_each_tune_comes_with_the_way_back_to_its_bytes(tmp_path: Path) -> None:
    data = b"% a tunebook\r\n\r\nX:1\r\nT:One\r\nK:D\r\nA|\r\n\r\nX:2\r\nT:Two\r\nK:G\r\nG|\r\n"
    one, two = read_raw_tunes(file_of(tmp_path / "two.abc", data))
    assert isinstance(one, RawTune)
    assert isinstance(two, RawTune)
    assert one.text == "X:1\nT:One\nK:D\nA|\n"
    assert (one.line, two.line) == (3, 8)
    assert data[two.offset :].startswith(b"X:2")
    assert (two.source, two.path, two.license) == ("input", "two.abc", "not stated")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-file"),
        (b"\n \t\r\n", "empty-file"),
        (b"\x7fELF\x02\x01\x01\x00\x00\x00", "binary-file"),
        (bytes(range(1, 32)) * 4 + b"X:1\nK:D\nA|\n", "binary-file"),
        ("X:1\nK:D\nA|\n".encode("utf-16-le"), "binary-file"),
        (b"A letter to a friend.\n\nNothing to play.\n", "no-tune"),
    ],
)
def test_a_file_without_tunes_is_one_reject_that_says_why(
    tmp_path: Path, data: bytes, code: str
) -> None:
    [reject] = read_raw_tunes(file_of(tmp_path / "bad.abc", data))
    assert isinstance(reject, Reject)
    assert (reject.code, reject.path, reject.offset) == (code, "bad.abc", 0)


def test_a_file_that_is_gone_is_a_reject_too(tmp_path: Path) -> None:
    [reject] = read_raw_tunes(SourceFile("input", "gone.abc", "", str(tmp_path / "gone.abc")))
    assert isinstance(reject, Reject)
    assert reject.code == "unreadable-file"
    assert "No such file" in reject.message


def test_a_file_that_may_not_be_read_is_a_reject() -> None:
    def refuse(location: str) -> BinaryIO:
        raise PermissionError(13, "Permission denied", location)

    [reject] = read_raw_tunes(SourceFile("input", "secret.abc", "", "/secret.abc"), open_=refuse)
    assert isinstance(reject, Reject)
    assert (reject.code, reject.message) == (
        "unreadable-file",
        "the file cannot be read: Permission denied",
    )


def test_letters_are_mended_and_a_parted_tune_is_rejoined_on_record(tmp_path: Path) -> None:
    data = "X:1\nT:Sch\u0094ner Ge\u00e1\nK:D\n\nABcd|\n".encode()
    [tune] = read_raw_tunes(file_of(tmp_path / "dos.abc", data))
    assert isinstance(tune, RawTune)
    assert tune.text == "X:1\nT:Schöner Geß\nK:D\n%\nABcd|\n"
    assert tune.repairs == ("mojibake", "split-tune")


def test_a_stray_control_character_does_not_make_a_tunebook_binary(tmp_path: Path) -> None:
    tune = b"X:1\nT:Two bells \x07\x07\nK:D\n" + b"dff cee|" * 40 + b"\n\x1a"
    [found] = read_raw_tunes(file_of(tmp_path / "bell.abc", tune))
    assert isinstance(found, RawTune)


@pytest.mark.parametrize(
    ("name", "tunes"),
    [("aird", 1180), ("oneill", 2009), ("ryan", 1059), ("essen", 8514), ("fife", 185)],
)
def test_every_tune_of_the_books_inside_music21_is_found(name: str, tunes: int) -> None:
    found = [tune for file in SOURCES[name].files() for tune in read_raw_tunes(file)]
    assert sum(isinstance(tune, RawTune) for tune in found) == tunes
    others = [reject.code for reject in found if isinstance(reject, Reject)]
    assert others == ["orphan-music"] * (name == "essen")


def test_utf16_is_read_with_offsets_in_its_own_bytes(tmp_path: Path) -> None:
    data = "X:1\nT:Caf\u00e9\nK:D\nA|\n\nX:2\nK:G\nB|\n".encode("utf-16")
    _, two = read_raw_tunes(file_of(tmp_path / "wide.abc", data))
    assert isinstance(two, RawTune)
    assert (two.text, data[two.offset :][:4].decode("utf-16-le")) == ("X:2\nK:G\nB|\n", "X:")


def test_fields_that_belong_to_no_tune_are_a_reject_with_their_line(tmp_path: Path) -> None:
    data = b"X:1\nK:G\nCDEF|\n\nR:reel\nX:2\nK:D\nA|\n"
    orphan = next(read_raw_tunes(file_of(tmp_path / "reel.abc", data)))
    assert isinstance(orphan, Reject)
    assert (orphan.code, orphan.line, orphan.message) == (
        "orphan-field", 5, "`R:reel` belongs to no tune",
    )  # fmt: skip


def test_music_that_belongs_to_no_tune_is_a_reject_with_its_line(tmp_path: Path) -> None:
    data = b"X:1\nK:G\nCDEF|\n\nGABc|]\n"
    orphan, tune = read_raw_tunes(file_of(tmp_path / "cut.abc", data))
    assert isinstance(tune, RawTune)
    assert isinstance(orphan, Reject)
    assert (orphan.code, orphan.line, data[orphan.offset :]) == ("orphan-music", 5, b"GABc|]\n")
