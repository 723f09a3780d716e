from collections.abc import Callable
from pathlib import Path

import yaml

from tuneloom.pipeline.dataset.manifest import Manifest
from tuneloom.pipeline.dataset.reader import read_records
from tuneloom.pipeline.description.card import data_card

NOTE = "The license of input is not stated: find it out before you share the data set."


def head_of(card: str) -> dict[str, object]:
    """The head of a card, as the hub reads it."""
    _, head, _ = card.split("---\n", 2)
    found: dict[str, object] = yaml.safe_load(head)
    return found


def test_the_card_lists_sources_counts_and_features(data_set: Path) -> None:
    card = (data_set / "README.md").read_text()
    assert NOTE in card
    assert "| input | not stated | unknown | 1 |" in card
    assert "Of 5 tunes, 1 are duplicates" in card
    assert "| `abc` | bytes | training text |" in card


def test_the_card_shows_the_first_tunes(data_set: Path) -> None:
    card = (data_set / "README.md").read_text()
    first = next(iter(read_records(data_set, "train")))
    assert f"`{first.id}`, from input: `{first.title}`\n\n```text\n{first.abc}```" in card


def test_the_head_says_what_is_known_and_names_no_file_that_datasets_cannot_read(
    data_set: Path,
) -> None:
    head = head_of((data_set / "README.md").read_text())
    assert head["license"] == "unknown"
    assert head["size_categories"] == ["n<1K"]
    assert "configs" not in head
    assert "language" not in head


def test_a_title_cannot_write_markdown(ingested: Callable[[str], Path]) -> None:
    tunes = ingested("X:1\nT:`x` *b*|\nM:4/4\nL:1/8\nK:D\nABcd dcBA|\n")
    assert "from input: `'x' *b*|`\n" in (tunes / "README.md").read_text()


def test_what_a_collection_lacks_is_said(data_set: Path) -> None:
    card = data_card(Manifest.load(data_set)).decode()
    assert "grace notes, decorations, slurs and words are not in the training text." in card
    assert "## Samples" not in card
