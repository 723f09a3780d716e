from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from tuneloom.corpus.training_text.keys.transpose import sharps_in_key
from tuneloom.grammar.errors import UsageError
from tuneloom.model.data.augmentation import TransposedTunes
from tuneloom.model.data.vocabulary import Vocabulary

# Three tunes in D for each in C; the last has no key, and so no other.
TUNES = [f"M:4/4\nL:1/8\nK:{key}\n{note}2 DE FG AB|\n" for key in "DDDC" for note in "CDE"]
TUNES.append("M:4/4\nL:1/8\nK:none\nC8|\n")
VOCABULARY = Vocabulary("".join(sorted(set("".join(TUNES)) | set("cdefgab,'^=_"))))


def epoch_texts(transposed: TransposedTunes, seed: int) -> list[str]:
    tunes = transposed.epoch(np.random.default_rng(seed))
    return [VOCABULARY.decode(tunes[number][:-1]) for number in range(len(tunes))]


def test_without_transposition_every_epoch_has_the_tunes_as_they_are() -> None:
    tunes = TransposedTunes.of(TUNES, VOCABULARY, Path(), transpose=False)
    assert epoch_texts(tunes, 0) == epoch_texts(tunes, 1) == TUNES


def test_an_epoch_reads_each_tune_once_in_keys_that_keep_their_share() -> None:
    tunes = TransposedTunes.of(TUNES, VOCABULARY, Path(), transpose=True)
    assert len(tunes) == len(TUNES)
    signatures: Counter[int | None] = Counter()
    for seed in range(200):
        epoch = epoch_texts(tunes, seed)
        assert [text.count("\n") for text in epoch] == [4] * len(TUNES)
        assert epoch[-1] == TUNES[-1]
        signatures.update(map(sharps_in_key, epoch[:-1]))
    assert set(signatures) == {0, 2}
    assert signatures[2] / signatures.total() == pytest.approx(0.75, abs=0.03)


def test_the_generator_decides_the_keys() -> None:
    tunes = TransposedTunes.of(TUNES, VOCABULARY, Path(), transpose=True)
    assert epoch_texts(tunes, 1) == epoch_texts(tunes, 1)
    assert epoch_texts(tunes, 1) != epoch_texts(tunes, 2)


def test_a_setting_that_needs_an_unknown_character_is_left_out() -> None:
    few = Vocabulary(VOCABULARY.characters.replace(",", ""))
    tunes = TransposedTunes.of(TUNES, few, Path(), transpose=True)
    for seed in range(20):
        assert all("B," not in text for text in epoch_texts(tunes, seed))


def test_an_unknown_character_in_a_tune_is_refused() -> None:
    with pytest.raises(UsageError, match="never seen '\\|'"):
        TransposedTunes.of(
            TUNES, Vocabulary("MLK:4/18DCnoe\n2EFGAB "), Path("data"), transpose=True
        )


def test_with_many_tunes_each_gets_fewer_keys() -> None:
    def versions(most: int) -> int:
        tunes = TransposedTunes.of(
            TUNES, VOCABULARY, Path(), transpose=True, max_transpositions=most
        )
        return len({text for seed in range(50) for text in epoch_texts(tunes, seed)})

    assert versions(2 * len(TUNES)) == 13
    assert 7 < versions(len(TUNES)) < 13
    assert versions(0) == len(set(TUNES)) == 7
