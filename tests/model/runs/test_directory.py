import json
from pathlib import Path

import pytest

from tuneloom.grammar.errors import UsageError
from tuneloom.model.data.vocabulary import Vocabulary
from tuneloom.model.network.config import TrainingConfig
from tuneloom.model.runs.directory import RunDirectory

WITH_HEADERS = (
    '{"format": 4, "config": {}, "vocabulary": "AB", "manifest_sha256": "", "headers": %s}'
)


def run_at(path: Path) -> RunDirectory:
    return RunDirectory(path, TrainingConfig(units=7), "0123abcd", Vocabulary("AB|é"))


def test_a_run_opens_as_created(tmp_path: Path) -> None:
    run = run_at(tmp_path / "runs" / "first")
    run.create()
    assert RunDirectory.open(tmp_path / "runs" / "first") == run
    assert run.name == "first"


def test_a_run_may_begin_in_an_empty_place(tmp_path: Path) -> None:
    RunDirectory.check_free(tmp_path / "new", overwrite=False)
    RunDirectory.check_free(tmp_path, overwrite=False)


def test_an_existing_run_is_overwritten_only_on_request(tmp_path: Path) -> None:
    run = run_at(tmp_path)
    run.create()
    run.model.touch()
    with pytest.raises(UsageError, match="exists; --resume it, --overwrite it, or choose"):
        RunDirectory.check_free(tmp_path, overwrite=False)
    RunDirectory.check_free(tmp_path, overwrite=True)
    run.create()
    assert not run.model.exists()


def test_overwriting_keeps_other_files(tmp_path: Path) -> None:
    run_at(tmp_path).create()
    (tmp_path / "notes.txt").touch()
    run_at(tmp_path).create()
    assert (tmp_path / "notes.txt").exists()


def test_a_folder_that_is_not_a_run_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").touch()
    with pytest.raises(UsageError, match="not a run, so --overwrite leaves it alone"):
        RunDirectory.check_free(tmp_path, overwrite=True)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (None, "not a training run"),
        ("{", "damaged"),
        ("[]", "damaged"),
        ('{"format": 4}', "damaged"),
        ('{"format": 4, "config": []}', "damaged"),
        (
            '{"format": 4, "config": {"layout": "loose"}}',
            "layout must be 'packed' or 'padded', not 'loose'",
        ),
        ('{"format": 4, "config": {"batch_size": 0}}', "batch_size must be a whole number of at"),
        ('{"format": 4, "config": {"seed": {"a": [[[]]]}}}', "seed must be a whole number"),
        ('{"format": 2, "config": {"lanes": 0}}', "batch_size must be a whole number of at least"),
        ('{"format": 4, "config": {"units": ' + "[" * 100_000, "damaged"),
        ('{"format": 4, "config": {}, "vocabulary": "BA"}', "not characters in code-point order"),
        ('{"format": 4, "config": {}, "vocabulary": 7}', "not characters in code-point order"),
        (WITH_HEADERS % '{"keys": [[]]}', "the headers are not text"),
        (WITH_HEADERS % '{"keys": 5}', "damaged"),
        (WITH_HEADERS % '{}, "profile": 5', "profile is not text"),
        (WITH_HEADERS.replace('""', "[]") % "{}", "manifest_sha256 is not text"),
        ('{"format": [[[]]]}', "a run of format"),
        ('{"format": 4, "config": {"lanes": 64}}', "unknown setting 'lanes'"),
        ('{"format": 2, "config": {"heads": 8}}', "unknown setting 'heads'"),
        ('{"format": 1}', "a run of format 1; this version reads 2 to 5"),
    ],
)
def test_what_cannot_be_opened_says_why(tmp_path: Path, content: str | None, problem: str) -> None:
    if content is not None:
        (tmp_path / "config.json").write_text(content)
    with pytest.raises(UsageError, match=problem) as raised:
        RunDirectory.open(tmp_path)
    assert "\n" not in str(raised.value)


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


def test_the_weights_of_a_network_are_counted_without_loading_it(
    trained: Path, tmp_path: Path
) -> None:
    run = RunDirectory.open(trained)
    assert run.count_parameters() == run.load_network().model.count_params()
    assert run_at(tmp_path / "new").count_parameters() == 0


def test_the_config_can_be_read_by_people(tmp_path: Path) -> None:
    run_at(tmp_path).create()
    content = json.loads((tmp_path / "config.json").read_text())
    assert content["vocabulary"] == "AB|é"
    assert content["config"]["units"] == 7


@pytest.mark.parametrize(
    "content", ["{}", "[]", "{", '{"format": 5}', '{"model_type": "gpt2"}', "[" * 100_000]
)
def test_the_settings_of_another_program_are_no_mark_of_a_run(tmp_path: Path, content: str) -> None:
    (tmp_path / "config.json").write_text(content)
    (tmp_path / "samples").mkdir()
    with pytest.raises(UsageError, match="not a run, so --overwrite leaves it alone"):
        RunDirectory.check_free(tmp_path, overwrite=True)


def test_overwriting_keeps_files_of_others_beside_what_was_drawn(tmp_path: Path) -> None:
    run = run_at(tmp_path)
    run.create()
    for folder, ours in (
        (run.samples, "0000100.abc"),
        (run.tensorboard, "events.out.tfevents.1.a.v2"),
    ):
        folder.mkdir()
        (folder / ours).touch()
        (folder / "mine.txt").touch()
    run.create()
    assert [path.name for path in run.samples.iterdir()] == ["mine.txt"]
    assert [path.name for path in run.tensorboard.iterdir()] == ["mine.txt"]


def test_what_a_killed_process_left_is_removed_with_the_next(tmp_path: Path) -> None:
    run = run_at(tmp_path)
    run.create()
    left = tmp_path / ".checkpoint.npz.partial"
    left.mkdir()
    (left / ".made-by-tuneloom").touch()
    (left / "checkpoint.npz").touch()
    with run.lock():
        assert not left.exists()
