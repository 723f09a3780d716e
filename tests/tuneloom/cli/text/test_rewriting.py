"""A file that is rewritten stays what it is in everything but its content."""

import errno
import os
from pathlib import Path

import pytest

from tuneloom.cli.text.rewriting import rewrite
from tuneloom.grammar.errors import UsageError

only_root = pytest.mark.skipif(
    os.geteuid() != 0, reason="only root can give a file to another user"
)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "book.abc"
    path.write_bytes(b"before")
    path.chmod(0o640)
    os.utime(path, (1_000, 1_000))
    return path


def test_mode_and_links_stay_and_the_time_is_new(book: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.abc"
    link.symlink_to(book)
    rewrite(link, b"before", b"after")
    assert link.is_symlink()
    assert book.read_bytes() == b"after"
    assert book.stat().st_mode & 0o777 == 0o640
    assert book.stat().st_mtime > 1_000


def test_extended_attributes_stay(book: Path) -> None:
    try:
        os.setxattr(book, "user.curator", b"me")
    except OSError as error:
        if error.errno != errno.ENOTSUP:
            raise
        pytest.skip("the file system has no extended attributes")
    rewrite(book, b"before", b"after")
    assert os.getxattr(book, "user.curator") == b"me"


def test_a_file_with_a_second_name_is_left_alone(book: Path, tmp_path: Path) -> None:
    (tmp_path / "second.abc").hardlink_to(book)
    with pytest.raises(UsageError, match=r"has 2 names \(hard links\), of which one alone"):
        rewrite(book, b"before", b"after")
    assert book.read_bytes() == b"before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["book.abc", "second.abc"]


@only_root
def test_the_owner_stays(book: Path) -> None:
    os.chown(book, 1234, 2345)
    rewrite(book, b"before", b"after")
    assert (book.stat().st_uid, book.stat().st_gid) == (1234, 2345)


@only_root
def test_a_file_that_would_change_hands_is_left_alone(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.chown(book, 1234, 2345)

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "chown", refuse)
    with pytest.raises(UsageError, match="belongs to another user or group, and would belong"):
        rewrite(book, b"before", b"after")
    assert book.read_bytes() == b"before"
    assert [path.name for path in tmp_path.iterdir()] == ["book.abc"]
