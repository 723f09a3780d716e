import gzip
import io
import random
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from tuneloom.corpus.reading.archives import list_members
from tuneloom.corpus.reading.limits import Limits
from tuneloom.corpus.reading.tunebooks import read_raw_tunes
from tuneloom.corpus.record import RawTune, Reject
from tuneloom.corpus.source import SourceFile
from tuneloom.corpus.sources.inputs import input_files

TUNE = b"X:1\nT:One\nK:D\nABcd|\n\n"


def fates(path: Path, limits: Limits | None = None) -> list[str]:
    """What comes of the files at a path: the code of each reject, or `tune`."""
    return [
        found.code if isinstance(found, Reject) else "tune"
        for file in input_files([str(path)])
        for found in read_raw_tunes(file, limits)
    ]


def zip_of(path: Path, files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_a_gzipped_tunebook_is_read_whole(tmp_path: Path) -> None:
    """Beam's own reader silently stops at 16 MiB."""
    noise = (random.Random(number).randbytes(10_000).hex().encode() for number in range(900))
    data = b"".join(b"%" + line + b"\n" + TUNE for line in noise)
    assert len(data) > 16 << 20
    path = written(tmp_path / "big.abc.gz", gzip.compress(data, 1))
    [file] = input_files([str(path)])
    assert sum(isinstance(tune, RawTune) for tune in read_raw_tunes(file)) == 900


def test_a_gzip_file_of_several_parts_is_read_to_its_end(tmp_path: Path) -> None:
    parts = gzip.compress(TUNE) + gzip.compress(TUNE) + b"\0" * 512
    assert fates(written(tmp_path / "parts.abc.gz", parts)) == ["tune", "tune"]


@pytest.mark.parametrize("cut", [4, 9, 30])
def test_a_truncated_gzip_file_is_a_reject(tmp_path: Path, cut: int) -> None:
    assert fates(written(tmp_path / "cut.gz", gzip.compress(TUNE)[:-cut])) == ["damaged-archive"]


def test_a_damaged_gzip_file_is_a_reject(tmp_path: Path) -> None:
    data = bytearray(gzip.compress(TUNE * 9))
    data[20] ^= 255
    assert fates(written(tmp_path / "bad.gz", bytes(data))) == ["damaged-archive"]


def test_a_bomb_is_a_reject_however_it_is_packed(tmp_path: Path) -> None:
    bomb = b" " * 50_000_000
    assert fates(written(tmp_path / "bomb.gz", gzip.compress(bomb))) == ["expands-too-much"]
    assert fates(zip_of(tmp_path / "bomb.zip", {"a.abc": bomb})) == ["expands-too-much"]
    bz2 = zip_of(tmp_path / "bz2.zip", {"a.abc": bomb}, zipfile.ZIP_BZIP2)
    assert fates(bz2) == ["unreadable-file"]
    small = Limits(file_bytes=1_000_000, expansion=10_000)
    assert fates(tmp_path / "bomb.gz", small) == ["file-too-large"]
    assert fates(tmp_path / "bomb.zip", small) == ["file-too-large"]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_method_that_knows_no_limit_is_named_and_never_unpacked(
    tmp_path: Path, method: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = zip_of(tmp_path / "box.zip", {"a.abc": TUNE}, method)
    monkeypatch.setattr(zipfile.ZipFile, "open", None)
    [file] = input_files([str(path)])
    [reject] = read_raw_tunes(file)
    assert isinstance(reject, Reject)
    assert reject.code == "unreadable-file"
    assert "only deflate is unpacked" in reject.message


def test_the_tunebooks_of_a_zip_archive_are_files_of_their_own(tmp_path: Path) -> None:
    path = zip_of(tmp_path / "box.zip", {"b/two.abc": TUNE * 2, "a.txt": TUNE, "c.pdf": b"%PDF"})
    files = input_files([str(tmp_path)])
    assert [file.path for file in files] == ["box.zip/a.txt", "box.zip/b/two.abc"]
    assert fates(path) == ["tune", "tune", "tune"]


def rejects(path: Path) -> list[tuple[str, str]]:
    found = (each for file in input_files([str(path)]) for each in read_raw_tunes(file))
    return [(each.code, each.message) for each in found if isinstance(each, Reject)]


def test_a_gzipped_tunebook_in_a_zip_archive_is_read(tmp_path: Path) -> None:
    assert fates(zip_of(tmp_path / "box.zip", {"a.abc.gz": gzip.compress(TUNE)})) == ["tune"]
    bomb = gzip.compress(gzip.compress(b" " * 50_000_000))
    path = zip_of(tmp_path / "bomb.zip", {"a.abc.gz": gzip.decompress(bomb)})
    assert fates(path) == ["expands-too-much"]


def test_of_two_members_of_one_name_the_first_is_a_reject(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "box.zip", "w") as archive:
        archive.writestr("a.abc", TUNE * 3)
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("a.abc", TUNE)
    assert fates(tmp_path / "box.zip") == ["unreadable-file", "tune"]
    [(_, message)] = rejects(tmp_path / "box.zip")
    assert message == "the archive holds another file of this name, which hides it"


def test_an_archive_that_is_not_opened_says_what_to_do(tmp_path: Path) -> None:
    data = zip_of(tmp_path / "box.zip", {"a.abc": TUNE}).read_bytes()
    assert rejects(written(tmp_path / "box.abc", data)) == [
        ("binary-file", "the file is a zip archive; give it a name that ends in .zip")
    ]
    assert rejects(zip_of(tmp_path / "outer.zip", {"box.zip": data})) == [
        ("binary-file", "an archive within an archive is not opened; unpack it first")
    ]


@pytest.mark.parametrize("name", ["../up.abc", "a/../../up.abc", "/root.abc", "C:\\up.abc"])
def test_a_name_that_leads_out_of_its_archive_is_a_reject(tmp_path: Path, name: str) -> None:
    path = zip_of(tmp_path / "evil.zip", {name: TUNE, "good.abc": TUNE})
    assert sorted(fates(path)) == ["bad-member-name", "tune"]
    assert [each.name for each in tmp_path.iterdir()] == ["evil.zip"]


def test_a_damaged_zip_archive_is_a_reject(tmp_path: Path) -> None:
    data = zip_of(tmp_path / "good.zip", {"a.abc": TUNE * 20}).read_bytes()
    assert fates(written(tmp_path / "cut.zip", data[:-10])) == ["damaged-archive"]
    flipped = bytearray(data)
    flipped[45] ^= 255
    assert fates(written(tmp_path / "flipped.zip", bytes(flipped))) == ["damaged-archive"]
    assert fates(zip_of(tmp_path / "none.zip", {"a.pdf": b"%PDF"})) == ["damaged-archive"]


def test_an_archive_lists_its_tunebooks_in_order() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in ("b.ABC", "a.txt", "folder/", "x.doc"):
            archive.writestr(name, "")
    assert list_members(buffer) == ["a.txt", "b.ABC"]


def test_a_line_of_a_hundred_megabytes_is_a_reject_whatever_the_limit(tmp_path: Path) -> None:
    path = written(tmp_path / "line.abc", b"X:1\nK:D\n" + b"A" * 100_000_000)
    assert fates(path) == ["file-too-large"]
    assert fates(path, Limits(file_bytes=200_000_000)) == ["tune-too-long"]


def test_a_tune_that_is_too_long_does_not_take_the_others_with_it(tmp_path: Path) -> None:
    path = written(tmp_path / "long.abc", TUNE + b"X:2\nK:D\n" + b"A|" * 60_000 + b"\n\n" + TUNE)
    assert fates(path) == ["tune", "tune-too-long", "tune"]
    file = SourceFile("input", "long.abc", "", str(path))
    [reject] = (found for found in read_raw_tunes(file) if isinstance(found, Reject))
    assert (reject.offset, reject.line) == (len(TUNE), 6)
