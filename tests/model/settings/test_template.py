import re
from dataclasses import asdict, fields
from pathlib import Path

from tuneloom.model.network.config import TrainingConfig
from tuneloom.model.settings.sources import read_settings
from tuneloom.model.settings.template import field_docstrings, settings_template

TEMPLATE = settings_template(TrainingConfig())


def test_every_setting_of_a_run_is_explained() -> None:
    docstrings = field_docstrings(TrainingConfig)
    assert list(docstrings) == [field.name for field in fields(TrainingConfig)]
    assert docstrings["units"] == "Width of each recurrent layer."


def test_as_it_is_the_template_sets_nothing(tmp_path: Path) -> None:
    (tmp_path / "all.toml").write_text(TEMPLATE)
    assert read_settings(tmp_path / "all.toml", TrainingConfig) == []


def test_the_template_has_every_default(tmp_path: Path) -> None:
    (tmp_path / "all.toml").write_text(re.sub(r"^#(?! \S)", "", TEMPLATE, flags=re.MULTILINE))
    given = read_settings(tmp_path / "all.toml", TrainingConfig)
    assert {setting.name: setting.value for setting in given} == asdict(TrainingConfig())


def test_the_template_fits_80_columns() -> None:
    assert max(map(len, TEMPLATE.splitlines())) <= 80
