from pathlib import Path

from tuneloom.model.runs.metrics import Metrics
from tuneloom.model.runs.progress import TrainingProgress


def test_a_row_is_the_mean_over_its_steps() -> None:
    metrics = Metrics()
    metrics.record_step(bits=300, characters=100, learning_rate=0.1)
    metrics.record_step(bits=100, characters=100, learning_rate=0.2)
    metrics.close_row(TrainingProgress(step=2, epoch=1, batch=1, epoch_batches=4, characters=200))
    [row] = metrics.rows
    assert (row.step, row.epoch, row.train_bits, row.learning_rate) == (2, 1.25, 2.0, 0.2)


def test_a_row_without_a_step_is_not_added() -> None:
    metrics = Metrics()
    metrics.close_row(TrainingProgress())
    assert metrics.rows == []


def test_rows_are_read_back_up_to_a_step(tmp_path: Path) -> None:
    metrics = Metrics()
    for step in (1, 2, 3):
        metrics.record_step(bits=3.0, characters=1, learning_rate=0.1)
        metrics.close_row(TrainingProgress(step=step))
    metrics.record_validation(TrainingProgress(step=3), bits=1.5, parseable=97.0, metrical=50.0)
    metrics.write(tmp_path / "metrics.csv")
    assert Metrics.read(tmp_path / "metrics.csv", last_step=3).rows == metrics.rows
    assert Metrics.read(tmp_path / "metrics.csv", last_step=2).rows == metrics.rows[:2]


def test_the_file_has_a_header_line(tmp_path: Path) -> None:
    metrics = Metrics()
    metrics.record_step(bits=4.0, characters=2, learning_rate=0.1)
    metrics.close_row(TrainingProgress(step=1, characters=2, seconds=0.5))
    metrics.write(tmp_path / "metrics.csv")
    assert (tmp_path / "metrics.csv").read_text() == (
        "step,epoch,characters,seconds,learning_rate,train_bits,validation_bits,parseable,metrical\n"
        "1,0.0,2,0.5,0.1,2.0,,,\n"
    )
