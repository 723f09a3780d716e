"""The settings of runs."""

from dataclasses import replace

from tuneloom.model.network.config import TrainingConfig
from tuneloom.model.settings.sources import read_assignment
from tuneloom.report.settings_section import setting_text


def test_every_setting_is_shown_as_set_takes_it() -> None:
    usual = TrainingConfig()
    other = replace(usual, hint_logits=False, patience=3, aids=("echo", "clock"), level="metrical")
    for config in (usual, other):
        for name in TrainingConfig.__slots__:
            value = getattr(config, name)
            assert read_assignment(f"{name}={setting_text(value)}", TrainingConfig).value == value
