"""What is asked of a cluster before a run; what answers here is as small as it can be."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from apache_beam.runners.runner import create_runner

from tuneloom.grammar.errors import UsageError
from tuneloom.pipeline.execution import cluster
from tuneloom.pipeline.execution.cluster import missing_task_managers, require_cluster


@pytest.fixture
def answering() -> Iterator[Callable[..., str]]:
    """Serve JSON documents, as the REST interface of Flink does, and give the address."""
    servers = []

    def serve(config: object, task_managers: int = 1) -> str:
        documents = {"/v1/config": config, "/v1/overview": {"taskmanagers": task_managers}}

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200 if self.path in documents else 404)
                self.end_headers()
                self.wfile.write(json.dumps(documents.get(self.path)).encode())

            def log_message(self, *_: Any) -> None:
                pass

        server = HTTPServer(("127.0.0.1", 0), Answer)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"127.0.0.1:{server.server_port}"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def silent() -> Iterator[str]:
    """An address where somebody listens and never says a word."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield f"127.0.0.1:{listener.getsockname()[1]}"


def refusal(runner: str, *arguments: str) -> str:
    with pytest.raises(UsageError) as error:
        require_cluster(create_runner(runner), arguments)
    return str(error.value)


def test_a_runner_without_a_cluster_is_not_checked() -> None:
    require_cluster(create_runner("FnApiRunner"), ["--job_endpoint", "localhost:1"])


def test_the_portable_runner_needs_a_job_service() -> None:
    assert refusal("PortableRunner").endswith("needs a --job_endpoint HOST:PORT")


@pytest.mark.parametrize("runner", ["PortableRunner", "FlinkRunner"])
def test_a_job_service_must_answer(
    runner: str, silent: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "TIMEOUT", 0.5)
    for address in (silent, "localhost:1"):
        told = refusal(runner, "--job_endpoint", address)
        assert told.startswith(f"--job_endpoint {address}: no job service answers there")


def test_flink_must_answer(
    answering: Callable[..., str], silent: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "TIMEOUT", 0.5)
    for address, reason in {
        "localhost:1": "Connection refused",
        "no-such-host.invalid:8081": "not known",
        silent: "what answers is not Flink",
        answering(["not", "Flink"]): "what answers is not Flink",
    }.items():
        told = refusal("FlinkRunner", "--flink_master", address)
        assert told.startswith(f"--flink_master http://{address}: no Flink answers there (")
        assert reason in told


def test_flink_must_be_the_one_that_the_job_server_is_for(
    answering: Callable[..., str],
) -> None:
    address = answering({"flink-version": "2.1.3"})
    told = refusal("FlinkRunner", "--flink_master", address)
    assert "that is Flink 2.1.3, and the job server is for 2.2; give the --flink_version" in told
    require_cluster(
        create_runner("FlinkRunner"), ["--flink_master", address, "--flink_version", "2.1"]
    )


def test_a_flink_without_task_managers_is_reported(answering: Callable[..., str]) -> None:
    runner = create_runner("FlinkRunner")
    idle = answering({"flink-version": "2.2.0"}, task_managers=0)
    lack = missing_task_managers(runner, ["--flink_master", idle])
    assert lack == f"the Flink at http://{idle} has no TaskManager"
    assert missing_task_managers(runner, ["--flink_master", answering({})]) == ""
    assert missing_task_managers(runner, ["--flink_master", "[local]"]) == ""
    assert missing_task_managers(create_runner("FnApiRunner"), []) == ""


def test_flink_without_java_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert "needs Java for its job server, and there is no 'java'" in refusal("FlinkRunner")


def test_the_jar_of_the_job_server_must_be_there() -> None:
    told = refusal("FlinkRunner", "--flink_job_server_jar", "nowhere.jar")
    assert told.startswith("--flink_job_server_jar nowhere.jar: no such file")
