from dataclasses import replace
from pathlib import Path

import pytest

from tuneloom.grammar.errors import UsageError
from tuneloom.pipeline.contract.evaluate import evaluate_expectations
from tuneloom.pipeline.contract.expectations import Expectation, Expectations
from tuneloom.pipeline.dataset.manifest import Manifest


def expect(table: str, key: str, limit: float) -> Expectations:
    return Expectations("contract.toml", (Expectation(table, key, limit),))


@pytest.fixture
def manifest(data_set: Path) -> Manifest:
    """Five tunes read: three taken, a duplicate, and one that is not parseable."""
    return Manifest.load(data_set)


@pytest.mark.parametrize(
    ("table", "key", "found"),
    [
        ("tunes", "min_parseable", 80.0),
        ("tunes", "min_parseable_as_found", 80.0),
        ("tunes", "min_read", 5),
        ("tunes", "min_taken", 3),
        ("tunes", "max_rejected", 1),
        ("tunes", "max_duplicates", 1),
        ("sources.input", "min_parseable", 80.0),
        ("rejects", "unclosed-chord", 1),
        ("rejects", "bad-key", 0),
        ("rejects", "any-other", 1),
    ],
)
def test_a_figure_is_that_of_the_manifest(
    manifest: Manifest, table: str, key: str, found: float
) -> None:
    (exact,) = evaluate_expectations(expect(table, key, found), manifest, None)
    assert exact.found == found
    assert exact.met
    beyond = found + 1 if exact.is_least else found - 1
    (missed,) = evaluate_expectations(expect(table, key, beyond), manifest, None)
    assert not missed.met


def test_any_other_code_leaves_out_those_that_are_listed(manifest: Manifest) -> None:
    bounds = (Expectation("rejects", "unclosed-chord", 1), Expectation("rejects", "any-other", 0))
    results = evaluate_expectations(Expectations("contract.toml", bounds), manifest, None)
    assert [(result.found, result.met) for result in results] == [(1, True), (0, True)]


def test_the_count_is_compared_with_the_last_run(manifest: Manifest) -> None:
    last = replace(manifest, counts=replace(manifest.counts, taken=4), vocabulary="|\n")
    fewer, more, new = (
        evaluate_expectations(expect("last_run", key, 10), manifest, last)[0]
        for key in ("max_fewer", "max_more", "max_new_characters")
    )
    assert str(fewer) == "last_run.max_fewer is 25, 10 at most (4 before, 3 now)"
    assert not fewer.met
    assert more.found == 0
    assert new.found == len(manifest.vocabulary) - 2


def test_without_a_last_run_there_is_nothing_to_compare(manifest: Manifest) -> None:
    (result,) = evaluate_expectations(expect("last_run", "max_fewer", 1), manifest, None)
    assert (result.found, result.met) == (None, True)


def test_characters_outside_of_the_alphabet_are_shown(manifest: Manifest) -> None:
    letters = "".join(set(manifest.vocabulary) - {"|", "\n"})
    (result,) = evaluate_expectations(Expectations("contract.toml", (), letters), manifest, None)
    assert (result.found, result.met, result.detail) == (2, False, r"'\n' |")


def test_a_source_that_was_not_read_is_a_mistake(manifest: Manifest) -> None:
    with pytest.raises(UsageError, match="no source 'ryan' was read; there are input"):
        evaluate_expectations(expect("sources.ryan", "min_read", 1), manifest, None)
