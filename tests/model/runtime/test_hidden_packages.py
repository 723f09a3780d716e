"""Packages can be hidden from what is being imported."""

import importlib
import sys

import pytest

from tuneloom.model.runtime.hidden_packages import hide_packages


def test_a_hidden_package_cannot_be_imported_until_the_end_of_the_block(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    with hide_packages("colorsys"), pytest.raises(ImportError):
        importlib.import_module("colorsys")
    assert importlib.import_module("colorsys").rgb_to_hls


def test_a_package_that_is_there_already_stays() -> None:
    with hide_packages("json"):
        assert importlib.import_module("json").loads("1") == 1
    assert "json" in sys.modules


def test_packages_come_back_where_the_block_breaks_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    with pytest.raises(KeyError), hide_packages("colorsys"):
        raise KeyError
    assert importlib.import_module("colorsys").rgb_to_hls
