import tomllib
from pathlib import Path

import pytest

import tuneloom

PROJECT = Path(__file__).parents[2] / "pyproject.toml"


def test_the_public_names_are_these() -> None:
    assert tuneloom.__all__ == [
        "SOURCES",
        "__version__",
        "load_dataset",
        "load_table",
        "parse",
        "read_book",
        "read_records",
        "score_file",
    ]
    assert set(tuneloom.__all__) <= set(dir(tuneloom))


@pytest.mark.parametrize("name", tuneloom.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(tuneloom, name) is getattr(tuneloom, name)


def test_a_name_that_is_not_public_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="'tuneloom' has no attribute 'parser'"):
        tuneloom.parser  # noqa: B018


def test_the_version_is_that_of_the_project() -> None:
    assert tuneloom.__version__ == tomllib.loads(PROJECT.read_text())["project"]["version"]
