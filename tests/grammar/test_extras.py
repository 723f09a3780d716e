"""What to install where an extra is missing, and that the extras of pyproject.toml are the ones named."""

import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.source_tree import ROOMS, imports_of, modules
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
        ("pygls", "lsp", "it needs pygls, which is not installed: pip install 'tuneloom[lsp]'"),
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
    assert [name for name in EXTRAS if name] == ["lsp", "data", "train"]
    assert list(extras) == ["data", "lsp", "train", "gpu", "all"]
    assert extras["train"][0] == "tuneloom[data]"
    assert extras["all"] == ["tuneloom[train]", "tuneloom[lsp]"]
    [tensorflow] = [each for each in extras["train"] if each.startswith("tensorflow")]
    assert extras["gpu"] == [
        "tuneloom[train]",
        tensorflow.replace("tensorflow", "tensorflow[and-cuda]"),
    ]
    core = [requirement.split("=")[0].rstrip("><") for requirement in PROJECT["dependencies"]]
    assert core == ["click", "filelock", "lark", "msgspec", "pathspec", "rich"]


def test_every_package_that_is_imported_is_of_the_core_or_named_by_an_extra() -> None:
    # A notebook has IPython, which nothing else needs.
    known = {
        "IPython",
        "click",
        "filelock",
        "lark",
        "msgspec",
        "pathspec",
        "rich",
        "tuneloom",
        *sys.stdlib_module_names,
    }
    imported = {
        name.partition(".")[0]
        for module in modules().values()
        if module.path.parts[0] in ROOMS
        for _, name in imports_of(module.source)
    }
    assert "yaml" in imported
    unnamed = {
        name
        for name in imported - known
        if missing_extra(ModuleNotFoundError(name=name), "it") is None
    }
    assert unnamed == set()
