from tuneloom.model.runs.progress import TrainingProgress


def test_epochs_count_the_part_of_the_current_one() -> None:
    assert TrainingProgress(epoch=2, batch=3, epoch_batches=4).epochs == 2.75
