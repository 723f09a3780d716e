from dataclasses import replace
from pathlib import Path

from tuneloom.corpus.record import ValidityCounts
from tuneloom.pipeline.dataset.manifest import Manifest
from tuneloom.pipeline.description.known_limits import known_limits


def test_a_source_that_most_tunes_are_from_is_named(data_set: Path) -> None:
    counts = {
        name: ValidityCounts(read, {"metrical": read}, read) for name, read in (("a", 9), ("b", 1))
    }
    limits = known_limits(replace(Manifest.load(data_set), as_found=counts))
    assert "90% of the tunes that were read are from a." in limits
    assert not any("from b" in sentence or "`metrical`" in sentence for sentence in limits)


def test_faults_that_were_kept_are_counted(data_set: Path) -> None:
    counts = {"a": ValidityCounts(4, {"metrical": 3}, 4)}
    manifest = replace(Manifest.load(data_set), as_found=counts)
    assert any(
        sentence.startswith("25% of the tunes, as found,") for sentence in known_limits(manifest)
    )


def test_what_a_profile_leaves_out_is_said(data_set: Path) -> None:
    manifest = replace(Manifest.load(data_set), profile="full")
    assert "Profile `full`: words are not in the training text." in known_limits(manifest)
