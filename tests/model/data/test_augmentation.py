from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from tuneloom.corpus.training_text.transpose import signature
from tuneloom.grammar.errors import UsageError
from tuneloom.model.data import augmentation
from tuneloom.model.data.augmentation import Repertoire
from tuneloom.model.data.vocabulary import Vocabulary

# Three tunes in D for each in C; the last has no key, and so no other.
TUNES = [f"M:4/4\nL:1/8\nK:{key}\n{note}2 DE FG AB|\n" for key in "DDDC" for note in "CDE"]
TUNES.append("M:4/4\nL:1/8\nK:none\nC8|\n")
VOCABULARY = Vocabulary("".join(sorted(set("".join(TUNES)) | set("cdefgab,'^=_"))))


def texts(repertoire: Repertoire, seed: int) -> list[str]:
    tunes = repertoire.epoch(np.random.default_rng(seed))
    return [VOCABULARY.decode(tunes[number][:-1]) for number in range(len(tunes))]


def test_without_transposition_every_epoch_has_the_tunes_as_they_are() -> None:
    repertoire = Repertoire.of(TUNES, VOCABULARY, Path(), transposed=False)
    assert texts(repertoire, 0) == texts(repertoire, 1) == TUNES


def test_each_tune_is_read_once_an_epoch_in_keys_that_keep_their_share() -> None:
    repertoire = Repertoire.of(TUNES, VOCABULARY, Path(), transposed=True)
    assert len(repertoire) == len(TUNES)
    signatures: Counter[int | None] = Counter()
    for seed in range(200):
        epoch = texts(repertoire, seed)
        assert [text.count("\n") for text in epoch] == [4] * len(TUNES)
        assert epoch[-1] == TUNES[-1]
        signatures.update(map(signature, epoch[:-1]))
    assert set(signatures) == {0, 2}
    assert signatures[2] / signatures.total() == pytest.approx(0.75, abs=0.03)


def test_the_generator_decides_the_keys() -> None:
    repertoire = Repertoire.of(TUNES, VOCABULARY, Path(), transposed=True)
    assert texts(repertoire, 1) == texts(repertoire, 1)
    assert texts(repertoire, 1) != texts(repertoire, 2)


def test_a_setting_that_needs_an_unknown_character_is_left_out() -> None:
    few = Vocabulary(VOCABULARY.characters.replace(",", ""))
    repertoire = Repertoire.of(TUNES, few, Path(), transposed=True)
    for seed in range(20):
        assert all("B," not in text for text in texts(repertoire, seed))


def test_an_unknown_character_in_a_tune_is_refused() -> None:
    with pytest.raises(UsageError, match="never seen '\\|'"):
        Repertoire.of(TUNES, Vocabulary("MLK:4/18DCnoe\n2EFGAB "), Path("data"), transposed=True)


def test_with_many_tunes_each_is_had_in_fewer_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    def settings(most: int) -> int:
        monkeypatch.setattr(augmentation, "_MOST_SETTINGS", most)
        made = Repertoire.of(TUNES, VOCABULARY, Path(), transposed=True)
        return len({text for seed in range(50) for text in texts(made, seed)})

    assert settings(2 * len(TUNES)) == 13
    assert 7 < settings(len(TUNES)) < 13
    assert settings(0) == len(set(TUNES)) == 7
