import doctest
from importlib import import_module

import pytest

import tuneloom
from tuneloom.api.inputs import needs_extra

FUNCTIONS = ("check", "compare", "format", "generate", "ingest", "page", "score", "train", "wav")


def run_example(name: str) -> None:
    found = doctest.testmod(import_module(f"tuneloom.api.{name}"))
    assert found.failed == 0
    assert found.attempted > 0


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize("name", ["check", "compare", "format", "page", "score", "wav"])
def test_the_example_of_a_function_prints_what_it_shows(name: str) -> None:
    run_example(name)


@pytest.mark.slow
@pytest.mark.usefixtures("book")
def test_the_examples_of_data_sets_and_networks_print_what_they_show() -> None:
    for name in ("ingest", "train", "generate"):
        run_example(name)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_says_what_it_takes_returns_and_raises(name: str) -> None:
    described = getattr(tuneloom, name).__doc__
    assert all(f"    {part}:\n" in described for part in ("Args", "Returns", "Raises", "Example"))


def test_a_missing_extra_is_one_line_that_says_what_to_install() -> None:
    @needs_extra("train")
    def train() -> None:
        raise ModuleNotFoundError("no module", name="tensorflow")

    with pytest.raises(ImportError) as raised:
        train()
    assert str(raised.value) == (
        "tuneloom.train needs TensorFlow, which is not installed: pip install 'tuneloom[train]'"
    )


def test_another_missing_module_stays_what_it_is() -> None:
    @needs_extra("train")
    def train() -> None:
        raise ModuleNotFoundError("no module", name="mine")

    with pytest.raises(ModuleNotFoundError):
        train()
