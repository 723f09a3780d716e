"""`tuneloom lsp`, run by an editor or by a person."""

import json
import re
import subprocess
import sys

import pytest

from tuneloom.cli.app import main


def test_a_person_who_runs_it_is_told_that_an_editor_does(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    assert main(["lsp"]) == 2
    assert capsys.readouterr().err.startswith("error: it is an editor that runs `tuneloom lsp`")


def message(body: bytes | dict[str, object]) -> bytes:
    data = body if isinstance(body, bytes) else json.dumps({"jsonrpc": "2.0", **body}).encode()
    return b"Content-Length: %d\r\n\r\n%b" % (len(data), data)


def test_bytes_that_are_no_message_do_not_end_it() -> None:
    document = {
        "uri": "file:///a.abc",
        "languageId": "abc",
        "version": 1,
        "text": "X:1\nT:a\nK:D\nA",
    }
    sent = [
        b"noise\r\n\r\n\xff\xfe\x00: \r\n",
        message(b"\xff\xfe{"),
        message(b"[1, 2]"),
        message({"id": 1, "method": "textDocument/hover", "params": {"a": 1}}),
        message(
            {"id": 2, "method": "initialize", "params": {"processId": None, "capabilities": {}}}
        ),
        message({"method": "textDocument/didOpen", "params": {"textDocument": document}}),
        message({"id": 3, "method": "no/such", "params": {}}),
        message(
            {"id": 4, "method": "textDocument/documentSymbol", "params": {"textDocument": document}}
        ),
        message({"id": 5, "method": "shutdown"}),
        message({"method": "exit"}),
    ]
    done = subprocess.run(
        [sys.executable, "-m", "tuneloom", "lsp"],
        input=b"".join(sent),
        capture_output=True,
        timeout=300,
    )
    assert done.returncode == 0
    bodies = re.findall(rb"\r\n\r\n(\{.*?\})(?=Content-Length|\Z)", done.stdout, re.DOTALL)
    answers = {each.get("id"): each for each in map(json.loads, bodies)}
    assert answers[2]["result"]["serverInfo"]["name"] == "tuneloom"
    assert answers[3]["error"]["code"] == -32601
    assert [each["name"] for each in answers[4]["result"]] == ["X:1 a"]
