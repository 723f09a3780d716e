import json
from pathlib import Path

import pytest

from tuneloom.grammar.errors import UsageError
from tuneloom.model.data.vocabulary import Vocabulary
from tuneloom.model.network.config import Config
from tuneloom.model.runs.directory import RunDirectory


def run_at(path: Path) -> RunDirectory:
    return RunDirectory(path, Config(units=7), "0123abcd", Vocabulary("ABé|"))


def test_a_run_opens_as_it_was_created(tmp_path: Path) -> None:
    run = run_at(tmp_path / "runs" / "first")
    run.create()
    assert RunDirectory.open(tmp_path / "runs" / "first") == run
    assert run.name == "first"


def test_a_run_begins_where_nothing_is(tmp_path: Path) -> None:
    run_at(tmp_path / "new").check_free(overwrite=False)
    run_at(tmp_path).check_free(overwrite=False)


def test_a_run_that_exists_is_overwritten_only_if_asked(tmp_path: Path) -> None:
    run = run_at(tmp_path)
    run.create()
    run.model.touch()
    with pytest.raises(UsageError, match="exists; --resume it, --overwrite it, or choose"):
        run.check_free(overwrite=False)
    run.check_free(overwrite=True)
    run.create()
    assert not run.model.exists()


def test_overwriting_keeps_what_is_not_ours(tmp_path: Path) -> None:
    run_at(tmp_path).create()
    (tmp_path / "notes.txt").touch()
    run_at(tmp_path).create()
    assert (tmp_path / "notes.txt").exists()


def test_a_folder_that_is_no_run_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").touch()
    with pytest.raises(UsageError, match="not a run, so --overwrite leaves it alone"):
        run_at(tmp_path).check_free(overwrite=True)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (None, "not a training run"),
        ("{", "damaged"),
        ("[]", "damaged"),
        ('{"format": 2}', "damaged"),
        ('{"format": 1}', "a run of format 1, where 2 is read"),
    ],
)
def test_what_cannot_be_opened_says_why(tmp_path: Path, content: str | None, problem: str) -> None:
    if content is not None:
        (tmp_path / "config.json").write_text(content)
    with pytest.raises(UsageError, match=problem):
        RunDirectory.open(tmp_path)


def test_a_run_without_a_checkpoint_has_no_network_yet(tmp_path: Path) -> None:
    run = run_at(tmp_path)
    run.create()
    with pytest.raises(UsageError, match="no checkpoint yet"):
        run.load_network()


def test_a_network_file_cut_short_is_refused(trained: Path, tmp_path: Path) -> None:
    run = run_at(tmp_path)
    run.create()
    run.model.write_bytes((trained / "model.keras").read_bytes()[:1000])
    with pytest.raises(UsageError, match="cannot be opened"):
        run.load_network()


def test_the_config_is_there_to_be_read_by_people(tmp_path: Path) -> None:
    run_at(tmp_path).create()
    content = json.loads((tmp_path / "config.json").read_text())
    assert content["vocabulary"] == "ABé|"
    assert content["config"]["units"] == 7
