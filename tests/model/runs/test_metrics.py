from pathlib import Path

from tuneloom.model.runs.metrics import Metrics
from tuneloom.model.training.schedule import Place


def test_a_row_is_the_mean_over_its_steps() -> None:
    metrics = Metrics()
    metrics.add(bits=300, predicted=100, rate=0.1)
    metrics.add(bits=100, predicted=100, rate=0.2)
    metrics.close_row(Place(step=2, epoch=1, window=1, epoch_windows=4, characters=200))
    [row] = metrics.rows
    assert (row.step, row.epoch, row.train_bits, row.learning_rate) == (2, 1.25, 2.0, 0.2)


def test_a_row_without_a_step_is_none() -> None:
    metrics = Metrics()
    metrics.close_row(Place())
    assert metrics.rows == []


def test_rows_come_back_from_the_file_up_to_a_step(tmp_path: Path) -> None:
    metrics = Metrics()
    for step in (1, 2, 3):
        metrics.add(bits=3.0, predicted=1, rate=0.1)
        metrics.close_row(Place(step=step))
    metrics.examined(Place(step=3), bits=1.5, parseable=97.0, metrical=50.0)
    metrics.write(tmp_path / "metrics.csv")
    assert Metrics.read(tmp_path / "metrics.csv", last_step=3).rows == metrics.rows
    assert Metrics.read(tmp_path / "metrics.csv", last_step=2).rows == metrics.rows[:2]


def test_the_file_has_a_heading_for_each_column(tmp_path: Path) -> None:
    metrics = Metrics()
    metrics.add(bits=4.0, predicted=2, rate=0.1)
    metrics.close_row(Place(step=1, characters=2, seconds=0.5))
    metrics.write(tmp_path / "metrics.csv")
    assert (tmp_path / "metrics.csv").read_text() == (
        "step,epoch,characters,seconds,learning_rate,train_bits,validation_bits,parseable,metrical\n"
        "1,0.0,2,0.5,0.1,2.0,,,\n"
    )
