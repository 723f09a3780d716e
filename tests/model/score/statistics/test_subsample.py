from tuneloom.model.score.statistics.subsample import fixed_sample


def test_a_sample_is_the_same_at_each_call_and_keeps_the_order() -> None:
    chosen = fixed_sample(range(100), 5)
    assert len(chosen) == 5
    assert chosen == sorted(chosen) == fixed_sample(range(100), 5)


def test_fewer_items_are_all_chosen() -> None:
    assert fixed_sample("abc", 10) == ["a", "b", "c"]
