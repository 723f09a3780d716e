import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tuneloom.grammar.errors import UsageError
from tuneloom.model.data.batching import TokenizedTunes
from tuneloom.model.data.vocabulary import Vocabulary
from tuneloom.model.network.build import build_network
from tuneloom.model.network.config import TrainingConfig
from tuneloom.model.runs.directory import RunDirectory
from tuneloom.model.training.evaluation import Evaluator, evaluate


def test_a_network_that_knows_nothing_needs_the_bits_of_a_uniform_choice(
    plain: TrainingConfig,
) -> None:
    network = build_network(plain, vocabulary_size=8)
    for weight in network.model.weights:
        weight.assign(np.zeros(weight.shape))
    tunes = TokenizedTunes.of(np.arange(1, 8, dtype=np.int32), np.array([3, 4]))
    assert Evaluator(network, plain, 1.0).bits(tunes).per_character == pytest.approx(math.log2(8))


def test_batch_size_and_unroll_length_do_not_change_the_bits(plain: TrainingConfig) -> None:
    network = build_network(plain, vocabulary_size=8)
    tokens = np.random.default_rng(0).integers(1, 8, 100).astype(np.int32)
    tunes = TokenizedTunes.of(tokens, np.array([10, 40, 20, 30]))
    figures = []
    for batch_size, unroll_length in [(1, 200), (2, 7), (4, 16), (9, 5)]:
        config = replace(plain, batch_size=batch_size, unroll_length=unroll_length)
        figures.append(Evaluator(network, config, 1.0).bits(tunes).per_character)
    assert figures == pytest.approx([figures[0]] * 4, rel=1e-5)


def test_what_the_network_is_told_of_the_levels_counts_as_bits(tiny: TrainingConfig) -> None:
    network = build_network(tiny, vocabulary_size=4)
    tunes = TokenizedTunes.of(
        np.ones(6, np.int32), np.array([2, 4]), metrical=np.array([True, False])
    )
    tunes = network.with_aids(tunes, Vocabulary("ABC"))
    known, share = (Evaluator(network, tiny, share).bits(tunes).total for share in (0.5, 0.75))
    assert share - known == pytest.approx(-math.log2(0.75) - math.log2(0.25) - 2)


def test_a_run_measures_tunes_with_the_levels_that_it_was_told(leveled: tuple[Path, Path]) -> None:
    data, path = leveled
    run = RunDirectory.open(path)
    assert run.metrical_share == (12 + 0.5) / (60 + 1)
    assert 0 < evaluate(path, data).whole.bits.per_character < 2.5


def test_a_trained_run_predicts_test_tunes_far_better_than_chance(
    trained: Path, data_set: Path
) -> None:
    found = evaluate(trained, data_set)
    [book], whole = found.sources, found.whole
    assert not found.not_taken
    assert (book.source, whole.source) == ("book", "all")
    assert book.bits == whole.bits
    assert whole.bits.tunes == 6
    assert 0 < whole.bits.per_character < 2.5
    assert whole.bits.total == pytest.approx(whole.bits.per_tune * 6)
    assert whole.notes == 6 * 8


def test_a_directory_without_a_run_is_refused(tmp_path: Path, data_set: Path) -> None:
    with pytest.raises(UsageError, match="not a training run"):
        evaluate(tmp_path, data_set)


def test_a_tunebook_is_measured_in_training_spelling_and_what_cannot_be_taken_is_counted(
    trained: Path, tmp_path: Path
) -> None:
    head = "X:1\nT:Air\nL:1/8\nM: 6/8\nK:D major\n"
    canonical, written = tmp_path / "canonical.abc", tmp_path / "written.abc"
    canonical.write_text("X:1\nM:6/8\nL:1/8\nK:D\nABc cBA|A6|\n")
    written.write_text(f'{head}"D" A B c c B A | A6 |\n\n{head}z6|\n\n{head}A9|\n')
    found = evaluate(trained, canonical, written)
    one, other = found.sources
    assert one.bits == other.bits
    assert found.whole.bits.tunes == 2
    assert found.not_taken == {"no-note": 1, "character '9'": 1}


def test_a_file_without_a_tune_that_the_run_can_read_is_refused(
    trained: Path, tmp_path: Path
) -> None:
    book = tmp_path / "book.abc"
    book.write_text("X:1\nK:D\nz4|\n")
    with pytest.raises(UsageError, match="no tune that the run can read; not taken: 1 no-note"):
        evaluate(trained, book)
