import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tuneloom.grammar.automaton.load import load_automaton


def cut_in_half(data: bytes) -> bytes:
    return data[: len(data) // 2]


def without_a_list(data: bytes) -> bytes:
    return json.dumps(json.loads(data)[1:]).encode()


def with_a_short_row(data: bytes) -> bytes:
    return changed(data, lambda lists: lists[2][7].pop())


def with_a_state_that_is_not_there(data: bytes) -> bytes:
    return changed(data, lambda lists: lists[2][0].__setitem__(0, len(lists[2])))


def with_text_for_numbers(data: bytes) -> bytes:
    return changed(data, lambda lists: lists[2][0].__setitem__(0, "1"))


def changed(data: bytes, change: Callable[[Any], object]) -> bytes:
    lists = json.loads(data)
    change(lists)
    return json.dumps(lists).encode()


@pytest.fixture
def cache_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The automaton's file in a cache of its own."""
    data = json.dumps(as_lists()).encode()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    load_automaton.cache_clear()
    load_automaton()
    [path] = tmp_path.glob("tuneloom/automaton-*.json")
    assert json.loads(path.read_bytes()) == json.loads(data)
    return path


def as_lists() -> list[object]:
    automaton = load_automaton()
    alphabet = automaton.alphabet
    return [
        alphabet.cuts,
        alphabet.classes,
        automaton.transitions,
        automaton.accepting,
        automaton.distance,
    ]


@pytest.mark.parametrize(
    "damage",
    [
        cut_in_half,
        without_a_list,
        with_a_short_row,
        with_a_state_that_is_not_there,
        with_text_for_numbers,
    ],
)
def test_a_damaged_cache_is_computed_again(
    cache_file: Path, damage: Callable[[bytes], bytes]
) -> None:
    whole = cache_file.read_bytes()
    cache_file.write_bytes(damage(whole))
    load_automaton.cache_clear()
    load_automaton()
    assert cache_file.read_bytes() == whole


def test_a_cache_that_cannot_be_written_costs_only_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    not_a_folder = tmp_path / "file"
    not_a_folder.write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(not_a_folder))
    load_automaton.cache_clear()
    assert load_automaton().accepts("X:1\nK:D\nA|\n")
