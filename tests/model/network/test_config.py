from tuneloom.model.network.config import TrainingConfig


def test_a_run_of_a_few_minutes_has_a_smaller_network_that_takes_more_steps() -> None:
    brief = TrainingConfig.for_budget(3)
    assert (
        brief.units * brief.unroll_length < TrainingConfig().units * TrainingConfig().unroll_length
    )
    assert TrainingConfig.for_budget(20) == TrainingConfig.for_budget(None) == TrainingConfig()
