"""Two melodies bar by bar, in one key."""

from fractions import Fraction

from tuneloom.corpus.kinship.aligned_bars import AlignedBars, align_melodies
from tuneloom.corpus.sketch import melody_text

KESH = (
    "X:1\nM:6/8\nL:1/8\nK:G\n|:GAG GAB|ABA ABd|edd gdd|edB dBA|GAG GAB|ABA ABd|edd gdB|AGF G3:|\n"
)
IN_A = (
    "X:1\nM:6/8\nL:1/8\nK:A\n|:ABA ABc|BcB Bce|fee aee|fec ecB|ABA ABc|BcB Bce|fee aec|BAG A3:|\n"
)
SLOWER = "X:1\nM:6/8\nL:1/8\nK:G\n|:G2A2G2 G2A2B2|A2B2A2 A2B2d2|e2d2d2 g2d2d2|\n"


def rows(one: str, other: str) -> list[tuple[str | None, str | None, bool]]:
    def text(bar: AlignedBars) -> tuple[str | None, str | None, bool]:
        left, right = bar.one, bar.other
        return left.text if left else None, right.text if right else None, bar.are_equal

    alignment = align_melodies(melody_text(one, 1, ""), melody_text(other, 1, ""))
    return [text(row) for row in alignment.rows]


def test_a_tune_in_another_key_is_shown_in_the_key_of_the_first() -> None:
    alignment = align_melodies(melody_text(KESH, 1, ""), melody_text(IN_A, 1, ""))
    assert alignment.semitones == -2
    assert all(row.are_equal for row in alignment.rows)
    assert rows(KESH, IN_A)[0] == ("GAG GAB", "GAG GAB", True)
    assert len(alignment.rows) == 8


def test_a_tune_with_notes_twice_as_long_is_recognized() -> None:
    alignment = align_melodies(melody_text(KESH, 1, ""), melody_text(SLOWER, 1, ""))
    assert alignment.ratio == Fraction(1, 2)
    assert [row.are_equal for row in alignment.rows[:3]] == [True] * 3


def test_what_differs_in_a_bar_is_named_by_its_notes() -> None:
    other = KESH.replace("ABA ABd", "ABA cBd", 1)
    alignment = align_melodies(melody_text(KESH, 1, ""), melody_text(other, 1, ""))
    row = alignment.rows[1]
    assert row.differing == ((3,), (3,))
    assert row.other is not None
    start, end = row.other.places[3]
    assert row.other.text[start:end] == "c"


def test_bars_that_one_tune_alone_has_stand_alone() -> None:
    other = KESH.replace("edd gdd|", "", 1)
    assert rows(KESH, other)[2] == ("edd gdd", None, False)
    assert rows(other, KESH)[2] == (None, "edd gdd", False)
    assert sum(equal for *_, equal in rows(KESH, other)) == 7
