from pathlib import Path
from types import SimpleNamespace

import pytest

from tuneloom.corpus.record import ValidityCounts
from tuneloom.grammar.errors import UsageError
from tuneloom.model.score.reports import reference
from tuneloom.model.score.reports.report import Rate
from tuneloom.pipeline.dataset.manifest import Manifest

JIG = "R:jig\nM:6/8\nL:1/8\nK:D\nA|dff cee|dfe dBA:|\n"


def levels(parseable: int) -> dict[str, int]:
    return {"parseable": parseable, "strict": 0, "sound": 0, "metrical": 0}


@pytest.fixture
def dataset(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data set of two sources whose validation split holds two tunes, one of them bad."""
    rows = {"aird": ValidityCounts(100, levels(90), 95), "fife": ValidityCounts(20, levels(15), 18)}
    splits = {
        "validation": [SimpleNamespace(abc=JIG), SimpleNamespace(abc="K:D\nz4|\n")],
        "train": [SimpleNamespace(abc=JIG.replace("A|", "B|")), SimpleNamespace(abc=JIG)],
    }
    manifest = SimpleNamespace(as_found=rows, profile="melody")
    monkeypatch.setattr(Manifest, "load", lambda _: manifest)
    monkeypatch.setattr(reference, "read_records", lambda _, split: iter(splits[split]))
    return tmp_path


def test_the_validation_split_is_judged_as_if_it_had_been_drawn(dataset: Path) -> None:
    found = reference.measure_reference(reference.read_reference_tunes(dataset), 2)
    assert found.validation.parseable == Rate(1, 2)
    assert found.validation.errors == {"no-note": 1}


def test_the_rates_as_found_are_those_of_all_sources_together(dataset: Path) -> None:
    found = reference.measure_reference(reference.read_reference_tunes(dataset), 2)
    assert found.as_found.levels["parseable"] == Rate(105, 120)
    assert found.as_found.parseable_repaired == Rate(113, 120)


def test_a_directory_that_is_no_data_set_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not a finished data set"):
        reference.read_reference_tunes(tmp_path)


def test_the_yardsticks_are_measured_between_real_tunes(dataset: Path) -> None:
    found = reference.measure_reference(reference.read_reference_tunes(dataset), 2)
    assert found.originality
    assert found.likeness
    assert found.originality.copies == Rate(1, 1)
    assert (found.likeness.tunes, found.likeness.real) == (2, 1)
