import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tuneloom.grammar.automaton.load import (
    automaton_from_json,
    load_automaton,
)


def cut_in_half(data: bytes) -> bytes:
    return data[: len(data) // 2]


def without_a_list(data: bytes) -> bytes:
    return json.dumps(json.loads(data)[1:]).encode()


def with_a_short_row(data: bytes) -> bytes:
    return changed(data, lambda lists: lists[1][7].pop())


def with_a_state_that_is_not_there(data: bytes) -> bytes:
    return changed(data, lambda lists: lists[1][0].__setitem__(0, len(lists[1])))


def with_text_for_numbers(data: bytes) -> bytes:
    return changed(data, lambda lists: lists[1][0].__setitem__(0, "1"))


def changed(data: bytes, change: Callable[[Any], object]) -> bytes:
    lists = json.loads(data)
    change(lists)
    return json.dumps(lists).encode()


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
def test_a_damaged_automaton_is_refused(damage: Callable[[bytes], bytes]) -> None:
    data = msgspec.json.encode(load_automaton())
    with pytest.raises(ValueError, match=r"damaged|truncated|malformed|Expected"):
        automaton_from_json(damage(data))


def test_an_automaton_is_read_as_it_was_written() -> None:
    automaton = load_automaton()
    assert automaton_from_json(msgspec.json.encode(automaton)) == automaton


def test_a_damaged_cache_is_computed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    load_automaton.cache_clear()
    automaton = load_automaton()
    [path] = tmp_path.glob("tuneloom/automaton-*.json")
    whole = path.read_bytes()
    for damaged in (b"", whole[:100] + whole[100:].replace(b"7", b"1", 1)):
        path.write_bytes(damaged)
        load_automaton.cache_clear()
        assert load_automaton() == automaton
        assert path.read_bytes() == whole


def test_a_cache_that_cannot_be_written_costs_only_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    not_a_folder = tmp_path / "file"
    not_a_folder.write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(not_a_folder))
    load_automaton.cache_clear()
    assert load_automaton().accepts("X:1\nK:D\nA|\n")


def test_a_pipe_in_place_of_a_cache_keeps_nobody_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    load_automaton.cache_clear()
    load_automaton()
    [path] = tmp_path.glob("tuneloom/automaton-*.json")
    path.unlink()
    os.mkfifo(path)
    load_automaton.cache_clear()
    assert load_automaton().accepts("X:1\nK:D\nA|\n")
    assert path.is_file()
