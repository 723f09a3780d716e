from pathlib import Path

import pytest

from tuneloom.model.runs.directory import RunDirectory
from tuneloom.model.runs.progress import TrainingProgress
from tuneloom.model.runtime.backend import tf
from tuneloom.model.sampling.config import SamplingConfig
from tuneloom.model.sampling.generated import GeneratedTune
from tuneloom.model.training.log import TrainingLog
from tuneloom.model.training.samples import Sample


@pytest.fixture
def run(trained: Path, tmp_path: Path) -> RunDirectory:
    """A run directory that holds nothing yet."""
    opened = RunDirectory.open(trained)
    return RunDirectory(tmp_path, opened.config, opened.manifest_sha256, opened.vocabulary)


def test_tensorboard_finds_every_figure_under_its_name(run: RunDirectory) -> None:
    log = TrainingLog(run, TrainingProgress())
    log.record_step(TrainingProgress(step=1), bits=300.0, characters=100, learning_rate=0.1)
    log.record_validation(
        TrainingProgress(step=1),
        2.5,
        Sample([GeneratedTune("K:C\nC|\n", True)], SamplingConfig(), 90.0, 40.0),
    )
    log.write(TrainingProgress(step=1))
    [file] = run.tensorboard.iterdir()
    found = {}
    for record in tf.data.TFRecordDataset(str(file)):
        event = tf.compat.v1.Event.FromString(record.numpy())
        for value in event.summary.value:
            assert value.metadata.plugin_data.plugin_name == "scalars"
            found[value.tag, event.step] = float(tf.make_ndarray(value.tensor))
    assert found["train_bits", 1] == 3.0
    assert found["validation_bits", 1] == 2.5
    assert found["parseable", 1] == 90.0


def test_a_sample_is_a_tunebook_named_by_its_step(run: RunDirectory) -> None:
    log = TrainingLog(run, TrainingProgress())
    log.record_step(TrainingProgress(step=7), 1.0, 1, 0.1)
    log.record_validation(
        TrainingProgress(step=7),
        None,
        Sample([GeneratedTune("K:C\nC|\n", True)], SamplingConfig(), 100.0, 0.0),
    )
    assert "K:C\nC|\n" in (run.samples / "0000007.abc").read_text()
    assert log.parseable == 100.0


def test_rows_after_the_step_where_a_run_resumes_are_dropped(run: RunDirectory) -> None:
    log = TrainingLog(run, TrainingProgress())
    for step in (50, 100):
        log.record_step(TrainingProgress(step=step), float(step), 1, 0.1)
    log.write(TrainingProgress(step=100))
    assert TrainingLog(run, TrainingProgress(step=100)).train_bits == 100.0
    assert TrainingLog(run, TrainingProgress(step=50)).train_bits == 50.0
