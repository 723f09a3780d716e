"""What to install where an extra is missing, and that the extras of pyproject.toml are the ones named."""

import tomllib
from pathlib import Path

import pytest

from tuneloom.grammar.extras import EXTRAS, missing_extra

PROJECT = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())["project"]


@pytest.mark.parametrize(
    ("module", "extra", "line"),
    [
        ("pandas", "", "it needs pandas, which is not installed: pip install 'tuneloom[data]'"),
        (
            "tensorflow",
            "data",
            "it needs TensorFlow, which is not installed: pip install 'tuneloom[train]'",
        ),
        ("numpy", "train", "it needs NumPy, which is not installed: pip install 'tuneloom[train]'"),
    ],
)
def test_the_line_names_the_package_and_the_extra(module: str, extra: str, line: str) -> None:
    assert missing_extra(ModuleNotFoundError(name=module), "it", extra) == line


@pytest.mark.parametrize("module", ["tuneloom.grammar.gone", "numpy.gone", "click", None])
def test_what_no_extra_brings_is_left_to_python(module: str | None) -> None:
    assert missing_extra(ModuleNotFoundError(name=module), "it") is None


def test_the_project_has_these_extras_and_a_light_core() -> None:
    extras = PROJECT["optional-dependencies"]
    assert [name for name in EXTRAS if name] == ["data", "train"]
    assert list(extras) == ["data", "train", "all"]
    assert extras["train"][0] == "tuneloom[data]"
    assert extras["all"] == ["tuneloom[train]"]
    core = [requirement.split("=")[0].rstrip("><") for requirement in PROJECT["dependencies"]]
    assert core == ["click", "lark", "rich"]
