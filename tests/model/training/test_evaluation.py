import math
from pathlib import Path

import numpy as np
import pytest

from tuneloom.grammar.errors import UsageError
from tuneloom.model.data.batching import Tunes
from tuneloom.model.network.config import Config
from tuneloom.model.network.network import Network
from tuneloom.model.training.evaluation import Examiner, evaluate


def test_a_network_that_knows_nothing_needs_the_bits_of_a_fair_choice(tiny: Config) -> None:
    network = Network.build(tiny, vocabulary_size=8)
    for weight in network.model.weights:
        weight.assign(np.zeros(weight.shape))
    tunes = Tunes.of(np.arange(1, 8, dtype=np.int32), np.array([3, 4]))
    assert Examiner(network, tiny).bits(tunes).per_character == pytest.approx(math.log2(8))


def test_lanes_and_window_do_not_change_the_figure(tiny: Config) -> None:
    network = Network.build(tiny, vocabulary_size=8)
    tokens = np.random.default_rng(0).integers(1, 8, 100).astype(np.int32)
    tunes = Tunes.of(tokens, np.array([10, 40, 20, 30]))
    figures = [
        Examiner(network, Config(lanes=lanes, window=window)).bits(tunes).per_character
        for lanes, window in [(1, 200), (2, 7), (4, 16), (9, 5)]
    ]
    assert figures == pytest.approx([figures[0]] * 4, rel=1e-5)


def test_a_trained_run_predicts_test_tunes_far_better_than_chance(
    trained: Path, data_set: Path
) -> None:
    book, whole = evaluate(trained, data_set)
    assert (book.source, whole.source) == ("book", "all")
    assert book.bits == whole.bits
    assert whole.bits.tunes == 6
    assert 0 < whole.bits.per_character < 2.5
    assert whole.bits.total == pytest.approx(whole.bits.per_tune * 6)
    assert whole.notes == 6 * 8


def test_what_is_no_run_is_refused(tmp_path: Path, data_set: Path) -> None:
    with pytest.raises(UsageError, match="not a training run"):
        evaluate(tmp_path, data_set)
