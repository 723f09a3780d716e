import bz2
import gzip
import io
import lzma
import random
import tarfile
import time
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tuneloom.corpus.files.archives import list_members
from tuneloom.corpus.files.limits import Limits
from tuneloom.corpus.reading.tune_files import open_tune_files, read_raw_tunes
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
    assert [member.name for member in list_members(buffer, "zip", Limits())] == ["a.txt", "b.ABC"]


@pytest.mark.slow
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


def tar_of(path: Path, files: Mapping[str, bytes], mode: str = "w:gz") -> Path:
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return path


@pytest.mark.parametrize(
    ("name", "mode"),
    [
        *(("box.tar", "w"), ("box.tar.gz", "w:gz"), ("box.tgz", "w:gz")),
        *(("box.tar.bz2", "w:bz2"), ("box.TAR.XZ", "w:xz"), ("box.txz", "w:xz")),
    ],
)
def test_the_tunebooks_of_a_tar_archive_are_files_of_their_own(
    tmp_path: Path, name: str, mode: str
) -> None:
    files = {
        "b/two.abc": TUNE * 2,
        "./a.txt": TUNE,
        "c.pdf": b"%PDF",
        "d.abc.gz": gzip.compress(TUNE),
    }
    path = tar_of(tmp_path / name, files, mode)
    found = sorted(file.path for file in input_files([str(tmp_path)]))
    assert found == [f"{name}/a.txt", f"{name}/b/two.abc", f"{name}/d.abc.gz"]
    assert fates(path) == ["tune"] * 4


@pytest.mark.parametrize(("suffix", "pack"), [("bz2", bz2.compress), ("xz", lzma.compress)])
def test_other_packings_are_read_whole_and_a_cut_or_a_bomb_is_noticed(
    tmp_path: Path, suffix: str, pack: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / f"a.abc.{suffix}"
    noise = (random.Random(number).randbytes(500).hex().encode() for number in range(900))
    data = b"".join(b"%" + line + b"\n" + TUNE for line in noise)
    assert fates(written(path, pack(TUNE) + pack(data))) == ["tune"] * 901
    assert fates(written(path, pack(TUNE * 9)[:-6])) == ["damaged-archive"]
    damaged = bytearray(pack(TUNE * 9))
    damaged[40] ^= 255
    assert fates(written(path, bytes(damaged))) == ["damaged-archive"]
    assert fates(written(path, pack(b" " * 50_000_000))) == ["expands-too-much"]


def test_a_tar_archive_gives_what_is_no_file_as_rejects_and_reads_the_rest(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "box.tar", "w") as archive:
        for name, kind in (
            ("link.abc", tarfile.SYMTYPE),
            ("hard.abc", tarfile.LNKTYPE),
            ("device.abc", tarfile.CHRTYPE),
            ("pipe.abc", tarfile.FIFOTYPE),
            ("folder.abc", tarfile.DIRTYPE),
        ):
            info = tarfile.TarInfo(name)
            info.type = kind
            info.linkname = "/etc/passwd"
            archive.addfile(info)
        for name in ("../up.abc", "/root.abc", "good.abc"):
            info = tarfile.TarInfo(name)
            info.size = len(TUNE)
            archive.addfile(info, io.BytesIO(TUNE))
    assert sorted(rejects(tmp_path / "box.tar")) == [
        ("bad-member-name", "the archive holds '../up.abc', which leads out of it"),
        ("bad-member-name", "the archive holds '/root.abc', which leads out of it"),
        *(
            ("unreadable-file", f"the archive holds {kind} here, which is not followed")
            for kind in ("a device", "a hard link", "a pipe", "a symbolic link")
        ),
    ]
    assert fates(tmp_path / "box.tar").count("tune") == 1
    assert [each.name for each in tmp_path.iterdir()] == ["box.tar"]


@pytest.mark.parametrize(("cut", "whole"), [(0, 5), (1_100, 5), (1_600, 4), (4_000, 3)])
def test_a_tar_archive_that_is_cut_gives_what_is_whole_and_says_so(
    tmp_path: Path, cut: int, whole: int
) -> None:
    files = {f"{number}.abc": TUNE * 50 for number in range(5)}
    path = tar_of(tmp_path / "box.tar", files, "w")
    data = path.read_bytes().rstrip(b"\0")
    end = bytes(-len(data) % 512 + 1024)
    path.write_bytes((data + end)[: len(data + end) - cut] if cut else data + end)
    found = fates(path)
    assert found.count("tune") == 50 * whole
    assert ("damaged-archive" in found) == (cut > 0)


def test_damage_to_a_tar_archive_is_a_reject(tmp_path: Path) -> None:
    data = tar_of(tmp_path / "good.tar.gz", {"a.abc": TUNE * 20}).read_bytes()
    assert fates(written(tmp_path / "cut.tar.gz", data[:-10]))[-1] == "damaged-archive"
    assert fates(written(tmp_path / "text.tar", TUNE * 100)) == ["damaged-archive"]
    assert fates(tar_of(tmp_path / "none.tar", {"a.pdf": b"%PDF"})) == ["damaged-archive"]
    assert fates(tar_of(tmp_path / "bomb.tar.gz", {"a.abc": b" " * 50_000_000})) == [
        *("expands-too-much", "expands-too-much")
    ]


def test_of_two_members_of_one_name_in_a_tar_archive_the_last_is_read(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "box.tar", "w") as archive:
        for data in (TUNE * 3, TUNE):
            info = tarfile.TarInfo("a.abc")
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    assert fates(tmp_path / "box.tar") == ["unreadable-file", "tune"]


def test_what_a_system_left_in_an_archive_is_a_reject(tmp_path: Path) -> None:
    files = {"a.abc": TUNE, "__MACOSX/._a.abc": b"\0\5\26\7"}
    assert fates(zip_of(tmp_path / "box.zip", files)) == ["system-file", "tune"]
    assert fates(tar_of(tmp_path / "box.tgz", files)) == ["system-file", "tune"]


def test_an_archive_of_many_files_is_read_in_linear_time(tmp_path: Path) -> None:
    def seconds(count: int) -> float:
        files = {f"{number}.abc": TUNE for number in range(count)}
        paths = [zip_of(tmp_path / "box.zip", files), tar_of(tmp_path / "box.tgz", files)]
        began = time.process_time()
        for path in paths:
            files_in = input_files([str(path)])
            opened = open_tune_files(files_in, Limits())
            assert sum(len(list(each.tunes())) for each in opened) == count
        return time.process_time() - began

    assert seconds(1_600) < 8 * seconds(400) + 1
