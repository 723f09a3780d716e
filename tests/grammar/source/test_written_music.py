"""Which tunes have the same music as it is written."""

import pytest

from tuneloom.grammar.source.written_music import written_music

TUNE = "X:1\nT:One\nM:4/4\nL:1/8\nK:G\nGABc d4|\nw:la la\ne8|]\n"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("X:1\nT:One", "X:7\nT:Two\nC:somebody"),
        ("M:4/4\nL:1/8", "L:1/8\nM:4/4"),
        ("GABc d4|\n", "GABc  d4 | % a comment\n"),
        ("GABc d4|\n", "GABc d4|\\\n"),
        ("w:la la\n", ""),
        ("w:la la\n", "% a comment\n"),
    ],
)
def test_names_words_comments_and_layout_do_not_count(old: str, new: str) -> None:
    assert written_music(TUNE.replace(old, new)) == written_music(TUNE)


@pytest.mark.parametrize(
    ("old", "new"), [("K:G", "K:D"), ("M:4/4", "M:C|"), ("d4|", "d3e|"), ("w:la la", "K:D")]
)
def test_notes_key_and_metre_count(old: str, new: str) -> None:
    assert written_music(TUNE.replace(old, new)) != written_music(TUNE)


def test_a_tune_without_a_note_has_no_music() -> None:
    assert written_music("X:1\nT:One\nK:G\nz8|\n") == ""
    assert written_music("X:1\nT:One\n") == ""
