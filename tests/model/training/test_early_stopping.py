from tuneloom.model.training.early_stopping import BestValidation


def test_a_lower_loss_is_the_best_and_resets_the_misses() -> None:
    best = BestValidation().updated(2.0, step=10).updated(2.5, step=20)
    assert best == BestValidation(bits=2.0, step=10, misses=1)
    assert best.updated(1.5, step=30) == BestValidation(bits=1.5, step=30)


def test_by_itself_a_run_stops_after_several_misses_over_a_large_share_of_its_steps() -> None:
    assert not BestValidation(2.0, step=990, misses=3).should_stop(1000, "auto")
    assert not BestValidation(2.0, step=100, misses=2).should_stop(1000, "auto")
    assert BestValidation(2.0, step=700, misses=3).should_stop(1000, "auto")
    assert not BestValidation().should_stop(1000, "auto")


def test_patience_is_the_number_of_misses_that_stop_a_run() -> None:
    assert not BestValidation(2.0, step=100, misses=4).should_stop(1000, 5)
    assert BestValidation(2.0, step=990, misses=5).should_stop(1000, 5)


def test_without_patience_a_run_never_stops_early() -> None:
    assert not BestValidation(2.0, step=100, misses=90).should_stop(1000, 0)
