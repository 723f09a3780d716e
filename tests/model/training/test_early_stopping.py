from tuneloom.model.training.early_stopping import Best


def test_a_lower_figure_is_the_best_and_forgets_the_misses() -> None:
    best = Best().after(2.0, step=10).after(2.5, step=20)
    assert best == Best(bits=2.0, step=10, misses=1)
    assert best.after(1.5, step=30) == Best(bits=1.5, step=30)


def test_a_run_is_stale_after_several_misses_over_a_good_part_of_its_steps() -> None:
    assert not Best(2.0, step=990, misses=3).is_stale(1000)
    assert not Best(2.0, step=100, misses=2).is_stale(1000)
    assert Best(2.0, step=700, misses=3).is_stale(1000)
    assert not Best().is_stale(1000)
