"""The run that comes with the package goes by the name `pretrained`."""

from pathlib import Path

import pytest

from tuneloom.grammar.errors import UsageError
from tuneloom.model.export.export_network import export_network
from tuneloom.model.runs.directory import RunDirectory
from tuneloom.model.runs.run_files import PRETRAINED, is_run, run_path
from tuneloom.model.runs.run_state import read_run_state


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_its_name_is_that_of_a_run() -> None:
    assert is_run(Path(PRETRAINED))
    run = RunDirectory.open(Path(PRETRAINED))
    assert (run.name, run.address) == (PRETRAINED, PRETRAINED)
    assert run.is_pretrained
    assert read_run_state(run).stage == "finished"


def test_a_directory_of_that_name_comes_first() -> None:
    Path(PRETRAINED).mkdir()
    assert run_path(Path(PRETRAINED)) == Path(PRETRAINED)
    assert not is_run(Path(PRETRAINED))
    with pytest.raises(UsageError, match="not a training run"):
        RunDirectory.open(Path(PRETRAINED))


def test_other_paths_are_what_they_say(tmp_path: Path) -> None:
    assert run_path(tmp_path) == tmp_path
    assert run_path(Path("runs/pretrained")) == Path("runs/pretrained")


def test_it_is_small() -> None:
    files = [*run_path(Path(PRETRAINED)).iterdir()]
    assert {file.name for file in files} == {
        "README.md", "config.json", "metrics.csv", "model.keras",
    }  # fmt: skip
    assert sum(file.stat().st_size for file in files) <= 2_000_000


def test_nothing_is_written_into_it() -> None:
    with pytest.raises(UsageError, match="pretrained: comes with tuneloom; name the file to write"):
        export_network(RunDirectory.open(Path(PRETRAINED)), "safetensors")
