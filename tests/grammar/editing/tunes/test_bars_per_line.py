"""Line breaks move; the music and everything else stays."""

from collections.abc import Callable

import pytest

from tests.support.tunes import parse_tune
from tuneloom.corpus.record import RawTune
from tuneloom.grammar import parse
from tuneloom.grammar.canonical.equality import musically_equal
from tuneloom.grammar.editing.tunes.bars_per_line import lay_out_bars
from tuneloom.grammar.editing.tunes.each_tune import CannotEdit
from tuneloom.grammar.source.source_edits import FIRST_LINE

HEADER = "X:1\nM:2/4\nL:1/8\nK:D\n"


def laid_out(text: str, bars: int, file_header: str = "") -> str:
    parsed = parse(text, FIRST_LINE, file_header)
    assert parsed.parseable
    return lay_out_bars(parsed, text, bars, file_header)


@pytest.mark.parametrize(
    ("found", "new"),
    [
        ("A4|B4|c4|d4|", "A4|B4|\nc4|d4|"),
        ("A4|\nB4|\nc4|\nd4|", "A4|B4|\nc4|d4|"),
        ("A4 | B4 |\nc4 |", "A4 | B4 |\nc4 |"),
        ("A2|B4|c4|d4|e2|", "A2|B4|c4|\nd4|e2|"),
        ("A4|B4|c4:|\nd4|e4|", "A4|B4|\nc4:|\nd4|e4|"),
        ("A4|B4|:c4|d4:|", "A4|B4\n|:c4|d4:|"),
        ("A2|:B4|c4|d4|", "A2|:B4|c4|\nd4|"),
        ("A4|B4|1 c4:|2 d4|]", "A4|B4|\n[1 c4:|2 d4|]"),
        ("A4|B4|[1 c4:|[2 d4|]", "A4|B4|\n[1 c4:|[2 d4|]"),
        ("A2\nB2|c4|", "A2 B2|c4|"),
        ("A4|B4|!\nc4|d4|e4|!", "A4|B4|!\nc4|d4|!\ne4|!"),
        ("A4|\n!B4|\n!|:c4|d4:|", "A4|B4|\n|:c4|d4:|"),
        ("A2\\\nB2|c4|d4|", "A2B2|c4|\nd4|"),
        ("Z3|A4|", "Z3|\nA4|"),
        ("\t% words", "\t% words"),
        ("!", "!"),
    ],
)
def test_each_line_has_so_many_bars(found: str, new: str) -> None:
    assert laid_out(f"{HEADER}{found}\n", 2) == f"{HEADER}{new}\n"
    assert laid_out(f"{HEADER}{new}\n", 2) == f"{HEADER}{new}\n"


def test_fields_and_comments_stay_where_they_are_in_the_music() -> None:
    found = "A4|B4|c4| % first\n%%vskip 1\nd4|\nP:B\ne4|\nf4|\n[V:2]g4|\n"
    assert laid_out(HEADER + found, 2) == (
        HEADER + "A4|B4|\nc4| % first\n%%vskip 1\nd4|\nP:B\ne4|f4|\n[V:2]g4|\n"
    )


def test_words_go_with_their_notes() -> None:
    text = f"{HEADER}A4|B2c2|\nw:one two-three\nw:I -\n[ce]4|{{g}}d2z2|\nw:four _\nw:* V\n"
    assert laid_out(text, 1) == (
        f"{HEADER}A4|\nw:one\nw:I-\nB2c2|\nw:two-three\nw:-\n"
        "[ce]4|\nw:four\nw:*\n{g}d2z2|\nw:_\nw:V\n"
    )
    assert laid_out(text, 4) == (
        f"{HEADER}A4|B2c2|[ce]4|{{g}}d2z2|\nw:one two-three four _\nw:I - * * V\n"
    )


@pytest.mark.parametrize("words", ["w:one|two", "w:a b c d", "w:one \\\nw:two", "s:!f! *"])
def test_words_that_cannot_be_divided_keep_the_tune(words: str) -> None:
    text = f"{HEADER}A4|B4|\n{words}\n"
    assert laid_out(text, 2) == text
    with pytest.raises(CannotEdit, match=r"words|belongs to lines"):
        laid_out(text, 1)


@pytest.mark.parametrize("collection", ["nottingham/ABC_cleaned", "irish"])
@pytest.mark.parametrize("bars", [1, 3, 8])
def test_real_tunes_are_the_same_music(
    real_tunes: Callable[[str], list[RawTune]], collection: str, bars: int
) -> None:
    for tune in real_tunes(collection)[::80]:
        if not parse(tune.text).parseable:
            continue
        after = laid_out(tune.text, bars, tune.file_header)
        assert musically_equal(parse_tune(tune.text), parse_tune(after))
        assert laid_out(after, bars, tune.file_header) == after
