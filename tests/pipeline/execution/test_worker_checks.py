import sys
from dataclasses import replace
from pathlib import Path

import pytest
from apache_beam.io.filesystems import FileSystems
from apache_beam.options.pipeline_options import PipelineOptions

from tuneloom.corpus.source import SourceFile
from tuneloom.grammar.errors import UsageError
from tuneloom.pipeline.execution.worker_checks import (
    WorkerCheck,
    hash_plugins,
    require_input,
)
from tuneloom.pipeline.storage.paths import RemotePath


def test_the_driver_itself_passes(tmp_path: Path) -> None:
    WorkerCheck(tmp_path).require()


def test_each_version_counts(tmp_path: Path) -> None:
    check = WorkerCheck(tmp_path)
    for name in ("tuneloom", "Python", "apache-beam", "lark", "rensa"):
        other = replace(check, versions={**check.versions, name: "0.0"})
        with pytest.raises(UsageError, match=rf"has {name} .+, and the driver 0\.0; install"):
            other.require()


def test_the_folder_of_the_run_must_be_seen(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=f"does not see {tmp_path}, where the data set is made"):
        WorkerCheck(tmp_path / "scratch").require()


def test_the_bucket_of_the_run_must_be_reached(shelf: dict[str, bytes]) -> None:
    shelf["shelf://box/set/scratch/.folder"] = b""
    WorkerCheck(RemotePath("shelf://box/set/scratch")).require()
    with pytest.raises(UsageError, match="does not see shelf://box, where the data set is made; "):
        WorkerCheck(RemotePath("shelf://box/scratch")).require()
    with pytest.raises(UsageError, match=r"where the data set is made \(Unable to get filesystem"):
        WorkerCheck(RemotePath("nowhere://box/scratch")).require()


def test_a_worker_gets_the_options_of_file_systems(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    applied: list[PipelineOptions] = []
    monkeypatch.setattr(FileSystems, "set_options", applied.append)
    WorkerCheck(tmp_path, ("--s3_region_name", "eu-central-1")).require()
    assert applied[0].get_all_options()["s3_region_name"] == "eu-central-1"


def test_an_input_that_the_driver_found_must_be_seen(tmp_path: Path) -> None:
    file = SourceFile("input", "a.abc", "", str(tmp_path / "a.abc"))
    with pytest.raises(UsageError, match=r"does not see the input .+a\.abc"):
        require_input(file)
    # A file that could not be read from the start is a reject, and a bucket is not looked into.
    require_input(replace(file, fault="the link leads nowhere"))
    require_input(replace(file, location="gs://bucket/a.abc"))


def test_plugins_are_imported_and_must_be_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "plugin_of_a_test.py").write_text("LOADED = True\n")
    monkeypatch.syspath_prepend(tmp_path)
    plugins = hash_plugins(["plugin_of_a_test"])
    WorkerCheck(tmp_path, plugins=plugins).require()
    assert sys.modules["plugin_of_a_test"].LOADED
    with pytest.raises(UsageError, match=r"has plugin_of_a_test .+, and the driver 0000; install"):
        WorkerCheck(tmp_path, plugins={"plugin_of_a_test": "0000"}).require()
    with pytest.raises(UsageError, match="plugin 'no_such_plugin' cannot be imported"):
        WorkerCheck(tmp_path, plugins={"no_such_plugin": ""}).require()
