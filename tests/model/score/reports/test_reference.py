from pathlib import Path

import pytest

from tuneloom.corpus.record import ValidityCounts
from tuneloom.grammar.errors import UsageError
from tuneloom.model.score.reports.reference import (
    ReferenceTunes,
    measure_reference,
    read_reference_tunes,
)
from tuneloom.model.score.reports.report import AsFoundRates
from tuneloom.model.score.statistics.rate import Rate
from tuneloom.model.score.tunes.analysis import analyse_tunes, features_of_texts
from tuneloom.model.score.tunes.tune_set import DrawnText

JIG = "R:jig\nM:6/8\nL:1/8\nK:D\nA|dff cee|dfe dBA:|\n"


def levels(parseable: int) -> dict[str, int]:
    return {"parseable": parseable, "strict": 0, "sound": 0, "metrical": 0}


@pytest.fixture
def real() -> ReferenceTunes:
    """A validation split of two tunes, one of them without a note, and a training split of two."""
    training = features_of_texts([JIG.replace("A|", "B|"), JIG], "melody")
    return ReferenceTunes(
        validation=analyse_tunes([DrawnText(JIG.rstrip("\n")), DrawnText("K:D\nz4|")]),
        training=[tune for tune in training if tune],
        as_found=AsFoundRates({}, Rate(0, 0)),
    )


def test_the_validation_split_is_judged_as_if_it_had_been_drawn(real: ReferenceTunes) -> None:
    found = measure_reference(real, 2)
    assert found.validation.parseable == Rate(1, 2)
    assert found.validation.errors == {"no-note": 1}


def test_it_is_compared_with_the_training_split(real: ReferenceTunes) -> None:
    found = measure_reference(real, 2).validation
    assert found.figures["originality.copies"] == Rate(1, 1)
    assert found.compared == (2, 1)


def test_the_rates_as_found_are_those_of_all_sources_together() -> None:
    rates = AsFoundRates.of(
        [ValidityCounts(100, levels(90), 95), ValidityCounts(20, levels(15), 18)]
    )
    assert rates.levels["parseable"] == Rate(105, 120)
    assert rates.parseable_repaired == Rate(113, 120)


def test_a_directory_without_a_data_set_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not a finished data set"):
        read_reference_tunes(tmp_path)
