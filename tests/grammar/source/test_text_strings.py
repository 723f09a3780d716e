"""Titles are decoded as a person reads them."""

import re
import unicodedata
from pathlib import Path

import pytest

from tuneloom.grammar import read_book
from tuneloom.grammar.source.text_strings import decode_text


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (r"Mui\~neira", "Muiñeira"),
        (r"Caf\'e", "Café"),
        ("Caf&eacute;", "Café"),
        (r"Caf\u00e9", "Café"),
        (r"\AAse's D\/od", "Åse's Død"),
        (r"100\% \& more \\ less", "100% & more \\ less"),
        (r"\&eacute;", "&eacute;"),
        ("$1big$0 letters", "big letters"),
        ("The Rose & Crown", "The Rose & Crown"),
        ("Plain", "Plain"),
        ("<b>The Kesh</b><br/>", "The Kesh"),
        ("Kesh <jig@folk.example>", "Kesh <jig@folk.example>"),
        ("Caf=E9 and caf=C3=A9=20", "Café and café "),
        (r"G\aa{}ngl\aa{}t", "Gånglåt"),
        (r"Den Toppede H\o{}ne", "Den Toppede Høne"),
        (r"J\"{a}rna", "Järna"),
        (r"Brudemarsch \#1", "Brudemarsch #1"),
        ("Andrastämma\\", "Andrastämma"),
        (r"\"The Kesh\"", '"The Kesh"'),
        ("The\tKesh&#10;Jig\\u0007", "The Kesh Jig "),
        ("Founded=1920, beat=80", "Founded=1920, beat=80"),
    ],
)
def test_escapes_are_read_as_a_person_would(text: str, read: str) -> None:
    assert decode_text(text) == read


@pytest.mark.slow
def test_no_title_of_a_real_tune_keeps_leftovers(corpora: Path) -> None:
    files = sorted(corpora.rglob("*.abc"))
    texts = (tune.text for file in files for tune in read_book(file.read_bytes()).tunes)
    titles = {title for text in texts for title in re.findall(r"^T:[ \t]*(.*)", text, re.M)}
    assert len(titles) > 5_000
    read = {title: decode_text(title) for title in titles}
    assert not {title: text for title, text in read.items() if _has_leftovers(text)}


def _has_leftovers(text: str) -> bool:
    marks = any(unicodedata.category(letter) in ("Cc", "Mn") for letter in text)
    return marks or "{}" in text or "\\" in text


def test_a_number_that_no_letter_has_is_one_replacement_character() -> None:
    assert decode_text(f"A&#{'9' * 5000};B &#233;") == "A\ufffdB é"
