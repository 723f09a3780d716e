from pathlib import Path

from tuneloom.pipeline.dataset.manifest import Manifest
from tuneloom.pipeline.description.card import data_card

NOTE = "The license of input is not stated: find it out before you share the data set."


def test_the_card_lists_sources_counts_and_features(data_set: Path) -> None:
    card = data_card(Manifest.load(data_set)).decode()
    assert card == (data_set / "README.md").read_text()
    assert NOTE in card
    assert "| input | not stated | unknown | 1 |" in card
    assert "Of 5 tunes, 1 are duplicates" in card
    assert "| `abc` | bytes | training text |" in card
