from pathlib import Path

from tuneloom.pipeline.dataset.manifest import Manifest, ManifestSource
from tuneloom.pipeline.description.card import data_card, terms


def source(name: str, license: str) -> ManifestSource:
    return ManifestSource(name, license, "", ())


def test_one_gpl_source_makes_the_whole_set_gpl() -> None:
    (sentence,) = terms([source("irish", "MIT"), source("nottingham", "GPL-3.0")])
    assert sentence.startswith("One source under GPL-3.0 makes the whole set GPL-3.0")


def test_essen_makes_the_whole_set_non_commercial() -> None:
    (sentence,) = terms([source("essen", "non-commercial use only"), source("irish", "MIT")])
    assert "non-commercial" in sentence


def test_licenses_that_do_not_go_together_are_told() -> None:
    sentences = terms([source("essen", "non-commercial use only"), source("nott", "GPL-3.0")])
    assert sentences[-1] == "The two do not go together: keep the set to yourself."


def test_files_of_the_users_own_have_a_license_to_find_out() -> None:
    (sentence,) = terms([source("input", "not stated")])
    assert "find it out" in sentence


def test_the_card_tells_sources_counts_and_features(data_set: Path) -> None:
    card = data_card(Manifest.load(data_set)).decode()
    assert card == (data_set / "README.md").read_text()
    assert "| input | not stated | 1 |" in card
    assert "Of 5 tunes, 1 are duplicates" in card
    assert "| `abc` | bytes | training text |" in card
