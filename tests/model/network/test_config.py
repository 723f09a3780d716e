import pytest

from tuneloom.model.network.config import TrainingConfig
from tuneloom.model.settings.checks import types_of


def test_a_run_of_a_few_minutes_has_a_smaller_network() -> None:
    brief = TrainingConfig.for_budget(3)
    assert brief.units < TrainingConfig().units
    assert TrainingConfig.for_budget(20) == TrainingConfig.for_budget(None) == TrainingConfig()


def test_every_number_has_a_range() -> None:
    for name, wanted in types_of(TrainingConfig).items():
        if (
            isinstance(getattr(TrainingConfig(), name), int | float)
            and str(wanted) != "true or false"
        ):
            assert " of " in str(wanted), name


@pytest.mark.parametrize(
    "settings",
    [
        {"batch_size": 0},
        {"units": 10**12},
        {"layers": 0},
        {"dropout": 1.0},
        {"learning_rate": -0.1},
        {"warmup": 0},
        {"clip": 0.0},
        {"beta_2": 1.0},
        {"seed": -1},
        {"patience": -1},
        {"level": "playable"},
        {"precision": "float16"},
        {"architecture": None},
    ],
)
def test_a_setting_out_of_its_range_is_refused_by_name(settings: dict[str, object]) -> None:
    [name] = settings
    with pytest.raises(ValueError, match=f"^{name} must be "):
        TrainingConfig(**settings)  # type: ignore[arg-type]
