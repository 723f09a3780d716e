"""Downloads from a real server on this machine, which fails, stalls, cuts off and lies."""

import hashlib
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread

import pytest

from tuneloom.corpus.license import License
from tuneloom.corpus.sources.kinds import pinned
from tuneloom.corpus.sources.kinds.pinned import CORPORA_VARIABLE, PinnedSource, show_downloads
from tuneloom.grammar.errors import UsageError

TUNES = b"X:1\nT:Only\nK:D\nABcd|\n" * 5_000


class Server:
    """Answers each request with the next of its moods, and after the last one well."""

    def __init__(self) -> None:
        self.url = ""
        self.moods: list[str] = []
        self.requests = 0
        self.stop = Event()

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        self.requests += 1
        mood = self.moods.pop(0) if self.moods else "well"
        body = TUNES[:-1] + b"!" if mood == "lies" else TUNES
        request.send_response(503 if mood == "fails" else 200)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body[: len(body) // 2] if mood in ("stalls", "cuts") else body)
        if mood == "stalls":
            self.stop.wait(5)


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.delenv(CORPORA_VARIABLE, raising=False)
    monkeypatch.setattr("pooch.os_cache", lambda name: tmp_path / "cache" / name)
    monkeypatch.setattr(pinned, "TIMEOUT", (1, 0.2))
    # Between tries pooch waits for seconds, which the server does not need.
    monkeypatch.setattr("pooch.core.time.sleep", lambda _: None)
    behind = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            behind.answer(self)

        def log_message(self, *_: object) -> None:
            """Leave the output of the tests alone."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        Thread(target=http.serve_forever, args=(0.01,), daemon=True).start()
        behind.url = f"http://127.0.0.1:{http.server_port}"
        yield behind
        behind.stop.set()
        http.shutdown()


def source_at(server: Server, checksum: str | None = None) -> PinnedSource:
    return PinnedSource(
        name="small",
        title="Small",
        license=License(name="none"),
        citation="none",
        homepage="http://127.0.0.1/",
        url=server.url,
        folder="small",
        checksums={"a.abc": hashlib.sha256(TUNES).hexdigest() if checksum is None else checksum},
        bytes=len(TUNES),
    )


@pytest.mark.parametrize("mood", ["fails", "stalls", "cuts", "lies"])
def test_a_download_that_goes_wrong_is_tried_again(server: Server, mood: str) -> None:
    server.moods = [mood, mood]
    [file] = source_at(server).files()
    assert Path(file.location).read_bytes() == TUNES
    assert server.requests == 3


@pytest.mark.parametrize(
    ("mood", "problem"),
    [
        ("fails", "cannot download a.abc"),
        ("stalls", "cannot download a.abc"),
        ("cuts", "cannot download a.abc"),
        ("lies", "no longer serves the pinned file"),
    ],
)
def test_a_server_that_never_does_well_is_given_up(
    server: Server, tmp_path: Path, mood: str, problem: str
) -> None:
    server.moods = [mood] * 9
    began = time.monotonic()
    with pytest.raises(UsageError, match=problem):
        source_at(server).files()
    assert time.monotonic() - began < 5
    assert server.requests == 3
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_file_without_a_checksum_is_kept_once_it_is_here(server: Server) -> None:
    source = source_at(server, checksum="")
    assert not source.here()
    source.files()
    assert source.here()
    source.files()
    assert server.requests == 1


def test_progress_is_shown_as_bytes(server: Server) -> None:
    class Counter:
        total = 0
        done = 0
        most = 0

        def update(self, amount: int) -> None:
            self.done += amount
            self.most = max(self.most, self.done)

        def reset(self) -> None:
            self.done = 0

        def close(self) -> None:
            pass

    counter = Counter()
    with show_downloads(counter):
        source_at(server).files()
    assert (counter.total, counter.done) == (len(TUNES), len(TUNES))
