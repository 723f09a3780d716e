from tuneloom.model.network.config import Config


def test_a_run_of_a_few_minutes_has_a_network_that_takes_more_steps() -> None:
    brief = Config.suited(3)
    assert brief.units * brief.window < Config().units * Config().window
    assert Config.suited(20) == Config.suited(None) == Config()
