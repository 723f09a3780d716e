"""The columns of a data set are computed once, and damaged files are written anew."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from tuneloom.grammar.automaton.disk_cache import cache_folder
from tuneloom.model.aids import saved_columns as module
from tuneloom.model.aids.catalogue import AIDS
from tuneloom.model.aids.columns import aid_columns
from tuneloom.model.aids.kinds.place import Place
from tuneloom.model.aids.saved_columns import saved_aid_columns
from tuneloom.model.data.batching import TokenizedTunes
from tuneloom.model.data.vocabulary import Vocabulary

TUNES = (
    "R:jig\nM:6/8\nL:1/8\nK:D\nA|dfa d2f|gba g2e|\n(3ABc d2 A2B|c3-c2:|\n",
    "M:4/4\nL:1/8\nK:Gm\nB>c d2 [K:D]^c4|z4 [DA]4|]\n",
)
VOCABULARY = Vocabulary("".join(sorted(set("".join(TUNES)))))
NAMES = ("echo", "clock", "level")


class OwnAid(Place):
    """An aid of somebody else's."""


@pytest.fixture
def computed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Sequence[str]]:
    """The names of the aids that were computed, with an empty cache that takes any columns."""
    names: list[Sequence[str]] = []

    def noted(asked: Sequence[str], *arguments: Any, **options: Any) -> NDArray[np.unsignedinteger]:
        names.append(asked)
        return aid_columns(asked, *arguments, **options)

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(module, "aid_columns", noted)
    monkeypatch.setattr(module, "_LEAST_TOKENS", 1)
    return names


def tunes(metrical: tuple[bool, bool] = (True, False)) -> TokenizedTunes:
    lengths = np.array([len(tune) for tune in TUNES])
    return TokenizedTunes.of(VOCABULARY.encode("".join(TUNES)), lengths, np.array(metrical))


def check(**options: bool) -> None:
    """Ask for the columns, which must be those that are computed."""
    found = saved_aid_columns(NAMES, VOCABULARY, tunes(), **options)
    np.testing.assert_array_equal(found, aid_columns(NAMES, VOCABULARY, tunes(), **options))


def files() -> list[Path]:
    return sorted(cache_folder().glob("aids-*"))


def test_they_are_computed_once(computed: list[Sequence[str]]) -> None:
    check()
    check()
    assert computed == [NAMES]


def test_whatever_they_follow_from_gives_others(computed: list[Sequence[str]]) -> None:
    check()
    check(in_one_tonic=True)
    saved_aid_columns(NAMES, VOCABULARY, tunes((True, True)))
    saved_aid_columns(NAMES[:2], VOCABULARY, tunes())
    assert len(computed) == len(files()) == 4


@pytest.mark.parametrize("cut", [0, 10, 50, -1])
def test_a_file_that_is_cut_is_written_anew(cut: int, computed: list[Sequence[str]]) -> None:
    check()
    [file] = files()
    whole = file.read_bytes()
    file.write_bytes(whole[:cut])
    check()
    assert file.read_bytes() == whole
    assert len(computed) == 2


def test_a_file_with_another_byte_is_written_anew(computed: list[Sequence[str]]) -> None:
    check()
    [file] = files()
    data = bytearray(file.read_bytes())
    data[-5] ^= 1
    file.write_bytes(data)
    check()
    assert len(computed) == 2


def test_where_there_is_no_cache_they_are_computed(
    computed: list[Sequence[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path.joinpath("file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    check()
    check()
    assert len(computed) == 2


def test_the_files_used_last_stay_and_those_of_others_do(
    computed: list[Sequence[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    check()
    others = cache_folder() / "aids-of-mine"
    others.write_bytes(bytes(10_000))
    [first] = [file for file in files() if file != others]
    monkeypatch.setattr(module, "_MAX_BYTES", 2 * first.stat().st_size + 100)
    check(in_one_tonic=True)
    check()
    saved_aid_columns(NAMES, VOCABULARY, tunes((True, True)))
    assert len(computed) == 3
    assert {first, others} < set(files())
    assert len(files()) == 3


def test_few_columns_and_aids_from_outside_are_not_saved(
    computed: list[Sequence[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    AIDS.register("own", OwnAid)
    try:
        saved_aid_columns(["own"], VOCABULARY, tunes())
    finally:
        AIDS.unregister("own")
    monkeypatch.setattr(module, "_LEAST_TOKENS", 100_000)
    check()
    assert len(computed) == 2
    assert not files()
