from pathlib import Path

import pytest

from tuneloom.model.runs.directory import RunDirectory
from tuneloom.model.runtime.backend import tf
from tuneloom.model.sampling.generate import Draw
from tuneloom.model.sampling.sampler import Sampler
from tuneloom.model.training.log import Journal
from tuneloom.model.training.samples import Sample
from tuneloom.model.training.schedule import Place


@pytest.fixture
def run(trained: Path, tmp_path: Path) -> RunDirectory:
    """A run directory that holds nothing yet."""
    opened = RunDirectory.open(trained)
    return RunDirectory(tmp_path, opened.config, opened.manifest_sha256, opened.vocabulary)


def test_tensorboard_finds_every_figure_under_its_name(run: RunDirectory) -> None:
    journal = Journal(run, Place())
    journal.learnt(Place(step=1), bits=300.0, predicted=100, rate=0.1)
    journal.examined(Place(step=1), 2.5, Sample([Draw("K:C\nC|\n", True)], Sampler(), 90.0, 40.0))
    journal.write(Place(step=1))
    [file] = run.board.iterdir()
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
    journal = Journal(run, Place())
    journal.learnt(Place(step=7), 1.0, 1, 0.1)
    journal.examined(Place(step=7), None, Sample([Draw("K:C\nC|\n", True)], Sampler(), 100.0, 0.0))
    assert "K:C\nC|\n" in (run.samples / "0000007.abc").read_text()
    assert journal.parseable == 100.0


def test_rows_behind_the_place_where_a_run_goes_on_are_dropped(run: RunDirectory) -> None:
    journal = Journal(run, Place())
    for step in (50, 100):
        journal.learnt(Place(step=step), float(step), 1, 0.1)
    journal.write(Place(step=100))
    assert Journal(run, Place(step=100)).train_bits == 100.0
    assert Journal(run, Place(step=50)).train_bits == 50.0
