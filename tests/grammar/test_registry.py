"""Registries keep entries in order, know them by name, and help with a name that is misspelt."""

import pytest

from tuneloom.grammar.errors import UsageError
from tuneloom.grammar.registry import Registry


@pytest.fixture
def numbers() -> Registry[int]:
    registry: Registry[int] = Registry("number")
    registry.register("two", 2)
    registry.register("one", 1)
    return registry


def test_entries_keep_the_order_of_their_registration(numbers: Registry[int]) -> None:
    assert list(numbers) == ["two", "one"]
    assert list(numbers.values()) == [2, 1]
    assert len(numbers) == 2


def test_an_entry_is_found_by_its_name(numbers: Registry[int]) -> None:
    assert "one" in numbers
    assert numbers.find("one") == 1


def test_a_name_can_be_taken_only_once(numbers: Registry[int]) -> None:
    with pytest.raises(ValueError, match="already a number named 'one'"):
        numbers.register("one", 11)


def test_a_misspelt_name_is_refused_with_the_closest_one(numbers: Registry[int]) -> None:
    with pytest.raises(UsageError, match="no number is named 'ome'; try one"):
        numbers.find("ome")


def test_an_entry_that_was_removed_is_gone(numbers: Registry[int]) -> None:
    numbers.unregister("two")
    assert list(numbers) == ["one"]
