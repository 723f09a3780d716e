"""Check that a cluster is there and fits, before it gets any work.

Beam's own client waits five minutes for a job service that is not there, and then says nothing.
"""

# mypy: allow-untyped-calls
from __future__ import annotations

import json
import shutil
import urllib.error
import urllib.request
from collections.abc import Sequence
from http.client import HTTPException
from pathlib import Path

import grpc  # type: ignore[import-untyped]
from apache_beam.options.pipeline_options import (
    FlinkRunnerOptions,
    JobServerOptions,
    PipelineOptions,
    PortableOptions,
)
from apache_beam.runners.portability.flink_runner import MAGIC_HOST_NAMES, FlinkRunner
from apache_beam.runners.portability.portable_runner import PortableRunner
from apache_beam.runners.runner import PipelineRunner

from tuneloom.grammar.errors import UsageError

TIMEOUT = 10.0
"""Seconds to wait for an answer."""

_IN_PROCESS = "embed"


def require_cluster(runner: PipelineRunner, arguments: Sequence[str]) -> None:
    """Check that what Beam's options name for this runner answers and fits.

    Raises:
        UsageError: it does not.
    """
    if not isinstance(runner, PortableRunner):
        return
    options = PipelineOptions(list(arguments))
    endpoint = options.view_as(PortableOptions).job_endpoint
    if endpoint:
        _require_job_service(endpoint)
    elif isinstance(runner, FlinkRunner):
        _require_java(options.view_as(JobServerOptions).job_server_java_launcher)
        _require_jar(options.view_as(FlinkRunnerOptions).flink_job_server_jar)
        if master := _master(runner, arguments):
            _require_flink(master, options.view_as(FlinkRunnerOptions).flink_version)
    elif type(runner) is PortableRunner:
        raise UsageError("--runner PortableRunner needs a --job_endpoint HOST:PORT")


def missing_task_managers(runner: PipelineRunner, arguments: Sequence[str]) -> str:
    """A sentence that says so if the Flink has none to do the work, otherwise empty.

    Raises:
        UsageError: the Flink does not answer.
    """
    master = _master(runner, arguments)
    if not master or _ask_flink(master, "overview", "taskmanagers"):
        return ""
    return f"the Flink at {master} has no TaskManager"


def _master(runner: PipelineRunner, arguments: Sequence[str]) -> str:
    """The address of the JobManager; empty for another runner, or a Flink that starts with the run."""
    options = PipelineOptions(list(arguments))
    master = options.view_as(FlinkRunnerOptions).flink_master
    endpoint = options.view_as(PortableOptions).job_endpoint
    if not isinstance(runner, FlinkRunner) or endpoint or master in MAGIC_HOST_NAMES:
        return ""
    return str(runner.add_http_scheme(master))


def _require_job_service(endpoint: str) -> None:
    if endpoint == _IN_PROCESS:
        return
    with grpc.insecure_channel(endpoint) as channel:
        try:
            grpc.channel_ready_future(channel).result(TIMEOUT)
        except grpc.FutureTimeoutError as error:
            raise UsageError(
                f"--job_endpoint {endpoint}: no job service answers there; start it, or "
                "correct the address"
            ) from error


def _require_java(launcher: str) -> None:
    if not shutil.which(launcher):
        raise UsageError(
            f"--runner FlinkRunner needs Java for its job server, and there is no {launcher!r}; "
            "install it, or give the --job_endpoint of a job server that runs elsewhere"
        )


def _require_jar(jar: str | None) -> None:
    """Check a jar that is given by path. Without one, Beam downloads its own; one may also be a URL."""
    if jar and "://" not in jar and not Path(jar).is_file():
        raise UsageError(
            f"--flink_job_server_jar {jar}: no such file; give Beam's "
            "beam-runners-flink-VERSION-job-server"
        )


def _require_flink(master: str, wanted: str) -> None:
    found = _ask_flink(master, "config", "flink-version")
    if not str(found).startswith(f"{wanted}."):
        raise UsageError(
            f"--flink_master {master}: that is Flink {found}, and the job server is for {wanted}; "
            "give the --flink_version of the cluster"
        )


def _ask_flink(master: str, document: str, name: str) -> object:
    """Ask the REST interface of a JobManager. Raises UsageError if there is none."""
    try:
        with urllib.request.urlopen(f"{master}/v1/{document}", timeout=TIMEOUT) as answer:
            return json.load(answer)[name]
    except (OSError, HTTPException, ValueError, LookupError, TypeError) as error:
        reason = getattr(error, "reason", None) or "what answers is not Flink"
        raise UsageError(
            f"--flink_master {master}: no Flink answers there ({reason}); start it, or give the "
            "address of the JobManager's REST interface, as in HOST:8081"
        ) from error
