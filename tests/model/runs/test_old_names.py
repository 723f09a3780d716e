import json
from pathlib import Path

import pytest

from tuneloom.model.runs.directory import RunDirectory
from tuneloom.model.runs.old_names import PROGRESS_FIELDS, current_settings, renamed
from tuneloom.model.runs.progress import TrainingProgress

CONFIG = {
    "embedding": 8,
    "units": 16,
    "layers": 1,
    "dropout": 0.1,
    "transpose": True,
    "level": "parseable",
    "lanes": 4,
    "window": 24,
    "rows": False,
    "learning_rate": 0.004,
    "warmup": 40,
    "clip": 1.0,
    "seed": 5,
}


@pytest.mark.parametrize(("rows", "layout"), [(False, "packed"), (True, "padded")])
def test_a_run_of_format_2_opens_with_its_settings(tmp_path: Path, rows: bool, layout: str) -> None:
    content = {
        "format": 2,
        "manifest_sha256": "0123abcd",
        "vocabulary": "AB|",
        "config": CONFIG | {"rows": rows},
    }
    (tmp_path / "config.json").write_text(json.dumps(content))
    config = RunDirectory.open(tmp_path).config
    assert (config.batch_size, config.unroll_length, config.layout) == (4, 24, layout)
    assert (config.architecture, config.units, config.seed) == ("plain", 16, 5)


@pytest.mark.parametrize(("transpose", "keys"), [(True, "many"), (False, "own"), (None, "many")])
def test_a_run_of_format_3_opens_with_its_keys(
    tmp_path: Path, transpose: bool | None, keys: str
) -> None:
    settings = {"units": 16} if transpose is None else {"units": 16, "transpose": transpose}
    content = {"format": 3, "manifest_sha256": "", "vocabulary": "AB|", "config": settings}
    (tmp_path / "config.json").write_text(json.dumps(content))
    run = RunDirectory.open(tmp_path)
    assert run.config.keys == keys
    assert run.spelling.to_network("K:D\nD|\n") == "K:D\nD|\n"


def test_a_run_of_format_4_opens_without_what_is_newer(tmp_path: Path) -> None:
    content = {"format": 4, "manifest_sha256": "", "vocabulary": "AB|", "config": {"units": 16}}
    (tmp_path / "config.json").write_text(json.dumps(content))
    config = RunDirectory.open(tmp_path).config
    assert not config.hint_logits
    assert config.weight_decay == 0


def test_an_architecture_of_a_plugin_may_have_the_old_name_of_the_plain_network() -> None:
    assert current_settings({"architecture": "lstm"}, 5) == {"architecture": "lstm"}


def test_the_progress_in_an_old_checkpoint_is_read() -> None:
    old = {"step": 3, "epoch": 1, "window": 2, "epoch_windows": 9, "characters": 5, "seconds": 1.5}
    assert TrainingProgress(**renamed(old, PROGRESS_FIELDS)) == TrainingProgress(
        step=3, epoch=1, batch=2, epoch_batches=9, characters=5, seconds=1.5
    )
