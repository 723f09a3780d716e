import hashlib
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tuneloom.corpus.license import License
from tuneloom.corpus.sources import SOURCES, resolve_sources
from tuneloom.corpus.sources.kinds.pinned import CORPORA_VARIABLE, PinnedSource
from tuneloom.grammar.errors import UsageError

TUNE = b"X:1\nT:Only\nK:D\nA|\n"


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Leave the output of the tests alone."""


@pytest.fixture
def upstream(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A server on this machine, and the folder that it serves."""
    folder = tmp_path / "upstream"
    folder.mkdir()
    handler = partial(QuietHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", folder
        server.shutdown()


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache of the test's own, and no folder of corpora."""
    monkeypatch.delenv(CORPORA_VARIABLE, raising=False)
    monkeypatch.setattr("pooch.os_cache", lambda name: tmp_path / "cache" / name)
    return tmp_path / "cache" / "tuneloom" / "small"


def source_at(url: str) -> PinnedSource:
    return PinnedSource(
        name="small",
        title="Small",
        license=License(name="none"),
        citation="none",
        homepage="http://127.0.0.1/",
        url=url,
        folder="small",
        checksums={
            "b.abc": hashlib.sha256(TUNE).hexdigest(),
            "a.abc": hashlib.sha256(TUNE * 2).hexdigest(),
        },
        bytes=len(TUNE) * 3,
    )


def test_files_are_downloaded_once_and_in_order(upstream: tuple[str, Path], cache: Path) -> None:
    url, folder = upstream
    folder.joinpath("a.abc").write_bytes(TUNE * 2)
    folder.joinpath("b.abc").write_bytes(TUNE)
    source = source_at(url)
    assert not source.here()

    files = source.files()

    assert [file.path for file in files] == ["a.abc", "b.abc"]
    assert [Path(file.location) for file in files] == [cache / "a.abc", cache / "b.abc"]
    assert source.here()
    folder.joinpath("a.abc").unlink()
    assert source.files() == files


def test_a_part_downloads_nothing_else(upstream: tuple[str, Path], cache: Path) -> None:
    url, folder = upstream
    folder.joinpath("b.abc").write_bytes(TUNE)
    assert [file.part for file in source_at(url).files("b")] == ["b"]
    assert [path.name for path in cache.iterdir()] == ["b.abc"]


def test_a_damaged_copy_in_the_cache_is_downloaded_again(
    upstream: tuple[str, Path], cache: Path
) -> None:
    url, folder = upstream
    folder.joinpath("b.abc").write_bytes(TUNE)
    cache.mkdir(parents=True)
    cache.joinpath("b.abc").write_bytes(b"half a tu")
    [file] = source_at(url).files("b")
    assert Path(file.location).read_bytes() == TUNE


def test_a_download_that_is_not_the_pinned_file_is_refused(
    upstream: tuple[str, Path], cache: Path
) -> None:
    url, folder = upstream
    folder.joinpath("b.abc").write_bytes(b"something else")
    with pytest.raises(UsageError, match="no longer serves the pinned file"):
        source_at(url).files("b")
    assert not cache.joinpath("b.abc").exists()


@pytest.mark.slow
def test_without_a_network_the_error_names_the_file_the_host_and_the_way_out() -> None:
    with pytest.raises(UsageError) as caught:
        source_at("http://127.0.0.1:9").files("b")
    message = str(caught.value)
    assert "cannot download b.abc from 127.0.0.1" in message
    assert CORPORA_VARIABLE in message
    assert "\n" not in message


def test_a_copy_of_the_users_own_serves_instead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(CORPORA_VARIABLE, str(tmp_path))
    copy = tmp_path / "small" / "b.abc"
    copy.parent.mkdir()
    copy.write_bytes(TUNE)
    [file] = source_at("http://127.0.0.1:9").files("b")
    assert file.location == str(copy)


def test_a_copy_that_differs_is_an_error_and_never_another_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(CORPORA_VARIABLE, str(tmp_path))
    copy = tmp_path / "small" / "b.abc"
    copy.parent.mkdir()
    copy.write_bytes(TUNE + b"\n")
    with pytest.raises(UsageError, match="is not the pinned file"):
        source_at("http://127.0.0.1:9").files("b")


def test_a_variable_that_names_no_folder_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CORPORA_VARIABLE, "/nowhere/at/all")
    with pytest.raises(UsageError, match="/nowhere/at/all, which is not a folder"):
        SOURCES["irish"].files()


def test_the_given_corpora_are_the_pinned_files(
    corpora: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(CORPORA_VARIABLE, str(corpora))
    files = resolve_sources(["nottingham", "irish"], [])
    assert [file.source for file in files] == ["irish"] + ["nottingham"] * 14
    assert all(Path(file.location).is_relative_to(corpora) for file in files)
    assert SOURCES["nottingham"].here()
